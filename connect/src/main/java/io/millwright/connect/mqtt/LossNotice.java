package io.millwright.connect.mqtt;

import io.millwright.connect.LinkException;
import java.util.function.Consumer;

/// Tells the owner of a connection that it is gone: only after it was there, only once, and not after we left.
final class LossNotice {

    private enum Phase {
        OPENING,
        OPEN,
        OVER
    }

    private final BrokerSettings settings;
    private final Consumer<LinkException> lost;
    private Phase phase = Phase.OPENING;

    LossNotice(BrokerSettings settings, Consumer<LinkException> lost) {
        this.settings = settings;
        this.lost = lost;
    }

    /// @return whether the connection is still there
    synchronized boolean opened() {
        if (phase == Phase.OVER) {
            return false;
        }
        phase = Phase.OPEN;
        return true;
    }

    /// @return whether we are the first to end it
    synchronized boolean leaving() {
        boolean first = phase == Phase.OPEN;
        phase = Phase.OVER;
        return first;
    }

    void disconnected(Throwable cause) {
        if (leaving()) {
            lost.accept(BrokerFault.of(settings, cause));
        }
    }
}
