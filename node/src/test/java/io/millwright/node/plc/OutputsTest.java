package io.millwright.node.plc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millwright.connect.LinkException;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.model.RecordingLimits;
import io.millwright.model.SignalName;
import io.millwright.model.Time;
import io.millwright.model.Told;
import io.millwright.model.Value;
import io.millwright.node.command.PlantFiles;
import io.millwright.plc.ProjectSession;
import io.millwright.plc.image.SignalTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Outputs on their way to a device that fails in whatever way.
@Timeout(120)
class OutputsTest {
    private static final String PLANT = """
            plant: small
            prefix: 88.118.9
            assets:
              tank:
                signals:
                  valve: {unit: "%", to: "io/holding/0:float32"}
            connections:
              io: {protocol: modbus-tcp, endpoint: "127.0.0.1:1502", unit: 1}
            control:
              main:
                program: "main.st#Main"
                every: 10ms
                binds: {Out: tank/valve}
            """;

    @TempDir
    private Path folder;

    private ControlRuntime start(OutputWriter.Device device) throws Exception {
        String text = "PROGRAM Main VAR_OUTPUT Out : LREAL := 7.0; END_VAR END_PROGRAM";
        var project = ControlProject.of(
                        PlantFiles.of(PLANT, "plant.yaml"),
                        List.of(new Source("main.st", text)),
                        new ProjectSession(Dialect.COMMON))
                .withManifest(PLANT);
        return ControlRuntime.start(
                project,
                new SignalTable(),
                _ -> "io",
                device,
                new ControlSettings(ControlSettings.Start.COLD, false, RecordingLimits.OFF, Optional.empty(), ""),
                folder,
                Time.system());
    }

    /// A device that was switched off and on, or was written by somebody else, has another value than it was told.
    @Test
    void aValueThatDoesNotChangeIsWrittenAgain() throws Exception {
        var written = new CountDownLatch(3);
        try (var runtime = start((_, _, _) -> {
            written.countDown();
            return true;
        })) {
            written.await();
            assertEquals(Told.NOTHING, runtime.outputs().getFirst().failure());
        }
    }

    /// Each write of such a point is a message, and telling the same twice would be another one.
    @Test
    void aMessageIsToldOnce() throws Exception {
        var sent = new AtomicInteger();
        try (var runtime = start(new OutputWriter.Device() {
            @Override
            public boolean write(SignalName signal, Value value, BooleanSupplier allowed) {
                sent.incrementAndGet();
                return true;
            }

            @Override
            public boolean isState(SignalName signal) {
                return false;
            }
        })) {
            // A state would be told twice in that time.
            Thread.sleep(2500);
            assertEquals(Told.NOTHING, runtime.outputs().getFirst().failure());
        }
        assertEquals(1, sent.get());
    }

    @Test
    void whyADeviceDoesNotTakeItIsToldByACode() throws Exception {
        var why =
                Told.of("link-is-closed", "the link of {connection} is closed").with("connection", "io");
        var asked = new CountDownLatch(2);
        try (var runtime = start((_, _, _) -> {
            asked.countDown();
            throw new LinkException(why);
        })) {
            // The failure of the first try is kept before it is tried again.
            asked.await();
            var output = OutputView.of("Main.Out", runtime.outputs().getFirst());
            assertEquals("the link of io is closed", output.failure());
            assertEquals("link-is-closed", output.code());
            assertEquals(Map.of("connection", "io"), output.arguments());
        }
    }

    @Test
    void aDriverThatFailsUnexpectedlyIsAskedAgain() throws Exception {
        var asked = new AtomicInteger();
        var taken = new CountDownLatch(1);
        ControlRuntime runtime = start((_, _, _) -> {
            if (asked.incrementAndGet() == 1) {
                throw new RejectedExecutionException("its session was closed");
            }
            taken.countDown();
            return true;
        });
        try {
            taken.await();
        } finally {
            runtime.close();
        }
        assertEquals(Told.NOTHING, runtime.outputs().getFirst().failure());
    }
}
