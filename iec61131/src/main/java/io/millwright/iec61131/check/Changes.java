package io.millwright.iec61131.check;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;

/// Finds out which parts have to be checked again: those whose heads name what is declared otherwise now, and
/// so declare something else themselves; and those whose bodies name any of it.
///
/// A part with an error is checked again whenever any declaration has changed, since what it asked for may be
/// there now, or a name that is more like it. Parts that name functions of several forms are checked every time:
/// which form a call means, and which forms there are, depends on all calls ([Overloads]).
final class Changes {
    private Set<Part> known = new LinkedHashSet<>();
    private Set<String> several = Set.of();
    private List<String> meant = List.of();
    private boolean begun;
    private boolean indexed;
    private final Map<String, Set<Part>> byHeadName = new HashMap<>();
    private final Map<String, Set<Part>> byName = new HashMap<>();
    private final Set<String> changed = new HashSet<>();
    private final Queue<String> waiting = new ArrayDeque<>();

    /// Compares the parts with those of the last time, and lets them forget what may be wrong now.
    void apply(List<Part> parts) {
        boolean first = !begun;
        begun = true;
        if (!first && !indexed) {
            known.forEach(p -> index(p, true));
            indexed = true;
        }
        Set<Part> now = new LinkedHashSet<>(parts);
        boolean all = !first && differ(now);
        List<String> before = meant;
        meant = meant(now);
        all |= !first && !meant.equals(before);
        several.forEach(this::change);
        several = Overloads.names(now);
        several.forEach(this::change);
        all |= !changed.isEmpty() && parts.stream().anyMatch(p -> p.words() == null);
        known = now;
        if (all) {
            parts.forEach(Part::forgetHead);
        } else if (!first && !changed.isEmpty()) {
            spread(parts);
        }
        changed.clear();
        waiting.clear();
    }

    /// Notes the names that are declared otherwise.
    ///
    /// @return whether everything may be
    private boolean differ(Set<Part> now) {
        boolean all = false;
        Set<Work> headsBefore = heads(known);
        Set<Work> headsNow = heads(now);
        Map<Part, Part> order = new HashMap<>();
        Part before = null;
        for (Part part : known) {
            if (now.contains(part)) {
                order.put(part, before);
                before = part;
            } else {
                index(part, false);
                all |= note(part, headsNow);
            }
        }
        before = null;
        for (Part part : now) {
            if (!known.contains(part)) {
                index(part, true);
                all |= note(part, headsBefore);
            } else {
                if (order.get(part) != before) {
                    declared(part);
                }
                before = part;
            }
        }
        return all;
    }

    /// What decides which namespaces USING makes visible, in the order of the parts: with that, any name may mean
    /// something else.
    private static List<String> meant(Set<Part> parts) {
        List<Words> words =
                parts.stream().map(Part::words).filter(Objects::nonNull).toList();
        Set<String> used = new HashSet<>();
        words.forEach(w -> used.addAll(w.used()));
        Set<String> meant = new LinkedHashSet<>();
        if (!used.isEmpty()) {
            words.forEach(w -> meant.addAll(w.meant(used)));
        }
        return List.copyOf(meant);
    }

    private static Set<Work> heads(Set<Part> parts) {
        Set<Work> heads = new HashSet<>();
        parts.forEach(p -> heads.add(p.head));
        return heads;
    }

    /// Notes a part that came or went, unless another version of it with the same heads is on the other side.
    private boolean note(Part part, Set<Work> others) {
        Words words = part.words();
        boolean same = others.contains(part.head);
        if (!same) {
            declared(part);
        }
        return words == null || !same && !words.used().isEmpty();
    }

    private void declared(Part part) {
        Words words = part.words();
        if (words != null) {
            words.declared().forEach(this::change);
        }
    }

    private void change(String name) {
        if (changed.add(name)) {
            waiting.add(name);
        }
    }

    private void index(Part part, boolean there) {
        Words words = part.words();
        if (words != null) {
            words.headNames().forEach(n -> enter(byHeadName, n, part, there));
            words.allNames().forEach(n -> enter(byName, n, part, there));
        }
    }

    private static void enter(Map<String, Set<Part>> index, String name, Part part, boolean there) {
        if (there) {
            index.computeIfAbsent(name, _ -> new LinkedHashSet<>()).add(part);
        } else {
            Set<Part> parts = index.get(name);
            if (parts != null) {
                parts.remove(part);
            }
        }
    }

    private void spread(List<Part> parts) {
        for (Part part : parts) {
            if (part.head.diagnostics.hasErrors()) {
                part.forgetHead();
                declared(part);
            } else if (part.body.diagnostics.hasErrors()) {
                part.forgetBody();
            }
        }
        while (!waiting.isEmpty()) {
            String name = waiting.remove();
            for (Part part : byHeadName.getOrDefault(name, Set.of())) {
                if (part.head.done) {
                    part.forgetHead();
                    declared(part);
                }
            }
            byName.getOrDefault(name, Set.of()).forEach(Part::forgetBody);
        }
    }
}
