package io.millwright.node.id;

import java.util.List;

/// What `mw id lab` has seen; its components are the members of the JSON.
///
/// @param held whether all of it is as it should be
/// @param nodes the nodes of the tree
/// @param checks what was tried
/// @param searches those from the root, question by question
record LabReport(boolean held, List<Member> nodes, List<Check> checks, List<Search> searches) {

    /// @param at where it listens, UDP and TCP
    /// @param answersFor its prefix; empty for the recursive node
    record Member(String name, String at, String answersFor) {}

    /// @param what was tried
    /// @param held whether it came out as it should
    /// @param seen what came out
    /// @param milliseconds how long it took
    record Check(String what, boolean held, String seen, double milliseconds) {}

    record Search(String code, List<TraceLine> trace) {}

    String text() {
        var text = new StringBuilder();
        text.append(TextTable.of(
                List.of("node", "at", "answers for"),
                nodes.stream()
                        .map(n -> List.of(n.name(), n.at(), n.answersFor()))
                        .toList()));
        for (var search : searches) {
            text.append("\n\n")
                    .append(search.code())
                    .append(", from the root\n")
                    .append(TraceLine.table(search.trace()));
        }
        text.append("\n\n")
                .append(TextTable.of(
                        List.of("", "what", "ms", "seen"),
                        checks.stream()
                                .map(c -> List.of(
                                        c.held() ? "ok" : "NOT",
                                        c.what(),
                                        "%.1f".formatted(c.milliseconds()),
                                        c.seen()))
                                .toList()));
        long held = checks.stream().filter(Check::held).count();
        return text.append("\n\n" + held + " of " + checks.size() + " held.").toString();
    }
}
