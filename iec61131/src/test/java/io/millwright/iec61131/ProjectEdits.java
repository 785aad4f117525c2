package io.millwright.iec61131;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Edits of the texts of a project by lot: what people do, and what a hand does that slips.
final class ProjectEdits {
    private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*|[0-9]+");
    private static final Pattern HEAD = Pattern.compile(
            "(?m)^( *(?:FUNCTION_BLOCK|CLASS|PROGRAM|INTERFACE|METHOD|FUNCTION|NAMESPACE|VAR\\w*) *)(\\w*)([^\\n]*)$");
    private static final List<String> MODIFIERS =
            List.of("ABSTRACT ", "FINAL ", "PUBLIC ", "PRIVATE ", "OVERRIDE ", "CONSTANT ", "RETAIN ", "INTERNAL ");
    private static final List<String> SLIPS = List.of(" ", "\n", ";", "(* x *)", "// y\n", "END_VAR", "\u00E9");

    private final SplittableRandom random;
    private final Map<String, String> sound;
    private final List<String> others;
    private final Map<String, String> texts;

    /// @param sound the texts by their names, as they are at first
    /// @param others declarations that may come in besides
    ProjectEdits(SplittableRandom random, Map<String, String> sound, List<String> others) {
        this.random = random;
        this.sound = sound;
        this.others = others;
        this.texts = new LinkedHashMap<>(sound);
    }

    /// The texts as they are now, in their order.
    Map<String, String> texts() {
        return new LinkedHashMap<>(texts);
    }

    void next() {
        String name = any(List.copyOf(texts.keySet()));
        String text = texts.get(name);
        switch (random.nextInt(18)) {
            case 0, 1 -> again();
            case 2 -> renamed(name);
            case 3 -> toAnother(name, true);
            case 4 -> toAnother(name, false);
            case 5 -> texts.put(name, swapped(text));
            case 6, 7 -> texts.put(name, withHead(text));
            case 8 -> texts.put(name, others.isEmpty() ? text : between(text, any(others)));
            case 9 -> texts.put(name, lines(text, true));
            case 10 -> texts.put(name, lines(text, false));
            case 11 -> texts.put(name, moved(text));
            case 12 -> texts.put(name, slip(text, 1, ""));
            case 13 -> texts.put(name, slip(text, 0, any(SLIPS)));
            default -> texts.put(name, reworded(text));
        }
    }

    /// A text as it was at first, which may have been taken away.
    private void again() {
        String name = any(List.copyOf(sound.keySet()));
        texts.put(name, sound.get(name));
    }

    /// A file has another name, and so another place in the order; or is gone.
    private void renamed(String name) {
        if (texts.size() > 1) {
            String text = texts.remove(name);
            if (random.nextInt(3) > 0) {
                int dot = name.lastIndexOf('.');
                texts.put(name.substring(0, dot) + random.nextInt(3) + name.substring(dot), text);
            }
        }
    }

    /// A declaration goes to another file, or is there too.
    private void toAnother(String name, boolean away) {
        List<String> pieces = pieces(texts.get(name));
        String piece = any(pieces);
        if (away) {
            pieces.remove(piece);
            texts.put(name, String.join("\n", pieces));
        }
        texts.compute(any(List.copyOf(texts.keySet())), (_, text) -> between(text, piece));
    }

    private String between(String text, String piece) {
        List<String> pieces = pieces(text);
        pieces.add(random.nextInt(pieces.size() + 1), piece.endsWith("\n") ? piece : piece + "\n");
        return String.join("\n", pieces);
    }

    /// What blank lines part.
    private static List<String> pieces(String text) {
        return new ArrayList<>(List.of(text.split("(?<=\n)\n", -1)));
    }

    private String swapped(String text) {
        List<String> pieces = pieces(text);
        int one = random.nextInt(pieces.size());
        pieces.set(one, pieces.set(random.nextInt(pieces.size()), pieces.get(one)));
        return String.join("\n", pieces);
    }

    /// A declaration elsewhere, or away.
    private String moved(String text) {
        List<String> pieces = pieces(text);
        String piece = pieces.remove(random.nextInt(pieces.size()));
        if (random.nextBoolean()) {
            pieces.add(random.nextInt(pieces.size() + 1), piece);
        }
        return String.join("\n", pieces);
    }

    /// Something else stands in the head of a unit, or nothing.
    private String withHead(String text) {
        List<MatchResult> heads = HEAD.matcher(text).results().toList();
        if (heads.isEmpty()) {
            return text;
        }
        MatchResult head = any(heads);
        UnaryOperator<String> with = word -> " " + word + " " + name();
        String fresh = head.group(1)
                + (random.nextInt(4) == 0 ? any(MODIFIERS) : "")
                + head.group(2)
                + switch (random.nextInt(5)) {
                    case 0 -> with.apply("EXTENDS");
                    case 1 -> with.apply("IMPLEMENTS");
                    case 2 -> with.apply("\nUSING") + ";";
                    case 3 -> "";
                    default -> head.group(3);
                };
        return text.substring(0, head.start()) + fresh + text.substring(head.end());
    }

    /// The name of something declared, or any word.
    private String name() {
        String all = String.join("\n", texts.values());
        List<String> declared = HEAD.matcher(all)
                .results()
                .map(r -> r.group(2))
                .filter(n -> !n.isEmpty())
                .toList();
        return declared.isEmpty() || random.nextInt(5) == 0 ? any(words(all)) : any(declared);
    }

    private String slip(String text, int length, String instead) {
        int at = random.nextInt(text.length() + 1);
        return text.substring(0, at) + instead + text.substring(Math.min(text.length(), at + length));
    }

    /// A line less, or one twice.
    private String lines(String text, boolean twice) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        if (lines.isEmpty()) {
            return text;
        }
        String line = lines.remove(random.nextInt(lines.size()));
        if (twice) {
            lines.add(random.nextInt(lines.size() + 1), line);
        }
        return String.join("\n", lines) + "\n";
    }

    /// A word, here or everywhere in the text, becomes another one.
    private String reworded(String text) {
        List<String> from = words(text);
        if (from.isEmpty()) {
            return text;
        }
        String old = any(from);
        String fresh = random.nextInt(3) == 0 ? old + "x" : any(words(String.join(" ", texts.values())));
        Matcher matcher = Pattern.compile("\\b" + old + "\\b").matcher(text);
        String word = Matcher.quoteReplacement(fresh);
        return random.nextBoolean() ? matcher.replaceAll(word) : matcher.replaceFirst(word);
    }

    private static List<String> words(String text) {
        return List.copyOf(WORD.matcher(text + " x")
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
