package io.millwright.connect;

import io.millwright.model.Reading;
import io.millwright.model.Signal;
import io.millwright.model.Value;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// A link to one device or server. Safe for use by many threads. Reconnects by itself until closed.
public interface Link extends AutoCloseable {

    /// Delivers the samples of these signals to the sink of the link's context from now on.
    ///
    /// While the device does not answer, each signal gets one sample without value whose quality says why, at once
    /// when that is noticed, and good ones again when the device is back. Returns at once; may be called once.
    ///
    /// @param signals signals whose `from` names this connection
    void start(List<Signal> signals);

    /// What the link is doing.
    LinkState state();

    /// Reads one point, connecting if need be.
    ///
    /// @throws LinkException if the device cannot be reached or does not know the point; the message says which and
    ///     what would help
    Reading read(String point) throws LinkException;

    /// Writes one point and reads back what the device then holds, where the protocol can.
    ///
    /// @return what the device holds after the write
    /// @throws LinkException if the device cannot be reached or refuses
    Reading write(String point, Value value) throws LinkException;

    /// Writes one point like [#write(String, Value)], unless that is no longer allowed when its turn has come: other
    /// requests may be under way, and the connection may have to be made first.
    ///
    /// @param allowed asked last, as late as the protocol can
    /// @return what the device holds after the write; empty where nothing was written as it was not allowed
    /// @throws LinkException if the device cannot be reached or refuses
    default Optional<Reading> write(String point, Value value, BooleanSupplier allowed) throws LinkException {
        return allowed.getAsBoolean() ? Optional.of(write(point, value)) : Optional.empty();
    }

    /// Whether a value that is written is a state of the device, so that writing it again changes nothing. False where
    /// each write may be taken as a new message.
    default boolean writesStates() {
        return false;
    }

    /// Lists points, as they are found. A server with a hundred thousand nodes is listed without holding them all.
    ///
    /// @param from the point to start beneath; empty for the top
    /// @param depth how many levels to descend, 1 for the direct children only
    /// @param patience how long to look, for protocols in which points announce themselves
    /// @throws LinkException if the device cannot be reached or the protocol cannot list
    void browse(String from, int depth, Duration patience, Consumer<PointDescription> each) throws LinkException;

    /// How many polls were left out so far because the device or the sink was slower than the signals' intervals. They
    /// are not made up for.
    default long skipped() {
        return 0;
    }

    /// Ends the link and gives back what it held. Waits for the device no longer than a second.
    @Override
    void close();
}
