package io.millwright.iec61131.machine;

import java.util.HashMap;
import java.util.Map;

/// Numbers for pointers, for programs that count and compare addresses: each variable begins at a multiple of 8
/// beyond the end of the one before.
final class Addresses {
    private static final long FIRST = 0x1000_0000L;
    private static final long LAST = 0xF000_0000L;

    private final Map<Pointer.Home, Long> starts = new HashMap<>();
    private long free = FIRST;

    long of(Pointer pointer) {
        Pointer.Home home = pointer.home();
        Long start = starts.get(home);
        if (start == null) {
            start = free;
            free += (home.bytes() + 15) / 8 * 8;
            if (free > LAST) {
                throw new TrapSignal(Trap.Kind.OUT_OF_RANGE, "addresses of too many variables were taken");
            }
            starts.put(home, start);
        }
        return start + pointer.offset();
    }
}
