package io.millwright.iec61131.xml;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds the types of the values on the lines of a diagram, which the XML does not tell, so that they can be kept
/// in variables.
final class Guess {
    private static final List<String> RANKS = List.of(
            "SINT", "USINT", "BYTE", "INT", "UINT", "WORD", "DINT", "UDINT", "DWORD", "LINT", "ULINT", "LWORD", "REAL",
            "LREAL");
    private static final Set<String> RELATIONS = Set.of("GT", "GE", "EQ", "LE", "LT", "NE");
    private static final Set<String> TEXTS = Set.of("LEFT", "RIGHT", "MID", "CONCAT", "INSERT", "DELETE", "REPLACE");

    private static final Set<String> POINTS = Set.of("DT", "DATE_AND_TIME", "DATE", "TOD", "TIME_OF_DAY");

    /// Members of each type and unit of the project, by names in capitals.
    private final Map<String, Map<String, String>> members;
    /// Results of the project's functions.
    private final Map<String, String> functions;
    private final Map<String, String> globals;
    private final Map<String, String> variables = new HashMap<>();

    Guess(Map<String, Map<String, String>> members, Map<String, String> functions, Map<String, String> globals) {
        this.globals = globals;
        this.members = members;
        this.functions = functions;
    }

    static String key(String name) {
        return name.strip().toUpperCase(Locale.ROOT);
    }

    void variable(String name, String type) {
        variables.put(key(name), type);
    }

    boolean isVariable(String name) {
        return variables.containsKey(key(name)) || globals.containsKey(key(name));
    }

    /// The type of an output of an instance, or null.
    @Nullable
    String output(String blockType, String output) {
        Map<String, String> own = members.get(key(blockType));
        if (own != null) {
            return own.get(key(output));
        }
        return switch (key(output)) {
            case "Q", "Q1", "QU", "QD" -> "BOOL";
            case "ET" -> "TIME";
            case "CV" -> "INT";
            case "CDT" -> "DT";
            default -> null;
        };
    }

    /// The type of what is written in a variable of a diagram, or null.
    @Nullable
    String expression(String text) {
        String key = key(text);
        if (key.equals("TRUE") || key.equals("FALSE")) {
            return "BOOL";
        }
        int hash = key.indexOf('#');
        if (hash > 0 && key.substring(0, hash).chars().allMatch(Character::isLetterOrDigit)) {
            return prefix(key.substring(0, hash));
        }
        if (key.startsWith("'")) {
            return "STRING";
        }
        if (key.startsWith("%")) {
            return key.length() < 3 ? null : direct(key.charAt(2));
        }
        if (key.matches("[-+]?[0-9].*")) {
            return key.contains(".") ? "REAL" : "INT";
        }
        return path(key);
    }

    private @Nullable String prefix(String prefix) {
        return switch (prefix) {
            case "T", "TIME" -> "TIME";
            case "LT", "LTIME" -> "LTIME";
            case "D" -> "DATE";
            case "TOD" -> "TIME_OF_DAY";
            case "DT" -> "DATE_AND_TIME";
            default -> prefix.chars().allMatch(Character::isDigit) ? "INT" : prefix;
        };
    }

    private static String direct(char size) {
        return switch (size) {
            case 'B' -> "BYTE";
            case 'W' -> "WORD";
            case 'D' -> "DWORD";
            case 'L' -> "LWORD";
            default -> "BOOL";
        };
    }

    private @Nullable String path(String key) {
        String type = null;
        for (String part : key.replaceAll("\\[[^\\]]*\\]", "[]").split("\\.", -1)) {
            String name = part.replace("[]", "");
            Map<String, String> inside = type == null ? variables : members.get(key(type));
            String own = inside != null ? inside.get(name) : type == null ? null : output(type, name);
            type = own == null && inside == variables ? globals.get(name) : own;
            if (type != null && part.endsWith("[]")) {
                int of = key(type).indexOf(" OF ");
                type = of < 0 ? null : type.substring(of + 4).strip();
            }
            if (type == null) {
                return null;
            }
        }
        return type;
    }

    /// The result type of a function with arguments of these types, or null.
    @Nullable
    String result(String function, List<@Nullable String> arguments) {
        String key = key(function);
        String own = functions.get(key);
        if (own != null) {
            return own;
        }
        int to = key.lastIndexOf("_TO_");
        if (to >= 0) {
            return key.substring(to + 4);
        }
        if (key.startsWith("TO_")) {
            return key.substring(3);
        }
        if (RELATIONS.contains(key)) {
            return "BOOL";
        }
        boolean two = arguments.size() == 2 && isPoint(arguments.getFirst()) && isPoint(arguments.getLast());
        if (key.equals("SUB") && two) {
            return "TIME";
        }
        if (TEXTS.contains(key)) {
            return "STRING";
        }
        return switch (key) {
            case "LEN", "FIND" -> "INT";
            case "TIME" -> "TIME";
            case "SEL", "MUX" -> arguments.isEmpty() ? null : widest(arguments.subList(1, arguments.size()));
            case "SHL", "SHR", "ROL", "ROR" -> arguments.isEmpty() ? null : arguments.getFirst();
            default -> widest(arguments);
        };
    }

    /// Whether a type is a point in time, not a duration.
    private static boolean isPoint(@Nullable String type) {
        return type != null && POINTS.contains(key(type));
    }

    private static @Nullable String widest(List<@Nullable String> types) {
        String best = null;
        for (String type : types) {
            if (type != null && (best == null || RANKS.indexOf(key(type)) > RANKS.indexOf(key(best)))) {
                boolean time = best != null && !RANKS.contains(key(best));
                best = time ? best : type;
            }
        }
        return best;
    }
}
