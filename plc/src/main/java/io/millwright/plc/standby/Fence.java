package io.millwright.plc.standby;

import java.io.IOException;

/// The third party that decides who tells outputs: gives each epoch to one node, and never a lower one than
/// before.
public interface Fence {
    /// The highest epoch that was given to somebody; 0 where none was.
    long epoch() throws IOException;

    /// Whether who was given an epoch still lives: whoever does may tell outputs without asking anybody. Where
    /// that cannot be known it lives.
    boolean isHeld(long epoch) throws IOException;

    /// Whether who was given an epoch is gone, and certainly: cheap, to be asked again and again. False where
    /// that cannot be known.
    boolean isGone(long epoch);

    /// Asks for an epoch, and holds it where it is given, until the next one or the end of the process.
    ///
    /// @return whether it is given to who asks; to nobody else then, ever
    boolean claim(long epoch) throws IOException;
}
