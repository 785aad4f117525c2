package io.millwright.iec61131.differential;

import java.util.ArrayList;
import java.util.List;

/// A statement of a generated program, with the statements within it: what shrinking takes away.
record Node(String head, List<Node> body, String tail) {
    static Node line(String text) {
        return new Node(text, List.of(), "");
    }

    static Node root(List<Node> body) {
        return new Node("", body, "");
    }

    void print(StringBuilder out) {
        if (!head.isEmpty()) {
            out.append(head).append('\n');
        }
        body.forEach(n -> n.print(out));
        if (!tail.isEmpty()) {
            out.append(tail).append('\n');
        }
    }

    int size() {
        return 1 + body.stream().mapToInt(Node::size).sum();
    }

    /// Every tree that lacks one statement, large ones first, and every one where a statement is replaced by
    /// those within.
    List<Node> smaller() {
        List<Node> all = new ArrayList<>();
        for (int length = body.size() / 2; length > 1; length /= 2) {
            for (int at = 0; at + length <= body.size(); at += length) {
                all.add(replaced(at, length, List.of()));
            }
        }
        for (int i = 0; i < body.size(); i++) {
            all.add(replaced(i, 1, List.of()));
        }
        for (int i = 0; i < body.size(); i++) {
            if (!body.get(i).body().isEmpty() && !head.startsWith("CASE")) {
                all.add(replaced(i, 1, body.get(i).body()));
            }
            for (Node less : body.get(i).smaller()) {
                all.add(replaced(i, 1, List.of(less)));
            }
        }
        return all;
    }

    private Node replaced(int at, int length, List<Node> by) {
        List<Node> changed = new ArrayList<>(body.subList(0, at));
        changed.addAll(by);
        changed.addAll(body.subList(at + length, body.size()));
        return new Node(head, List.copyOf(changed), tail);
    }
}
