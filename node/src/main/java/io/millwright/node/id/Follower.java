package io.millwright.node.id;

import io.millwright.identity.authentication.Identity;
import io.millwright.identity.authentication.SigningKey;
import io.millwright.identity.client.AdministeringClient;
import io.millwright.identity.client.ClientSettings;
import io.millwright.identity.client.Endpoint;
import io.millwright.identity.client.HandleClient;
import io.millwright.identity.client.Mirror;
import io.millwright.identity.registry.Ledger;
import io.millwright.model.Time;
import java.security.KeyPair;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps a ledger equal to a primary node's, again and again, until it is closed. While the primary is away it tries
/// again.
final class Follower implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

    private final IdNodeSettings settings;
    private final Identity identity;
    private final Ledger ledger;
    private final HandleClient client;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private Optional<AdministeringClient> session = Optional.empty();
    private volatile Optional<Mirror.Progress> last = Optional.empty();

    /// @param own this node's key
    Follower(IdNodeSettings settings, KeyPair own, Ledger ledger, Time time) {
        this.settings = settings;
        identity = identity(settings, own);
        this.ledger = ledger;
        var primary = settings.primary().orElseThrow();
        client = HandleClient.to(Endpoint.tcp(primary.address()), ClientSettings.usual(), time);
        thread = Thread.ofVirtual().name("identity-mirror").start(this::follow);
    }

    private static Identity identity(IdNodeSettings settings, KeyPair own) {
        var as = settings.primary().orElseThrow().as();
        return as.isPresent()
                ? new Identity.PrivateKey(as.get(), new SigningKey.Standard(own.getPrivate()))
                : new Identity.SecretKey(
                        IdNodeSettings.steward(settings.prefix()),
                        settings.secret().orElseThrow());
    }

    Optional<Mirror.Progress> last() {
        return last;
    }

    private void follow() {
        long millis = settings.primary().orElseThrow().every().toMillis();
        try {
            do {
                var progress = catchUp();
                if (!(progress instanceof Mirror.Progress.CaughtUp)) {
                    session = Optional.empty();
                    if (last.isEmpty() || last.get() instanceof Mirror.Progress.CaughtUp) {
                        LOG.warn("The primary is not followed: {}", words(progress));
                    }
                }
                last = Optional.of(progress);
            } while (!closed.await(millis, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Mirror.Progress catchUp() {
        if (session.isEmpty()) {
            switch (client.as(identity)
                    .openSession(settings.primary().orElseThrow().key())) {
                case AdministeringClient.Opening.Opened(var opened) -> session = Optional.of(opened);
                case AdministeringClient.Opening.Refused(var why) -> {
                    return new Mirror.Progress.Stopped(why);
                }
            }
        }
        return new Mirror(session.get(), ledger, settings.prefix()).catchUp();
    }

    static String words(Mirror.Progress progress) {
        return switch (progress) {
            case Mirror.Progress.CaughtUp(long number, boolean copied) ->
                "caught up to transaction " + number + (copied ? ", everything copied" : "");
            case Mirror.Progress.Ahead(long number) ->
                "this mirror has followed the primary to transaction " + number
                        + ", which the primary does not know: it was restored from an older copy. Stop the primary,"
                        + " fetch from here what it lost (mw id replicate --recover), and start it again";
            case Mirror.Progress.NotKept(var reason) -> reason;
            case Mirror.Progress.Stopped(var why) -> Answers.words(why);
        };
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        client.close();
    }
}
