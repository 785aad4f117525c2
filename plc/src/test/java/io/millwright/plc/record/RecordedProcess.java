package io.millwright.plc.record;

import io.millwright.plc.Mode;
import io.millwright.plc.ScanObserver;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/// A process that records until it is killed. It says which scans it knows to be written.
final class RecordedProcess {
    private RecordedProcess() {}

    /// @param args the folder, the seed
    public static void main(String... args) throws Exception {
        var of = new RandomPlc(new SplittableRandom(Long.parseLong(args[1])));
        var recorder = new Recorder(Recorder.Setting.usual(Path.of(args[0])), of.pace::epochNanos, System::nanoTime);
        var number = new AtomicLong();
        of.plc.observe(recorder.log());
        of.plc.observe(new ScanObserver() {
            @Override
            public void scanned(long scan, int task, long startNanos) {
                number.set(scan);
            }
        });
        of.plc.enter(Mode.RUNNING);
        Thread.ofPlatform().daemon().start(recorder::serve);
        Thread.ofPlatform().daemon().start(() -> confirm(recorder, number));
        while (true) {
            of.round();
            Thread.sleep(1);
        }
    }

    /// What was scanned before six blocks is written: a segment begins with blocks that hold no records.
    private static void confirm(Recorder recorder, AtomicLong number) {
        while (true) {
            long scan = number.get();
            for (int i = 0; i < 6; i++) {
                long before = recorder.figures().writtenBytes();
                while (recorder.figures().writtenBytes() == before) {
                    Thread.onSpinWait();
                    Thread.yield();
                }
            }
            System.out.println(scan);
        }
    }
}
