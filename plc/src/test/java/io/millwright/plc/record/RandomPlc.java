package io.millwright.plc.record;

import io.millwright.iec61131.Compiler;
import io.millwright.iec61131.jvm.JvmBackend;
import io.millwright.iec61131.machine.PreparedForces;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.iec61131.type.Value.Real;
import io.millwright.iec61131.type.Value.Truth;
import io.millwright.iec61131.type.Value.Whole;
import io.millwright.model.BadInput;
import io.millwright.model.Quality;
import io.millwright.model.SignalName;
import io.millwright.model.Value;
import io.millwright.plc.Loaded;
import io.millwright.plc.Mode;
import io.millwright.plc.Project;
import io.millwright.plc.TaskSetting;
import io.millwright.plc.VirtualPlc;
import io.millwright.plc.image.Binding;
import io.millwright.plc.image.SignalTable;
import io.millwright.plc.pace.VirtualPace;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;

/// A PLC with a program, inputs and commands that are drawn from a seed, in virtual time.
final class RandomPlc {
    static final long MILLI = 1_000_000;
    private static final String[] WHOLES = {"a", "b", "c", "arr[1]", "arr[2]", "in1", "q"};
    private static final String[] REALS = {"x", "y", "z", "in2", "in3"};
    private static final String[] TRUTHS = {"p", "r", "in0", "t.Q"};

    final SplittableRandom random;
    final SignalTable signals = new SignalTable();
    final VirtualPace pace = new VirtualPace(1_800_000_000_000_000_000L);
    final Project project;
    final VirtualPlc plc;
    Loaded loaded;

    RandomPlc(SplittableRandom random) throws Exception {
        this.random = random;
        this.project = new Project(
                "random",
                List.of(new Source("random.st", text())),
                Dialect.COMMON,
                List.of(task("fast", 10, 1, "Main"), task("slow", 35, 2, "Other")),
                List.of(in("in0"), in("in1"), in("in2"), in("in3"), out("p"), out("a"), out("x")));
        this.loaded = load(project);
        this.plc = new VirtualPlc(pace, loaded);
    }

    private static TaskSetting task(String name, long millis, int priority, String instance) {
        return new TaskSetting(name, millis * MILLI, Optional.empty(), priority, 0, List.of(instance));
    }

    private static Binding in(String variable) {
        return new Binding.Input("Main." + variable, signal(variable), BadInput.hold(), Optional.empty());
    }

    private static Binding out(String variable) {
        return new Binding.Output("Main." + variable, signal(variable), Optional.empty());
    }

    static SignalName signal(String variable) {
        return SignalName.parse("test/" + variable);
    }

    Loaded load(Project other) throws Exception {
        var checked = Compiler.compile(other.sources(), other.dialect());
        if (checked.program() == null) {
            throw new AssertionError(
                    checked.diagnostics() + "\n" + other.sources().getFirst().text());
        }
        return Loaded.of(other, Objects.requireNonNull(checked.program()), signals, new JvmBackend());
    }

    /// A program with statements that are drawn.
    private String text() {
        var body = new StringBuilder();
        for (int i = random.nextInt(3, 12); i > 0; i--) {
            body.append(statement()).append('\n');
        }
        return """
                FUNCTION Put : BOOL
                VAR_IN_OUT text : STRING[12]; END_VAR VAR_INPUT at : DINT; END_VAR
                VAR p : POINTER TO BYTE; END_VAR
                p := ADR(text);
                p[at MOD 6 + 6] := 65;
                p[at MOD 5 + 5] := SEL(at MOD 3 = 0, BYTE#66, BYTE#0);
                END_FUNCTION
                VAR_GLOBAL shared : DINT; END_VAR
                PROGRAM Main
                VAR
                  in0 : BOOL; in1 : INT; in2 : REAL; in3 : LREAL;
                  a, b, c : DINT := 3; x, y, z : LREAL := 1.5; p, r : BOOL; arr : ARRAY[1..2] OF DINT;
                  s : STRING[30]; w : WSTRING[8]; put : STRING[12]; t : TON; q AT %QW7 : INT; m AT %MD3 : REAL;
                END_VAR
                t(IN := in0, PT := T#25ms);
                BODY
                s := CONCAT(TO_STRING(a), s);
                w := CONCAT(w, "ö");
                m := m + TO_REAL(in3);
                IF shared MOD 7 = 0 THEN put := LEFT(s, 2); END_IF
                Put(put, ABS(a) MOD 1000);
                shared := shared + a;
                END_PROGRAM
                PROGRAM Other
                VAR n : DINT; last : TIME; END_VAR
                n := n + shared;
                last := TIME();
                END_PROGRAM
                """.replace("BODY", body);
    }

    private String pick(String[] from) {
        return from[random.nextInt(from.length)];
    }

    private String whole() {
        return switch (random.nextInt(4)) {
            case 0 -> Integer.toString(random.nextInt(-9, 10));
            case 1 -> "(" + pick(WHOLES) + " + " + pick(WHOLES) + ")";
            case 2 -> "(" + pick(WHOLES) + " * 7 - " + pick(WHOLES) + ")";
            default -> pick(WHOLES);
        };
    }

    private String statement() {
        return switch (random.nextInt(6)) {
            case 0 -> pick(new String[] {"a", "b", "c"}) + " := TO_DINT(" + whole() + ") XOR 5;";
            case 1 -> "arr[" + random.nextInt(1, 3) + "] := TO_DINT(" + whole() + ");";
            case 2 ->
                pick(new String[] {"x", "y", "z"}) + " := TO_LREAL(" + pick(REALS) + ") * 0.75 + SIN("
                        + pick(new String[] {"x", "y", "in3"}) + ");";
            case 3 -> pick(new String[] {"p", "r"}) + " := " + pick(TRUTHS) + " XOR TO_LREAL(" + pick(REALS) + ") > y;";
            // Traps now and then.
            case 4 -> "b := 1000 / (a MOD 17);";
            default -> "IF " + pick(TRUTHS) + " THEN q := q + 1; ELSE c := TO_DINT(" + whole() + "); END_IF;";
        };
    }

    /// Lets something happen, then time go on by a few milliseconds.
    void round() throws Exception {
        if (random.nextInt(3) > 0) {
            input();
        }
        if (random.nextInt(12) == 0) {
            command();
        }
        if (plc.mode() == Mode.FAULT) {
            plc.write("Main.a", new Whole(random.nextInt(1, 9)));
            plc.enter(Mode.RUNNING);
        }
        run(random.nextInt(1, 15));
    }

    void run(long millis) {
        long end = pace.nowNanos() + millis * MILLI;
        do {
            plc.step(end);
        } while (pace.nowNanos() < end);
    }

    private void input() {
        Value value = switch (random.nextInt(4)) {
            case 0 -> Value.of(random.nextBoolean());
            case 1 -> Value.of((long) random.nextInt(-40_000, 40_000));
            case 2 -> Value.of(random.nextDouble() * 100);
            default -> Value.of(Double.longBitsToDouble(random.nextLong()));
        };
        String name = "in" + random.nextInt(4);
        signals.input(signal(name)).offer(value, random.nextInt(9) == 0 ? Quality.BAD : Quality.GOOD, pace.nowNanos());
    }

    private void command() throws Exception {
        switch (random.nextInt(7)) {
            case 0 -> plc.write("Main.a", new Whole(random.nextInt()));
            case 1 -> plc.force("Main.x", new Real(random.nextDouble()), PreparedForces.NONE);
            case 2 -> plc.release("Main.x", PreparedForces.NONE);
            case 3 -> plc.force("Main.in0", new Truth(random.nextBoolean()), PreparedForces.NONE);
            case 4 -> plc.release("Main.in0", PreparedForces.NONE);
            case 5 -> plc.write("Main.w", new io.millwright.iec61131.type.Value.Text("\uD800x"));
            default -> change();
        }
    }

    /// Another version of the program, with the state of this one.
    private void change() throws Exception {
        String text = project.sources().getFirst().text().replace("0.75", "0." + random.nextInt(1, 9));
        Loaded next = load(project.with(List.of(new Source("random.st", text))));
        plc.between(before -> {
            next.state().put(before.state().take());
            plc.swap(next);
            return next;
        });
        loaded = next;
    }

    /// The values of all variables, and the hash.
    static List<String> values(Loaded program) {
        List<String> all = new ArrayList<>();
        program.state().slots().forEach(s -> all.add(s.name() + "=" + (s.isText() ? s.text() : s.bits())));
        all.add(Long.toHexString(program.state().hash()));
        return all;
    }
}
