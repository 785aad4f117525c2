package io.millwright.connect;

import io.millwright.model.Told;

/// What links of several protocols say.
public final class LinkTold {
    /// Why a device refuses a connection.
    public static final Told NOBODY = Told.of("nobody-listens", "nobody listens there");

    /// Whoever waited was interrupted, as the node ends.
    public static final Told INTERRUPTED = Told.of("link-interrupted", "interrupted");

    /// A link at its end.
    public static final Told CLOSED = Told.of("link-closed", "closed");

    private LinkTold() {}

    /// A `reason` is to be added.
    ///
    /// @param device where it listens
    public static Told refused(Object device) {
        return Told.of("device-refused", "{device} refused the connection: {reason}")
                .with("device", device);
    }

    public static Told hangsUp(Object device) {
        return Told.of("device-closed", "{device} closed the connection").with("device", device);
    }

    public static Told silent(Object device, long millis) {
        return Told.of("device-silent", "{device} did not answer within {millis} ms")
                .with("device", device)
                .with("millis", millis);
    }

    /// @param connection its name in the plant file
    public static Told unexpected(String connection, RuntimeException why) {
        return Told.of("link-unexpected", "{connection} failed unexpectedly: {reason}")
                .with("connection", connection)
                .with("reason", why);
    }

    /// A value that a point does not take.
    public static Told unfit(Object point, Told reason) {
        return Told.of("value-unfit", "{point}: {reason}").with("point", point).with("reason", reason);
    }

    /// A number that is too large or too small.
    public static Told outside(Object value, Object type, Object min, Object max) {
        return Told.of("value-outside", "{value} does not fit {type} ({min} to {max})")
                .with("value", value)
                .with("type", type)
                .with("min", min)
                .with("max", max);
    }

    /// A number that is too large for binary32.
    public static Told tooLarge(double value, Object type) {
        return Told.of("value-too-large", "{value} does not fit {type} (at most ±{max})")
                .with("value", value)
                .with("type", type)
                .with("max", Float.MAX_VALUE);
    }
}
