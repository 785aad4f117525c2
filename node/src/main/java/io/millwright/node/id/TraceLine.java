package io.millwright.node.id;

import io.millwright.identity.client.Resolution;
import io.millwright.identity.client.Resolver;
import io.millwright.identity.record.Printable;
import io.millwright.node.tree.ProtocolWords;
import java.util.ArrayList;
import java.util.List;

/// One question of a search, as `mw id resolve --trace` shows it; its components are the members of the JSON.
///
/// @param hop counts from 1
/// @param asked the door that was asked
/// @param what it was asked for
/// @param answer in words
/// @param milliseconds how long it took
record TraceLine(int hop, String asked, String what, String answer, double milliseconds) {

    private static final List<String> TITLES = List.of("hop", "asked", "for", "answer", "ms");

    static List<TraceLine> of(List<Resolver.Hop> hops) {
        var lines = new ArrayList<TraceLine>();
        for (var hop : hops) {
            lines.add(new TraceLine(
                    lines.size() + 1,
                    hop.endpoint().toString(),
                    Printable.of(hop.asked().handle().toString()),
                    words(hop.answer()),
                    Math.round(hop.nanos() / 1e3) / 1e3));
        }
        return lines;
    }

    static String words(Resolution answer) {
        return ProtocolWords.of(answer);
    }

    private List<String> cells() {
        return List.of(Integer.toString(hop), asked, what, answer, "%.3f".formatted(milliseconds));
    }

    /// Aligned columns under titles.
    static String table(List<TraceLine> lines) {
        return TextTable.of(TITLES, lines.stream().map(TraceLine::cells).toList());
    }
}
