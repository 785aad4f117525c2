package io.millwright.identity.client;

import io.millwright.identity.authentication.Identity;
import io.millwright.identity.authentication.VerificationKey;
import io.millwright.identity.message.Body;
import io.millwright.identity.message.Message;
import java.util.Optional;
import java.util.function.Consumer;

/// One request.
///
/// @param opCode one of [io.millwright.identity.message.OpCode]
/// @param flags bits of [io.millwright.identity.message.OpFlag]
/// @param body what it says
/// @param identity who proves to be asking if the server wants to know
/// @param session in which it is sent
/// @param serverKey that the answer is to be signed with; empty if it need not be
/// @param each takes every message of an answer that takes several, before the last
record Call(
        int opCode,
        int flags,
        Body body,
        Optional<Identity> identity,
        Optional<ClientSession> session,
        Optional<VerificationKey> serverKey,
        Consumer<Message> each) {

    static Call of(int opCode, int flags, Body body) {
        return new Call(opCode, flags, body, Optional.empty(), Optional.empty(), Optional.empty(), message -> {});
    }

    Call by(Identity prover) {
        return new Call(opCode, flags, body, Optional.of(prover), session, serverKey, each);
    }

    Call with(int moreFlags) {
        return new Call(opCode, flags | moreFlags, body, identity, session, serverKey, each);
    }

    Call in(Optional<ClientSession> other) {
        return new Call(opCode, flags, body, identity, other, serverKey, each);
    }

    Call signedBy(VerificationKey key) {
        return new Call(opCode, flags, body, identity, session, Optional.of(key), each);
    }

    Call each(Consumer<Message> consumer) {
        return new Call(opCode, flags, body, identity, session, serverKey, consumer);
    }

    /// The answer to a challenge of this call.
    Call answering(int answerCode, Body.ChallengeAnswer answer) {
        return new Call(answerCode, flags, answer, Optional.empty(), session, serverKey, each);
    }
}
