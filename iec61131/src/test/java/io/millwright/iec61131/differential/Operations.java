package io.millwright.iec61131.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/// Operators, functions and conversions that give a value of a type.
abstract class Operations extends Draws {
    List<Var> scope = new ArrayList<>();

    Operations(Random random) {
        super(random);
    }

    /// A variable or place that can be read, and perhaps written.
    record Var(String name, String type, boolean writable) {}

    /// An expression of a type.
    abstract String expression(String type, int depth);

    String operation(String type, int depth) {
        Supplier<String> same = () -> expression(type, depth);
        if (type.equals("BOOL")) {
            return truth(depth);
        }
        if (type.equals("STRING")) {
            return text(depth);
        }
        if (type.equals("TIME")) {
            return switch (random.nextInt(6)) {
                case 0 -> "(%s + %s)".formatted(same.get(), same.get());
                case 1 -> "(%s - %s)".formatted(same.get(), same.get());
                case 2 ->
                    "(%s * %s)".formatted(same.get(), expression(any("INT", "REAL", "LREAL", "DINT", "ULINT"), depth));
                case 3 -> "(%s / %s)".formatted(same.get(), nonZero(any("INT", "LINT", "USINT")));
                case 4 -> "TIME()";
                default -> "MAX(%s, %s)".formatted(same.get(), same.get());
            };
        }
        if (REALS.contains(type)) {
            return switch (random.nextInt(9)) {
                case 0 -> "(%s / %s)".formatted(same.get(), same.get());
                case 1 -> "SQRT(%s)".formatted(same.get());
                case 2 -> "(%s ** %s)".formatted(same.get(), expression(type, 0));
                case 3 -> any("SIN", "COS", "ABS", "EXP", "LN", "ATAN") + "(" + same.get() + ")";
                case 4 -> any("MIN", "MAX") + "(" + same.get() + ", " + same.get() + ")";
                case 5 -> "-(" + same.get() + ")";
                default -> "(%s %s %s)".formatted(same.get(), any("+", "-", "*"), same.get());
            };
        }
        if (BITS.contains(type)) {
            return switch (random.nextInt(5)) {
                case 0 -> "NOT (" + same.get() + ")";
                case 1 ->
                    any("SHL", "SHR", "ROL", "ROR") + "(" + same.get() + ", " + expression(any("USINT", "INT"), 0)
                            + ")";
                default -> "(%s %s %s)".formatted(same.get(), any("AND", "OR", "XOR", "&"), same.get());
            };
        }
        return whole(type, depth, same);
    }

    String whole(String type, int depth, Supplier<String> same) {
        boolean signed = !type.startsWith("U");
        return switch (random.nextInt(13)) {
            case 0 -> "(%s / %s)".formatted(same.get(), chance(90) ? nonZero(type) : variable(type, nonZero(type)));
            case 1 -> "(%s MOD %s)".formatted(same.get(), chance(50) ? nonZero(type) : same.get());
            case 2 -> "LIMIT(%s, %s, %s)".formatted(same.get(), same.get(), same.get());
            case 3 -> any("MIN", "MAX") + "(" + same.get() + ", " + same.get() + ", " + same.get() + ")";
            case 4 -> signed ? any("ABS(", "-(") + same.get() + ")" : "(%s * %s)".formatted(same.get(), same.get());
            case 5 ->
                type.equals("INT") ? any("LEN(", "FIND('b', ") + expression("STRING", depth) + ")" : literal(type);
            case 6 ->
                "MUX(%s, %s, %s)".formatted(expression("BOOL", 0).equals("TRUE") ? "1" : "0", same.get(), same.get());
            case 7 -> "(%s ** %s)".formatted(same.get(), type + "#" + random.nextInt(4));
            default -> "(%s %s %s)".formatted(same.get(), any("+", "-", "*"), same.get());
        };
    }

    String nonZero(String type) {
        return type + "#" + (type.startsWith("U") ? "" : any("", "-")) + (1 + random.nextInt(100));
    }

    /// Something that is not known before the program runs.
    String variable(String type, String otherwise) {
        List<Var> fitting = scope.stream()
                .filter(x -> x.type().equals(type) && !x.name().contains("safe"))
                .toList();
        return fitting.isEmpty()
                ? otherwise
                : fitting.get(random.nextInt(fitting.size())).name();
    }

    String truth(int depth) {
        String other = elementary();
        return switch (random.nextInt(8)) {
            case 0 -> "NOT (" + expression("BOOL", depth) + ")";
            case 1 ->
                "(%s %s %s)"
                        .formatted(expression("BOOL", depth), any("AND_THEN", "OR_ELSE"), expression("BOOL", depth));
            case 2, 3 ->
                "(%s %s %s)".formatted(expression("BOOL", depth), any("AND", "OR", "XOR"), expression("BOOL", depth));
            case 4 -> {
                String type = elementary(BITS);
                List<Var> fitting = scope.stream()
                        .filter(v -> v.type().equals(type) && !v.name().contains("safe"))
                        .toList();
                yield fitting.isEmpty() ? literal("BOOL") : fitting.getFirst().name() + ".%X" + random.nextInt(8);
            }
            default ->
                "(%s %s %s)"
                        .formatted(
                                expression(other, depth),
                                any("<", "<=", ">", ">=", "=", "<>"),
                                expression(other, depth));
        };
    }

    String converted(String type, int depth) {
        String from = elementary();
        while (from.equals(type)
                || from.equals("TIME") && type.equals("BOOL")
                || from.equals("BOOL") && type.equals("TIME")) {
            from = elementary();
        }
        return "%s_TO_%s(%s)".formatted(from, type, expression(from, depth));
    }

    String text(int depth) {
        Supplier<String> text = () -> expression("STRING", depth);
        Supplier<String> count = () -> String.valueOf(random.nextInt(5));
        return switch (random.nextInt(7)) {
            case 0 -> any("LEFT", "RIGHT") + "(" + text.get() + ", " + count.get() + ")";
            case 1 -> "MID(%s, %s, %s)".formatted(text.get(), count.get(), expression("INT", depth));
            case 2 -> "INSERT(%s, %s, %s)".formatted(text.get(), text.get(), count.get());
            case 3 -> "DELETE(%s, %s, %s)".formatted(text.get(), count.get(), count.get());
            case 4 -> "REPLACE(%s, %s, %s, %s)".formatted(text.get(), text.get(), count.get(), count.get());
            default -> "CONCAT(%s, %s)".formatted(text.get(), text.get());
        };
    }
}
