package io.millwright.iec61131.differential;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;

/// What is drawn by lot: types and literals, those at the ends of the ranges among them.
abstract class Draws {
    static final List<String> WHOLE = List.of("SINT", "INT", "DINT", "LINT", "USINT", "UINT", "UDINT", "ULINT");
    static final List<String> BITS = List.of("BYTE", "WORD", "DWORD", "LWORD");
    static final List<String> REALS = List.of("REAL", "LREAL");
    static final List<String> TYPES = List.of(
            "BOOL", "BYTE", "WORD", "DWORD", "LWORD", "SINT", "INT", "DINT", "LINT", "USINT", "UINT", "UDINT", "ULINT",
            "REAL", "LREAL", "TIME", "STRING");

    final Random random;

    Draws(Random random) {
        this.random = random;
    }

    String elementary() {
        return TYPES.get(random.nextInt(TYPES.size()));
    }

    String elementary(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }

    String any(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    String literal(String type) {
        return switch (type) {
            case "BOOL" -> any("TRUE", "FALSE");
            case "REAL", "LREAL" ->
                type + "#" + any("0.0", "1.5", "-2.25", "1.0E10", "-3.0E-5", "127.5", "65536.0", "1.0E30");
            case "TIME" -> any("T#0s", "T#1s", "T#5ms", "T#-3s", "T#1d2h", "T#100us");
            case "STRING" -> any("''", "'a'", "'abc'", "'12'", "'-7'", "'2.5'", "'hello world'", "'b'", "'TRUE'");
            default -> type + "#" + number(type);
        };
    }

    String number(String type) {
        boolean signed = WHOLE.contains(type) && !type.startsWith("U");
        var one = BigInteger.ONE;
        BigInteger high = one.shiftLeft(signed ? bits(type) - 1 : bits(type)).subtract(one);
        return switch (random.nextInt(6)) {
            case 0 -> high.toString();
            case 1 -> signed ? high.negate().subtract(one).toString() : "0";
            case 2 -> signed ? "-" + random.nextInt(100) : String.valueOf(random.nextInt(100));
            default -> String.valueOf(random.nextInt(20));
        };
    }

    static int bits(String type) {
        return switch (type) {
            case "BYTE", "SINT", "USINT" -> 8;
            case "WORD", "INT", "UINT" -> 16;
            case "DWORD", "DINT", "UDINT" -> 32;
            default -> 64;
        };
    }
}
