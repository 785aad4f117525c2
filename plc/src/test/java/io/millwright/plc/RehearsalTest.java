package io.millwright.plc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.iec61131.jvm.JvmBackend;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RehearsalTest {
    /// It scans as a PLC does: each scan is seen, it runs and it stops, and nothing goes wrong.
    @Test
    void itScansAsAPlcDoes() {
        List<Long> scans = new ArrayList<>();
        List<Mode> modes = new ArrayList<>();
        Rehearsal.run(new JvmBackend(), List.of(new ScanObserver() {
            @Override
            public void scanned(long scan, int task, long nanos) {
                scans.add(scan);
            }

            @Override
            public void entered(Mode mode) {
                modes.add(mode);
            }
        }));
        assertEquals(List.of(Mode.RUNNING, Mode.STOPPED), modes);
        assertTrue(scans.size() >= 2999, "only " + scans.size());
        for (int i = 0; i < scans.size(); i++) {
            assertEquals(i + 1, scans.get(i));
        }
    }
}
