package io.millwright.identity.server;

import io.millwright.identity.message.ResponseCode;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;

/// The other end of a connection, or the sender of a datagram: where answers go, and who has logged in there.
final class Asker {

    /// Carries answers.
    interface Sender {
        void send(Reply reply) throws IOException;
    }

    private record Login(Requester requester, long untilNanos) {}

    private final InetAddress client;
    private final Sender sender;
    private final boolean takesSeveral;
    private Optional<Login> login = Optional.empty();

    /// @param client its address
    /// @param takesSeveral whether an answer of several messages arrives there
    Asker(InetAddress client, Sender sender, boolean takesSeveral) {
        this.client = client;
        this.sender = sender;
        this.takesSeveral = takesSeveral;
    }

    InetAddress client() {
        return client;
    }

    boolean takesSeveral() {
        return takesSeveral;
    }

    void send(Reply reply) throws IOException {
        sender.send(reply);
    }

    /// Remembers a log-in of the Chinese system (operations 2000 and 2001) for the rest of the connection, or until
    /// then.
    void loggedIn(Requester requester, long untilNanos) {
        login = Optional.of(new Login(requester, untilNanos));
    }

    Requester requester(long nowNanos) {
        return login.filter(l -> l.untilNanos() - nowNanos >= 0)
                .map(Login::requester)
                .orElse(Requester.STRANGER);
    }

    /// What to tell a client that wants its identity to count and has none here.
    int loginCode() {
        return login.isPresent() ? ResponseCode.LOGIN_AGAIN : ResponseCode.LOGIN_FIRST;
    }
}
