package io.millwright.process.fmi;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/// Text of C: octets of UTF-8 up to a NUL.
final class CText {

    private CText() {}

    /// Reads up to a NUL, but no more than so many octets. What is no UTF-8 becomes U+FFFD.
    @SuppressWarnings("restricted")
    static String read(MemorySegment pointer, int max) {
        if (pointer.address() == 0) {
            return "";
        }
        // Octet by octet: what lies behind the NUL may not be readable.
        var memory = pointer.reinterpret(max);
        int length = 0;
        while (length < max && memory.get(ValueLayout.JAVA_BYTE, length) != 0) {
            length++;
        }
        return new String(memory.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
    }
}
