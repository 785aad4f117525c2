package io.millwright.identity.record;

/// One value of one handle (RFC 3651, section 3.1).
///
/// @param handle the handle
/// @param index the value's index; 0 stands for any value of the handle; unsigned
public record ValueReference(Handle handle, int index) {

    /// The written form `index:handle`.
    @Override
    public String toString() {
        return Integer.toUnsignedString(index) + ":" + handle;
    }
}
