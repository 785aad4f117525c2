package io.millwright.certificate.bounds;

import io.millwright.certificate.Fields;
import io.millwright.certificate.Fraction;
import io.millwright.certificate.Malformed;
import java.util.ArrayList;
import java.util.List;

/// Servers in a row, and the claims of what others bring to them; in nested stretches also between which places
/// and with which parameter they are taken off.
///
/// @param servers the servers
/// @param claims the numbers of claims, where the stretch is not nested
/// @param taken those taken off, inner ones first, where it is
record Stretch(List<Integer> servers, List<Integer> claims, List<Taken> taken) {

    /// @param from the place on the stretch where they join
    /// @param to the last place they pass
    record Taken(int from, int to, List<Integer> claims, Fraction parameter) {}

    /// Reads `0,1|4,5`, or nested `0,1|0-1:4,5@1/2|…`; `-` stands for no claims.
    static Stretch read(String text) throws Malformed {
        var parts = text.split("\\|", -1);
        var servers = Fields.numbers(parts[0]);
        if (servers.isEmpty() || parts.length < 2) {
            throw new Malformed("a stretch is like 0,1|4,5, not " + Malformed.shown(text));
        }
        if (!text.contains("@")) {
            return new Stretch(servers, Fields.numbers(parts[1]), List.of());
        }
        var taken = new ArrayList<Taken>();
        for (int i = 1; i < parts.length; i++) {
            var fields = parts[i].split("[-:@]", -1);
            if (fields.length != 4) {
                throw new Malformed("who is taken off is like 0-1:4,5@1/2, not " + Malformed.shown(parts[i]));
            }
            taken.add(new Taken(
                    Fields.number(fields[0]),
                    Fields.number(fields[1]),
                    Fields.numbers(fields[2]),
                    Fraction.read(fields[3])));
        }
        return new Stretch(servers, List.of(), taken);
    }
}
