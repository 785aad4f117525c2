package io.millwright.identity.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.identity.authentication.CounterWindow;
import io.millwright.identity.authentication.SessionKey;
import io.millwright.identity.wire.Octets;
import io.millwright.testkit.Await;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ClientSessionTest {

    private final ClientSession session = new ClientSession(1, new SessionKey(Octets.of(new byte[32])));

    /// A request that got stuck on its way, while others are asked and answered on other connections, is still within
    /// what the other side takes for new when it arrives; and so is its answer.
    @Test
    void aMessageIsNotOvertakenByMoreThanTheOtherSideAllows() throws Exception {
        var server = new CounterWindow();
        int stuck = session.begin();
        for (int i = 1; i < ClientSession.SPREAD; i++) {
            int other = session.begin();
            assertTrue(server.take(other));
            session.end(other);
        }
        var next = new AtomicInteger();
        var waiting = Thread.ofPlatform().start(() -> next.set(session.begin()));
        Await.until(() -> "it waits", () -> waiting.getState() == Thread.State.WAITING);
        assertTrue(server.take(stuck), "the one that got stuck is taken");
        session.end(stuck);
        waiting.join();
        assertEquals(stuck + ClientSession.SPREAD, next.get());
    }
}
