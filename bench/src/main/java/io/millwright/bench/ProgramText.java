package io.millwright.bench;

import java.util.Random;

/// A made-up program in Structured Text of any length: function blocks of about a hundred lines that call those
/// before them, structures, functions, and a program that calls the last. The same seed gives the same text.
final class ProgramText {
    private final Random random;
    private final StringBuilder text = new StringBuilder();

    private ProgramText(long seed) {
        this.random = new Random(seed);
    }

    /// A program of so many function blocks.
    static String of(int blocks, long seed) {
        var program = new ProgramText(seed);
        for (int i = 0; i < blocks; i++) {
            program.block(i);
        }
        program.line("PROGRAM main");
        program.line("VAR last : Block%d; rounds : DINT; END_VAR".formatted(blocks - 1));
        program.line("rounds := rounds + 1;");
        program.line("last(enable := TRUE, setpoint := 0.5);");
        program.line("END_PROGRAM");
        return program.text.toString();
    }

    /// The text in the body of a block before which a statement can be put.
    static String place(int block) {
        return "(* body of Block" + block + " *)";
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private void block(int number) {
        line("TYPE Settings%d : STRUCT".formatted(number));
        line("    low : REAL := %d.5;".formatted(random.nextInt(10)));
        line("    high : REAL := %d.25;".formatted(20 + random.nextInt(70)));
        line("    steps : ARRAY[0..7] OF INT;");
        line("END_STRUCT; END_TYPE");
        line("");
        line("FUNCTION Scale%d : REAL".formatted(number));
        line("VAR_INPUT raw : INT; settings : Settings%d; END_VAR".formatted(number));
        line("Scale%1$d := settings.low + (settings.high - settings.low) * INT_TO_REAL(raw) / 27648.0;"
                .formatted(number));
        line("END_FUNCTION");
        line("");
        line("// Keeps a value between its limits.");
        line("FUNCTION_BLOCK Block%d".formatted(number));
        line("VAR_INPUT");
        line("    enable : BOOL; // runs while it is TRUE");
        line("    setpoint : REAL;");
        line("END_VAR");
        line("VAR_OUTPUT");
        line("    done : BOOL;");
        line("    value : REAL;");
        line("END_VAR");
        line("VAR");
        line("    settings : Settings%d;".formatted(number));
        line("    delay : TON;");
        line("    i, count : INT;");
        line("    history : ARRAY[0..15] OF REAL;");
        line("    total : LREAL;");
        if (number > 0) {
            line("    inner : Block%d;".formatted(random.nextInt(number)));
        }
        line("END_VAR");
        line(place(number));
        for (int i = 0; i < 9; i++) {
            statements(number);
        }
        if (number > 0) {
            line("inner(enable := done, setpoint := value);");
        }
        line("delay(IN := enable, PT := T#%dms);".formatted(10 * (1 + random.nextInt(100))));
        line("done := delay.Q;");
        line("END_FUNCTION_BLOCK");
        line("");
    }

    private void statements(int number) {
        switch (random.nextInt(3)) {
            case 0 -> {
                line("IF enable AND count < %d THEN".formatted(10 + random.nextInt(90)));
                line("    count := count + %d;".formatted(1 + random.nextInt(5)));
                line("    value := LIMIT(settings.low, setpoint * INT_TO_REAL(count), settings.high);");
                line("ELSIF NOT enable THEN");
                line("    count := 0;");
                line("ELSE");
                line("    total := total + REAL_TO_LREAL(history[count MOD 16]);");
                line("END_IF;");
            }
            case 1 -> {
                line("FOR i := 0 TO 7 DO");
                line("    settings.steps[i] := settings.steps[i] + i * %d;".formatted(random.nextInt(9)));
                line("    IF settings.steps[i] > %d THEN".formatted(1000 + random.nextInt(9000)));
                line("        settings.steps[i] := 0;");
                line("    END_IF;");
                line("END_FOR;");
                line("history[count MOD 16] := Scale%d(raw := settings.steps[3], settings := settings);"
                        .formatted(number));
            }
            default -> {
                line("CASE count MOD 4 OF");
                line("    0: value := value * 0.5 + setpoint;");
                line("    1, 2: value := SQRT(ABS(value)) + %d.0;".formatted(random.nextInt(5)));
                line("ELSE");
                line("    value := MAX(value, setpoint);");
                line("END_CASE;");
                line("done := value > setpoint OR count = %d;".formatted(random.nextInt(50)));
            }
        }
    }
}
