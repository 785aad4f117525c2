package io.millwright.bench.plc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What the host of a virtual machine took: time in which its cores had work, and none of them was given a core of
/// the host. Linux alone tells it (`steal` in `/proc/stat`, proc_stat(5)).
final class HostTime {
    private static final Path STAT = Path.of("/proc/stat");
    /// Behind the name of the line: user, nice, system, idle, iowait, irq, softirq, steal.
    private static final int STEAL = 8;
    /// USER_HZ is 100 wherever Java runs.
    private static final long MILLIS_PER_TICK = 10;

    private HostTime() {}

    /// Since the machine started, of all cores together, in steps of 10 ms; 0 where it is not told.
    static long takenMillis() throws IOException {
        if (!Files.isReadable(STAT)) {
            return 0;
        }
        String[] all = Files.readAllLines(STAT).getFirst().split(" +", -1);
        return all.length > STEAL ? Long.parseLong(all[STEAL]) * MILLIS_PER_TICK : 0;
    }
}
