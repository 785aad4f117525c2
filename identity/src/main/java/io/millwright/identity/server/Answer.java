package io.millwright.identity.server;

import io.millwright.identity.message.Header;
import io.millwright.identity.message.RequestDigest;
import java.util.Optional;

/// An outcome and what it is an answer to.
///
/// @param about the header of the request that was performed: that of the challenged one, if the request was an answer
/// to a challenge
/// @param outcome what came of it
/// @param sessionId to go into the envelope: of the session, or the number of a challenge
/// @param digest of the request, to go before the body
record Answer(Header about, Outcome outcome, int sessionId, Optional<RequestDigest> digest) {

    static Answer to(Request request, Outcome outcome) {
        return new Answer(request.header(), outcome, request.envelope().sessionId(), request.wantedDigest());
    }

    Answer with(Outcome other) {
        return new Answer(about, other, sessionId, digest);
    }
}
