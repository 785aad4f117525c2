package io.millwright.identity.door;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The pairs of a query, decoded, in their order.
///
/// @param pairs a name may occur again
record Parameters(List<Pair> pairs) {

    private static final int PAIRS_MAX = 2048;

    /// @param value empty if there is no equals sign
    record Pair(String name, String value) {}

    Parameters {
        pairs = List.copyOf(pairs);
    }

    static Parameters read(String query) throws RefusedException {
        var pairs = new ArrayList<Pair>();
        for (var piece : query.split("&", -1)) {
            if (piece.isEmpty()) {
                continue;
            }
            if (pairs.size() == PAIRS_MAX) {
                throw new RefusedException("a query has at most " + PAIRS_MAX + " parameters");
            }
            int equals = piece.indexOf('=');
            var name = PercentText.decode(equals < 0 ? piece : piece.substring(0, equals), true);
            pairs.add(new Pair(name, equals < 0 ? "" : PercentText.decode(piece.substring(equals + 1), true)));
        }
        return new Parameters(pairs);
    }

    List<String> all(String name) {
        return pairs.stream()
                .filter(p -> p.name().equals(name))
                .map(Pair::value)
                .toList();
    }

    Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }

    /// A switch: `true`, `false`, or the name alone for true.
    boolean flag(String name, boolean otherwise) throws RefusedException {
        var value = first(name);
        if (value.isEmpty()) {
            return otherwise;
        }
        return switch (value.get().toLowerCase(Locale.ROOT)) {
            case "", "true" -> true;
            case "false" -> false;
            default -> throw new RefusedException(name + " is true or false");
        };
    }

    int number(String name, int otherwise, int min, int max) throws RefusedException {
        var value = first(name);
        return value.isEmpty() ? otherwise : number(name, value.get(), min, max);
    }

    static int number(String name, String value, int min, int max) throws RefusedException {
        try {
            int number = Integer.parseInt(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new RefusedException(name + " is a number from " + min + " to " + max);
    }
}
