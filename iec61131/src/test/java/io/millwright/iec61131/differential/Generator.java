package io.millwright.iec61131.differential;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Writes random programs that are right by construction: every operand has the type its operator asks for.
final class Generator extends Operations {

    private final String id;
    private final List<Node> pieces = new ArrayList<>();
    private List<String> loops = new ArrayList<>();
    private final List<Routine> functions = new ArrayList<>();
    private boolean inProgram;
    private int names;
    private String a = "";
    private String b = "";
    private String v = "";

    /// A function; inputs by type.
    private record Routine(String name, List<String> inputs, String output, String inOut, String result) {}

    private Generator(long seed, String id) {
        super(new Random(seed));
        this.id = id;
    }

    /// A program with its types, functions and function blocks.
    ///
    /// @param id what all names end with, so that several programs go into one text
    static Node program(long seed, String id) {
        return new Generator(seed, id).all();
    }

    static String text(Node program) {
        var out = new StringBuilder();
        program.print(out);
        return out.toString();
    }

    private Node all() {
        a = elementary();
        b = elementary();
        v = elementary(WHOLE);
        pieces.add(
                Node.line("TYPE S%1$s : STRUCT a : %2$s; b : %3$s; t : STRING[6]; v : ARRAY[-1..2] OF %4$s; END_STRUCT;"
                        .formatted(id, a, b, v)));
        pieces.add(Node.line("E%1$s : (red%1$s, green%1$s := 5, blue%1$s); R%1$s : INT(-20..50);".formatted(id)));
        pieces.add(Node.line(Packed.type(id)));
        pieces.add(Node.line("U%1$s : UDINT(5..4000000000); END_TYPE".formatted(id)));
        for (int i = random.nextInt(4); i > 0; i--) {
            function();
        }
        structures();
        blocks();
        main();
        return Node.root(List.copyOf(pieces));
    }

    private void function() {
        String name = "f" + functions.size() + "_" + id;
        scope = new ArrayList<>();
        List<String> inputs = new ArrayList<>();
        var head = new StringBuilder("FUNCTION " + name + " : ");
        String result = elementary();
        head.append(result).append("\nVAR_INPUT ");
        for (int i = random.nextInt(3); i >= 0; i--) {
            String type = chance(15) ? "STRING[4]" : elementary();
            inputs.add(type.startsWith("STRING") ? "STRING" : type);
            declare(head, "x" + inputs.size(), type, true);
        }
        head.append("END_VAR\n");
        String output = chance(50) ? elementary() : "";
        if (!output.isEmpty()) {
            declare(head.append("VAR_OUTPUT "), "o", output, true).append("END_VAR\n");
        }
        String inOut = chance(50) ? elementary() : "";
        if (!inOut.isEmpty()) {
            declare(head.append("VAR_IN_OUT "), "io", inOut, true).append("END_VAR\n");
        }
        head.append("VAR ");
        declare(head, "l1", elementary(), true);
        declare(head, "l2", elementary(), true);
        loopVariables(head);
        head.append("END_VAR");
        scope.add(new Var(name, result, true));
        pieces.add(new Node(head.toString(), statements(2 + random.nextInt(3), 1), "END_FUNCTION"));
        functions.add(new Routine(name, inputs, output, inOut, result));
    }

    private StringBuilder declare(StringBuilder out, String name, String type, boolean writable) {
        out.append(name).append(" : ").append(type).append("; ");
        scope.add(new Var(name, type.startsWith("STRING") ? "STRING" : type, writable));
        return out;
    }

    private void loopVariables(StringBuilder out) {
        loops = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            String type = elementary(WHOLE);
            declare(out, "i" + i, type, false);
            loops.add("i" + i + ":" + type);
        }
        out.append("w0, w1, w2 : INT; ");
        depthOfLoops = 0;
    }

    private int depthOfLoops;
    private String sumType = "";

    /// A function over a structure, an open array and an array of arrays.
    private void structures() {
        scope = new ArrayList<>();
        var head = new StringBuilder("""
                FUNCTION g%1$s : S%1$s
                VAR_INPUT s : S%1$s; n : DINT; END_VAR
                VAR_IN_OUT q : S%1$s; m : ARRAY[*] OF INT; END_VAR
                VAR
                """.formatted(id));
        declare(head, "l1", elementary(), true);
        loopVariables(head);
        head.append("END_VAR");
        for (String field : List.of("s", "q", "g" + id)) {
            fields(field);
        }
        scope.add(new Var("n", "DINT", true));
        scope.add(new Var("m[LOWER_BOUND(m, 1)]", "INT", true));
        scope.add(new Var("m[UPPER_BOUND(m, 1)]", "INT", true));
        scope.add(new Var("m[n]", "INT", true));
        List<Node> body = new ArrayList<>();
        body.add(Node.line("g%s := %s;".formatted(id, chance(50) ? "s" : "q")));
        body.addAll(statements(3, 1));
        pieces.add(new Node(head.toString(), List.copyOf(body), "END_FUNCTION"));
    }

    private void fields(String object) {
        scope.add(new Var(object + ".a", a, true));
        scope.add(new Var(object + ".b", b, true));
        scope.add(new Var(object + ".t", "STRING", true));
        scope.add(new Var(object + ".v[0]", v, true));
        scope.add(new Var(object + ".v[2]", v, true));
    }

    /// An interface, a function block, one that extends it.
    private void blocks() {
        String type = elementary();
        String argument = elementary();
        pieces.add(Node.line("INTERFACE I%s METHOD go : %s VAR_INPUT k : %s; END_VAR END_METHOD END_INTERFACE"
                .formatted(id, type, argument)));
        methodType = type;
        methodArgument = argument;
        scope = new ArrayList<>();
        var head = new StringBuilder("FUNCTION_BLOCK B%1$s IMPLEMENTS I%1$s\nVAR_INPUT ".formatted(id));
        inputType = elementary();
        outputType = elementary();
        inOutType = elementary();
        declare(head, "x", inputType, true);
        declare(head.append("END_VAR VAR_OUTPUT "), "y", outputType, true);
        declare(head.append("END_VAR VAR_IN_OUT "), "z", inOutType, true);
        head.append("e : S").append(id).append("; ");
        declare(head.append("END_VAR VAR "), "st1", elementary(), true);
        declare(head, "st2", elementary(), true);
        head.append("s : S").append(id).append("; ");
        loopVariables(head);
        head.append("END_VAR\nVAR_TEMP ");
        List<Var> members = new ArrayList<>(scope);
        declare(head, "tmp", elementary(), true);
        head.append("END_VAR");
        fields("s");
        List<Var> inMethod = new ArrayList<>(members);
        List<Node> methods = new ArrayList<>();
        List<Var> inBody = new ArrayList<>(scope);
        inBody.add(new Var("e.b", b, true));
        scope = inMethod;
        methods.add(method("METHOD PUBLIC go"));
        scope = inBody;
        List<Node> body = new ArrayList<>(methods);
        body.addAll(statements(3, 1));
        pieces.add(new Node(head.toString(), List.copyOf(body), "END_FUNCTION_BLOCK"));
        scope = new ArrayList<>(members);
        var derived = new StringBuilder("FUNCTION_BLOCK D%1$s EXTENDS B%1$s\nVAR ".formatted(id));
        declare(derived, "extra", elementary(), true);
        derived.append("END_VAR");
        List<Node> own = new ArrayList<>();
        own.add(method("METHOD PUBLIC OVERRIDE go"));
        own.addAll(statements(2, 1));
        pieces.add(new Node(derived.toString(), List.copyOf(own), "END_FUNCTION_BLOCK"));
    }

    private String methodType = "";
    private String methodArgument = "";
    private String inputType = "";
    private String outputType = "";
    private String inOutType = "";

    private Node method(String head) {
        List<Var> outer = new ArrayList<>(scope);
        scope.add(new Var("k", methodArgument, true));
        scope.add(new Var("go", methodType, true));
        var out = new StringBuilder(head + " : " + methodType + "\nVAR_INPUT k : " + methodArgument + "; END_VAR VAR ");
        declare(out, "lm", elementary(), true);
        List<String> outerLoops = loops;
        loops = new ArrayList<>();
        out.append("END_VAR");
        Node node = new Node(out.toString(), statements(2, 0), "END_METHOD");
        loops = outerLoops;
        scope = outer;
        return node;
    }

    private void main() {
        scope = new ArrayList<>();
        inProgram = true;
        var head = new StringBuilder("PROGRAM P" + id + "\nVAR ");
        for (int i = 0; i < 10; i++) {
            declare(head, "v" + i, chance(60) ? elementary() : elementary(WHOLE), true);
        }
        declare(head, "t1", "STRING[5]", true);
        head.append("a1 : ARRAY[1..5] OF INT; a2 : ARRAY[0..2, -1..1] OF DINT; ab : ARRAY[0..3] OF BYTE; ");
        head.append("ar : ARRAY[0..2] OF REAL; at : ARRAY[1..2] OF STRING[7]; au : ARRAY[0..2] OF USINT; ");
        head.append("s1, s2 : S%1$s; as : ARRAY[1..2] OF S%1$s; e : E%1$s; ra : R%1$s; ru : U%1$s; ".formatted(id));
        head.append("b : B%1$s; d : D%1$s; ab2 : ARRAY[0..1] OF B%1$s; it : I%1$s; ".formatted(id));
        head.append("r : REF_TO INT; rs : REF_TO S%1$s; rb : REF_TO B%1$s; rd : REF_TO D%1$s; ".formatted(id));
        head.append("pt : POINTER TO INT; ");
        sumType = elementary(BITS);
        declare(head, "cs", sumType, true).append("cw : INT; cb : ARRAY[0..3] OF %1$s; ".formatted(sumType));
        head.append(Packed.variables(id));
        loopVariables(head);
        head.append("END_VAR");
        scope.addAll(Packed.scope(a));
        for (int i = 1; i <= 5; i += 2) {
            scope.add(new Var("a1[" + i + "]", "INT", true));
        }
        scope.add(new Var("a2[1, 0]", "DINT", true));
        scope.add(new Var("ab[3]", "BYTE", true));
        scope.add(new Var("cb[1]", sumType, true));
        scope.add(new Var("cb[2]", sumType, true));
        scope.add(new Var("ar[1]", "REAL", true));
        scope.add(new Var("at[2]", "STRING", true));
        scope.add(new Var("au[2]", "USINT", true));
        fields("s1");
        fields("s2");
        fields("as[2]");
        scope.add(new Var("b.y", outputType, false));
        scope.add(new Var("d.y", outputType, false));
        scope.add(new Var("b.x", inputType, true));
        scope.add(new Var("a1[safe]", "INT", true));
        scope.add(new Var("a2[safe]", "DINT", true));
        scope.add(new Var("au[safe]", "USINT", true));
        List<Node> body = new ArrayList<>();
        body.add(Node.line("r := REF(a1[2]);"));
        body.add(Node.line("rs := REF(s1);"));
        body.add(Node.line("it := b;"));
        body.add(Node.line("pt := ADR(a1);"));
        body.addAll(statements(6 + random.nextInt(8), 2));
        pieces.add(new Node(head.toString(), List.copyOf(body), "END_PROGRAM"));
    }

    private List<Node> statements(int count, int depth) {
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            nodes.add(statement(depth));
        }
        return List.copyOf(nodes);
    }

    private Node statement(int depth) {
        int kind = random.nextInt(inProgram ? 28 : 16);
        if (depth > 0 && kind < 7) {
            return compound(kind, depth);
        }
        if (kind == 7 && depthOfLoops > 0) {
            return Node.line(
                    "IF %s THEN %s; END_IF;".formatted(expression("BOOL", 1), chance(50) ? "EXIT" : "CONTINUE"));
        }
        if (kind == 8 && chance(20)) {
            return Node.line("IF %s THEN RETURN; END_IF;".formatted(expression("BOOL", 1)));
        }
        if (kind == 9 && !functions.isEmpty()) {
            return Node.line(call(functions.get(random.nextInt(functions.size())), 1) + ";");
        }
        if (kind == 27) {
            return checksum();
        }
        return kind >= 16 ? special(kind) : assignment();
    }

    /// A loop that looks up each element of a table by what the one before made of a sum, or fills the table;
    /// now and then beyond it.
    private Node checksum() {
        String mixed = "(%s XOR %s)"
                .formatted(
                        chance(80) ? "cs" : "SHR(cs, 1)",
                        chance(60) ? place(writable(sumType)) : expression(sumType, 1));
        String element = "cb[%1$s_TO_INT(%2$s AND %1$s#%3$d)]".formatted(sumType, mixed, chance(90) ? 3 : 7);
        String rest = any("SHR(cs, 1)", "ROL(cs, 3)", "cs", expression(sumType, 1));
        String sum = chance(50) ? rest + " XOR " + element : element + " XOR " + rest;
        String filled = any("cb[cw]", "cb[3 - cw]", "cb[1]") + " := " + expression(sumType, 1);
        List<Node> body = new ArrayList<>(List.of(Node.line(chance(70) ? "cs := %s;".formatted(sum) : filled + ";")));
        if (chance(40)) {
            body.add(Node.line(any(
                    "IF cw = 2 THEN EXIT; END_IF;",
                    "IF cw = 2 THEN CONTINUE; END_IF;",
                    "IF cw = 2 THEN RETURN; END_IF;",
                    "cs.%X1 := TRUE;",
                    "cb[3] := cs;",
                    "cs := NOT cs;",
                    "IF cs.%X2 THEN cs := cb[0] XOR cs; END_IF;")));
        }
        return new Node("FOR cw := 0 TO %d DO".formatted(random.nextInt(6)), body, "END_FOR;");
    }

    private Node assignment() {
        Var target = writable(null);
        String place = place(target);
        if (chance(10) && BITS.contains(target.type())) {
            int bit = random.nextInt(8);
            return chance(70)
                    ? Node.line("%s.%%X%d := %s;".formatted(place, bit, expression("BOOL", 2)))
                    : target.type().equals("BYTE")
                            ? Node.line("%s.%d := %s;".formatted(place, bit, expression("BOOL", 2)))
                            : Node.line("%s.%%B1 := %s;".formatted(place, expression("BYTE", 2)));
        }
        return Node.line("%s := %s;".formatted(place, expression(target.type(), 3)));
    }

    private Node special(int kind) {
        return Node.line(
                switch (kind) {
                    case 16 ->
                        "%s := %s;"
                                .formatted(
                                        any("s1", "s2", "as[1]", "as[2]", "rs^"),
                                        any("s1", "s2", "as[2]", "rs^", structure()));
                    case 17 ->
                        "%s(x := %s, z := %s, e := %s, y => %s);"
                                .formatted(
                                        any("b", "d", "ab2[1]", "ab2[" + index(0, 1) + "]"),
                                        expression(inputType, 2),
                                        place(writable(inOutType)),
                                        any("s1", "s2", "as[1]", "rs^"),
                                        place(writable(outputType)));
                    case 18 ->
                        any(
                                "it := b;",
                                "it := d;",
                                "it := ab2[1];",
                                "r := REF(a1[" + index(1, 5) + "]);",
                                "rs := REF(as[" + index(1, 2) + "]);",
                                "rb := REF(b);",
                                "rb := REF(d);",
                                "rd ?= rb;",
                                "r := NULL;",
                                "pt := ADR(a1[3]);");
                    case 19 -> "r^ := %s;".formatted(expression("INT", 2));
                    case 20 -> "rs^.t := %s;".formatted(expression("STRING", 2));
                    case 21 -> "%s := %s;".formatted(place(writable("INT")), any("r^", "pt^", "a1[pt^]", "pt[1]"));
                    case 22 ->
                        "e := %s;"
                                .formatted(any(
                                        "red" + id,
                                        "green" + id,
                                        "blue" + id,
                                        "SEL(" + expression("BOOL", 1) + ", red" + id + ", blue" + id + ")"));
                    case 23 -> "ra := ra * 0 + (%s);".formatted(expression("INT", 2));
                    case 24 ->
                        any(
                                "ru := ru * 0 + (%s);".formatted(expression("UDINT", 2)),
                                "%%MB%d := %s;".formatted(random.nextInt(8), expression("BYTE", 1)),
                                "%%MX2.3 := %s;".formatted(expression("BOOL", 1)),
                                "%s := %%MW2;".formatted(place(writable("WORD"))),
                                "%%MD1 := %s;".formatted(expression("DWORD", 1)));
                    case 25 ->
                        "%s := %s;"
                                .formatted(
                                        place(writable("BOOL")),
                                        any("rs = REF(s1)", "it = 0", "rb <> NULL", "e = green" + id, "s1.t < s2.t"));
                    default ->
                        any(
                                "ab2[0] := ab2[1];",
                                "as[1] := as[2];",
                                Packed.statement(random, expression("STRING", 2), expression("BYTE", 1), structure()),
                                "a2[%s, %s] := %s;".formatted(index(0, 2), index(-1, 1), expression("DINT", 2)),
                                "at[%s] := %s;".formatted(index(1, 2), expression("STRING", 2)));
                });
    }

    private String structure() {
        return "g%s(s := %s, n := %s, q := %s, m := a1)"
                .formatted(id, any("s1", "s2", "as[1]"), index(1, 5), any("s1", "s2", "as[2]"));
    }

    private Node compound(int kind, int depth) {
        boolean loop = kind >= 4 && depthOfLoops < loops.size();
        if (!loop) {
            return kind % 2 == 0 ? conditional(depth) : choice(depth);
        }
        String[] variable = loops.get(depthOfLoops).split(":");
        String bound = "w" + depthOfLoops;
        depthOfLoops++;
        Node node = switch (kind) {
            case 4 -> new Node(counted(variable[0], variable[1]), statements(2, depth - 1), "END_FOR;");
            case 5 -> {
                List<Node> body = new ArrayList<>(List.of(Node.line(bound + " := " + bound + " + 1;")));
                body.addAll(statements(2, depth - 1));
                yield new Node(
                        "%1$s := 0; WHILE %1$s < %2$d AND %3$s DO"
                                .formatted(bound, 1 + random.nextInt(5), expression("BOOL", 1)),
                        body,
                        "END_WHILE;");
            }
            default -> {
                List<Node> body = new ArrayList<>(List.of(Node.line(bound + " := " + bound + " + 1;")));
                body.addAll(statements(2, depth - 1));
                yield new Node(
                        bound + " := 0; REPEAT",
                        body,
                        "UNTIL %s >= %d OR %s END_REPEAT;"
                                .formatted(bound, 1 + random.nextInt(5), expression("BOOL", 1)));
            }
        };
        depthOfLoops--;
        return node;
    }

    private String counted(String variable, String type) {
        boolean unsigned = type.startsWith("U");
        int bits = bits(type);
        BigInteger high = BigInteger.ONE.shiftLeft(unsigned ? bits : bits - 1);
        BigInteger low = unsigned ? BigInteger.ZERO : high.negate();
        int span = random.nextInt(6);
        int step = 1 + random.nextInt(3);
        BigInteger from = switch (random.nextInt(3)) {
            case 0 -> high.subtract(BigInteger.valueOf(1 + span));
            case 1 -> low;
            default -> BigInteger.valueOf(random.nextInt(10));
        };
        BigInteger to = from.add(BigInteger.valueOf(span));
        boolean down = chance(40);
        String limit = chance(70)
                ? type + "#" + (down ? from : to)
                : "%s + %s#%d".formatted(type + "#" + (down ? from : from), type, down ? 0 : span);
        String by = chance(30) && !down ? "" : " BY " + (down ? "-" : "") + step;
        if (chance(10)) {
            by = " BY " + expressionOfStep(type, variable, down, step);
        }
        return "FOR %s := %s#%s TO %s%s DO".formatted(variable, type, down ? to : from, limit, by);
    }

    /// A zero is one that only the running program knows.
    private String expressionOfStep(String type, String variable, boolean down, int step) {
        String signed = switch (type) {
            case "USINT", "SINT" -> type.equals("SINT") ? "SINT" : "INT";
            case "UINT" -> "DINT";
            case "UDINT", "ULINT" -> "LINT";
            default -> type;
        };
        String other = chance(5)
                ? "%s#0 * TO_%s(%s)".formatted(signed, signed, variable)
                : "%s#%d".formatted(signed, down ? -1 : 1);
        return "SEL(%s, %s#%d, %s)".formatted(expression("BOOL", 0), signed, down ? -step : step, other);
    }

    private Node conditional(int depth) {
        List<Node> body = new ArrayList<>(statements(2, depth - 1));
        if (chance(40)) {
            body.add(new Node("ELSIF %s THEN".formatted(expression("BOOL", 2)), statements(1, depth - 1), ""));
        }
        if (chance(60)) {
            body.add(new Node("ELSE", statements(1, depth - 1), ""));
        }
        return new Node("IF %s THEN".formatted(expression("BOOL", 3)), body, "END_IF;");
    }

    private Node choice(int depth) {
        String type = chance(80) ? elementary(WHOLE) : elementary(BITS);
        List<Node> body = new ArrayList<>();
        int at = 0;
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            int first = at + random.nextInt(4);
            int last = first + random.nextInt(chance(20) ? 90 : 3);
            last = Math.min(last, 120);
            first = Math.min(first, last);
            at = last;
            String labels = first + ".." + last + (chance(30) ? ", " + (last + 2) : "");
            body.add(new Node(labels + ":", statements(1, depth - 1), ""));
        }
        if (chance(50)) {
            body.add(new Node("ELSE", statements(1, depth - 1), ""));
        }
        return new Node("CASE %s OF".formatted(expression(type, 2)), body, "END_CASE;");
    }

    private Var writable(String type) {
        List<Var> fitting = scope.stream()
                .filter(v -> v.writable() && (type == null || v.type().equals(type)))
                .toList();
        if (fitting.isEmpty()) {
            // A variable of the type is added where the others are declared: here only a part of the scope fits.
            return new Var(fallback(type), type, true);
        }
        return fitting.get(random.nextInt(fitting.size()));
    }

    private String fallback(String type) {
        String name = "n" + names++ + "_" + id;
        pieces.addFirst(Node.line("VAR_GLOBAL %s : %s; END_VAR".formatted(name, type)));
        return name;
    }

    private String place(Var variable) {
        return switch (variable.name()) {
            case "a1[safe]" -> "a1[" + index(1, 5) + "]";
            case "a2[safe]" -> "a2[" + index(0, 2) + ", " + index(-1, 1) + "]";
            case "au[safe]" -> "au[" + index(0, 2) + "]";
            default -> variable.name();
        };
    }

    private String index(int low, int high) {
        return switch (random.nextInt(12)) {
            case 0 -> variable(any("INT", "DINT", "LINT", "USINT", "UDINT"), String.valueOf(low));
            case 1, 2, 3 -> "LIMIT(%d, %s, %d)".formatted(low, expression("DINT", 2), high);
            case 4, 5 ->
                "(%s MOD %d) + %d".formatted("USINT_TO_INT(" + expression("USINT", 1) + ")", high - low + 1, low);
            default -> String.valueOf(low + random.nextInt(high - low + 1));
        };
    }

    @Override
    String expression(String type, int depth) {
        List<Var> fitting = scope.stream().filter(v -> v.type().equals(type)).toList();
        if (depth <= 0 || chance(15)) {
            return fitting.isEmpty() || chance(35)
                    ? literal(type)
                    : place(fitting.get(random.nextInt(fitting.size())), depth);
        }
        if (chance(20) && !fitting.isEmpty()) {
            return place(fitting.get(random.nextInt(fitting.size())), depth);
        }
        if (chance(8)) {
            List<Routine> giving =
                    functions.stream().filter(f -> f.result().equals(type)).toList();
            if (!giving.isEmpty()) {
                return call(giving.getFirst(), depth - 1);
            }
        }
        if (inProgram && methodType.equals(type) && chance(15)) {
            return any("b", "d", "it", "rb^", "ab2[0]") + ".go(k := " + expression(methodArgument, depth - 1) + ")";
        }
        if (inProgram && chance(4) && b.equals(type)) {
            return structure() + ".b";
        }
        if (chance(20)) {
            return converted(type, depth - 1);
        }
        if (chance(8) && !type.equals("STRING")) {
            return "SEL(%s, %s, %s)"
                    .formatted(expression("BOOL", depth - 1), expression(type, depth - 1), expression(type, depth - 1));
        }
        return operation(type, depth - 1);
    }

    private String place(Var variable, int depth) {
        return depth <= 0 && variable.name().endsWith("[safe]")
                ? variable.name().startsWith("a2")
                        ? "a2[1, 1]"
                        : variable.name().substring(0, 2) + "[2]"
                : place(variable);
    }

    private String call(Routine function, int depth) {
        List<String> arguments = new ArrayList<>();
        for (int i = 0; i < function.inputs().size(); i++) {
            arguments.add(
                    "x%d := %s".formatted(i + 1, expression(function.inputs().get(i), depth)));
        }
        if (!function.inOut().isEmpty()) {
            arguments.add("io := " + place(writable(function.inOut())));
        }
        if (!function.output().isEmpty() && chance(70)) {
            arguments.add("o => " + place(writable(function.output())));
        }
        return function.name() + "(" + String.join(", ", arguments) + ")";
    }
}
