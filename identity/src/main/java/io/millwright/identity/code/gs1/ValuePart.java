package io.millwright.identity.code.gs1;

import java.util.List;

/// One part of the value of an application identifier.
///
/// @param type `N` digits, `X` GS1's 82 characters, `Y` 39 of them, `Z` base64url
/// @param min the fewest characters; 0 for a part that may be absent
/// @param max the most characters
/// @param optional whether it may be absent
/// @param checks the names of its checks, in their order
public record ValuePart(char type, int min, int max, boolean optional, List<String> checks) {

    public ValuePart {
        checks = List.copyOf(checks);
        if (min < 1 || max < min) {
            throw new IllegalArgumentException("lengths " + min + " to " + max);
        }
    }

    /// Reads `N6:yymmdd`, `X..20`, `[N..12]`.
    static ValuePart parse(String text) {
        var pieces = text.split(":", -1);
        boolean optional = pieces[0].startsWith("[");
        var format = optional ? pieces[0].substring(1, pieces[0].length() - 1) : pieces[0];
        boolean variable = format.startsWith("..", 1);
        int max = Integer.parseInt(format.substring(variable ? 3 : 1));
        return new ValuePart(
                format.charAt(0),
                variable ? 1 : max,
                max,
                optional,
                List.of(pieces).subList(1, pieces.length));
    }

    /// Whether its length is fixed.
    public boolean isFixed() {
        return min == max;
    }

    Characters characters() {
        return Characters.of(type);
    }
}
