package io.millwright.iec61131.machine;

import java.util.ArrayList;
import java.util.List;

/// Numbers for pointers, for programs that count and compare addresses: what a pointer points into begins at a
/// multiple of 8 beyond the end of what had its number before.
final class Addresses {
    private static final long FIRST = 0x1000_0000L;
    private static final long LAST = 0xF000_0000L;
    private static final int COUNT_MAX = 10_000;

    private final List<Start> starts = new ArrayList<>();
    private long free = FIRST;

    private record Start(Stretch stretch, long address) {}

    long of(Pointer pointer) {
        Stretch stretch = pointer.stretch();
        if (stretch == null) {
            throw Pointer.notHere();
        }
        for (Start start : starts) {
            if (start.stretch().isSame(stretch)) {
                return start.address() + pointer.offset();
            }
        }
        long address = free;
        free += (stretch.bytes() + 15) / 8 * 8;
        if (free > LAST || starts.size() >= COUNT_MAX) {
            throw new TrapSignal(Trap.Kind.OUT_OF_RANGE, "addresses of too many variables were taken");
        }
        starts.add(new Start(stretch, address));
        return address + pointer.offset();
    }
}
