package io.millwright.plc.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.iec61131.interpret.InterpretBackend;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.model.BadInput;
import io.millwright.model.Predictive;
import io.millwright.model.SignalName;
import io.millwright.model.Value;
import io.millwright.plc.Project;
import io.millwright.plc.TaskSetting;
import io.millwright.plc.image.Binding;
import io.millwright.testkit.Property;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What another PLC is sent, and what is read of it.
class RecordedProgramTest {
    private static final String TEXT = """
            PROGRAM Main
            VAR
              level, wanted, pump : LREAL; auto : BOOL;
              a, b, c : INT;
            END_VAR
            END_PROGRAM
            """;
    private static final TaskSetting TASK =
            new TaskSetting("main", 10_000_000, Optional.of("main.auto"), -3, 50_000_000, List.of("main"));

    private static Binding.Input input(String variable, BadInput rule, Optional<Duration> age) {
        return new Binding.Input("main." + variable, SignalName.of("tank", variable), rule, age);
    }

    private static Binding.Output output(String variable, Optional<Value> safe) {
        return new Binding.Output("main." + variable, SignalName.of("tank", variable), safe);
    }

    private static final List<Binding> BINDINGS = List.of(
            input("a", BadInput.hold(), Optional.empty()),
            input("b", new BadInput.Substitute(Value.of(-7)), Optional.of(Duration.ZERO)),
            input("c", new BadInput.Stop(), Optional.of(Duration.ofSeconds(3))),
            input("level", new BadInput.Substitute(Value.of(-0.0)), Optional.empty()),
            output("auto", Optional.of(Value.of(true))),
            output("wanted", Optional.empty()),
            output("pump", Optional.of(Value.of(1.5))));

    private static final Predictive PREDICTIVE = new Predictive(
            "level",
            Duration.ofMillis(50),
            new Predictive.LinearProcess(
                    false,
                    List.of(List.of(-1.0)),
                    List.of(List.of(1.0)),
                    List.of(List.of(1.0)),
                    List.of(0.0),
                    List.of(2.5)),
            new Predictive.Variables(
                    List.of("main.wanted"),
                    List.of("main.level"),
                    List.of("main.pump"),
                    List.of(),
                    Optional.of("main.auto"),
                    Optional.empty()),
            new Predictive.Aims(
                    40,
                    5,
                    List.of(2.0),
                    List.of(),
                    List.of(0.0),
                    List.of(3.0),
                    List.of(0.5),
                    List.of(),
                    List.of(9.0),
                    true,
                    Optional.of(new Predictive.Variances(0.1, 0.2, 0.3))));

    private static Project project() {
        return new Project(
                "small",
                List.of(new Source("main.st", TEXT)),
                Dialect.COMMON,
                List.of(TASK),
                BINDINGS,
                List.of(PREDICTIVE));
    }

    private static byte[] encoded() throws RecordingError {
        return RecordedProgram.of(RecordedProgram.load(project(), new InterpretBackend()))
                .bytes();
    }

    @Test
    void allOfAProjectIsReadAsItWasWritten() throws RecordingError {
        Project read = RecordedProgram.read(encoded()).project();
        Project wanted = project();
        assertEquals(wanted.bindings(), read.bindings());
        assertEquals(wanted.predictive(), read.predictive());
        assertEquals(wanted.tasks(), read.tasks());
        assertEquals(wanted.name(), read.name());
        assertEquals(TEXT, read.sources().getFirst().text());
    }

    /// Version 1 had neither rules nor predictive controllers, octet by octet.
    @Test
    void recordingsOfVersion1AreStillRead() throws RecordingError {
        var bytes = new ByteBuilder();
        bytes.putLong(0x4752_5043_4C50_574DL);
        bytes.putVar(1);
        for (String text : List.of("small", "COMMON")) {
            RecordedProgram.text(bytes, text);
        }
        bytes.putVar(1);
        RecordedProgram.text(bytes, "main.st");
        RecordedProgram.text(bytes, TEXT);
        bytes.putVar(0);
        bytes.putVar(2);
        bytes.put(0);
        RecordedProgram.text(bytes, "main.level");
        RecordedProgram.text(bytes, "tank/level");
        bytes.put(1);
        RecordedProgram.text(bytes, "main.pump");
        RecordedProgram.text(bytes, "tank/pump");
        Project read = RecordedProgram.read(bytes.toArray()).project();
        assertEquals(
                List.of(input("level", BadInput.hold(), Optional.empty()), output("pump", Optional.empty())),
                read.bindings());
        assertEquals(List.of(), read.predictive());
    }

    @Test
    void whatIsDamagedIsRefusedOrIsAnotherProjectAndNothingElse() throws RecordingError {
        byte[] whole = encoded();
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThrows(RecordingError.class, () -> RecordedProgram.read(cut), "cut at " + length);
        }
        Property.check(300, random -> {
            byte[] wrong = whole.clone();
            for (int i = 0; i <= random.nextInt(3); i++) {
                wrong[random.nextInt(wrong.length)] = (byte) random.nextInt(256);
            }
            try {
                Project read = RecordedProgram.read(wrong).project();
                assertTrue(read.predictive().stream()
                        .allMatch(p -> p.aims().horizon() <= Predictive.HORIZON_MAX
                                && p.process().a().size() <= Predictive.SIZE_MAX));
            } catch (RecordingError e) {
                // What should be said of it.
                assertTrue(String.valueOf(e.getMessage()).length() > 5);
            }
        });
    }
}
