package io.millwright.connect.mqtt;

import io.millwright.connect.LinkException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Tells the owner of a connection that it is gone: only after it was there, only once, and not after we left.
final class LossNotice {

    private enum Phase {
        OPENING,
        OPEN,
        OVER
    }

    private final Consumer<LinkException> lost;
    private Phase phase = Phase.OPENING;
    private @Nullable LinkException early;

    LossNotice(Consumer<LinkException> lost) {
        this.lost = lost;
    }

    /// The broker has admitted us.
    ///
    /// @throws LinkException if the connection is gone already
    synchronized void opened() throws LinkException {
        if (early != null) {
            throw early;
        }
        phase = Phase.OPEN;
    }

    /// @return whether we are the first to end it
    synchronized boolean leaving() {
        boolean first = phase == Phase.OPEN;
        phase = Phase.OVER;
        return first;
    }

    void disconnected(LinkException why) {
        boolean first;
        synchronized (this) {
            if (phase == Phase.OPENING) {
                early = why;
            }
            first = leaving();
        }
        if (first) {
            lost.accept(why);
        }
    }
}
