package io.millwright.iec61131.machine;

/// Takes the values of many variables as fast as memory is copied, between scans; another thread finds out
/// later what they are.
public interface Packer {
    /// How many numbers it takes.
    int size();

    /// Copies the variables, but for texts.
    ///
    /// @param packed [#size] numbers
    void pack(int[] packed);

    /// The value of each variable as [Slot#bits] gives it; of a text nothing. By any thread.
    ///
    /// @param packed what [#pack] copied
    void unpack(int[] packed, long[] bits);
}
