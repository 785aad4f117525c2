package io.millwright.iec61131.fuzz;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Changes texts as people, broken tools and attackers do.
final class Mutations {
    private static final int LENGTH_MAX = 60_000;
    private static final Pattern TOKEN = Pattern.compile("\\w+|\\s+|[^\\w\\s]");
    private static final List<String> ODD = List.of(
            "",
            "\u0000",
            "\uFEFF",
            "\r",
            "\uD800",
            "é",
            "(*",
            "*)",
            "{",
            "}",
            "'",
            "\"",
            "$",
            "//",
            "16#",
            "2#",
            "T#",
            "DT#",
            "%IX",
            "%MW99999999999",
            "1E999",
            "-9223372036854775808",
            "9223372036854775808",
            "4294967296",
            "1.2.3",
            "a.b.c.d",
            "[",
            "]",
            "(",
            ")",
            ":=",
            "^",
            "..",
            "&",
            "&amp;",
            "<!DOCTYPE x [<!ENTITY a \"b\">]>",
            "&#x0;",
            "<![CDATA[",
            "]]>",
            "<",
            "/>",
            "END_IF",
            "END_PROGRAM",
            "IF x THEN",
            "CASE x OF",
            "ARRAY[1..2147483647] OF LREAL",
            "STRING[2147483647]",
            "JMP",
            "THIS^.",
            "SUPER^",
            "REF_TO",
            "POINTER TO",
            "EXTENDS",
            "METHOD m",
            "VAR_IN_OUT",
            "VAR CONSTANT",
            "localId=\"1\"",
            "refLocalId=\"2\"",
            "negated=\"true\"");

    private Mutations() {}

    /// A seed after a few changes, with pieces of the other seeds.
    static String of(List<String> seeds, RandomGenerator random) {
        StringBuilder text = new StringBuilder(any(seeds, random));
        for (int changes = 1 + random.nextInt(6); changes > 0; changes--) {
            change(text, seeds, random);
            text.setLength(Math.min(text.length(), LENGTH_MAX));
        }
        return text.toString();
    }

    private static void change(StringBuilder text, List<String> seeds, RandomGenerator random) {
        int from = random.nextInt(text.length() + 1);
        List<MatchResult> near = TOKEN.matcher(text.substring(from, Math.min(text.length(), from + 400)))
                .results()
                .limit(40)
                .toList();
        if (near.isEmpty()) {
            text.append(any(ODD, random));
            return;
        }
        MatchResult one = any(near, random);
        MatchResult other = any(near, random);
        int start = from + one.start();
        int end = from + one.end();
        switch (random.nextInt(9)) {
            case 0 -> text.delete(start, end);
            case 1 -> text.insert(end, " " + one.group());
            case 2 -> text.replace(start, end, other.group());
            case 3 -> text.replace(start, end, any(ODD, random));
            case 4 ->
                text.setCharAt(start, (char) (random.nextInt(4) == 0 ? random.nextInt(65_536) : random.nextInt(128)));
            case 5 -> text.insert(start, piece(any(seeds, random), random));
            case 6 -> text.insert(start, one.group().repeat(1 + random.nextInt(300)));
            case 7 -> text.delete(Math.min(start, from + other.start()), Math.max(end, from + other.end()));
            default -> text.insert(start, any(ODD, random).repeat(1 + random.nextInt(3)));
        }
    }

    private static String piece(String of, RandomGenerator random) {
        int from = random.nextInt(of.length() + 1);
        return of.substring(from, Math.min(of.length(), from + random.nextInt(300)));
    }

    private static <T> T any(List<T> of, RandomGenerator random) {
        return of.get(random.nextInt(of.size()));
    }
}
