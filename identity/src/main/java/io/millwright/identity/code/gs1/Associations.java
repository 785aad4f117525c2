package io.millwright.identity.code.gs1;

import io.millwright.identity.code.Element;
import io.millwright.identity.code.Fault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What must and what must not stand together (GS1 General Specifications, section 4.13).
///
/// The standard means all barcodes of one thing together; here what one text says is looked at.
final class Associations {

    private final List<Element> elements;
    private final Set<String> present;

    Associations(List<Element> elements) {
        this.elements = elements;
        present = elements.stream().map(Element::ai).collect(Collectors.toSet());
    }

    List<Fault> check() {
        var faults = new ArrayList<Fault>();
        var seen = new HashMap<String, String>();
        for (var element : elements) {
            var before = seen.putIfAbsent(element.ai(), element.value());
            if (before != null && !before.equals(element.value())) {
                faults.add(new Fault(element.at(), "(" + element.ai() + ") stands here twice with different values"));
            } else if (before == null) {
                ApplicationIdentifiers.of(element.ai()).ifPresent(ai -> check(ai, element, faults));
            }
        }
        return faults;
    }

    private void check(ApplicationIdentifier ai, Element element, List<Fault> faults) {
        for (var alternatives : ai.requires()) {
            if (alternatives.stream().noneMatch(this::holds)) {
                faults.add(new Fault(element.at(), ai.named() + " needs " + words(alternatives) + " beside it"));
            }
        }
        for (var pattern : ai.excludes()) {
            present.stream()
                    .filter(other -> !other.equals(ai.ai()) && matches(other, pattern))
                    .sorted()
                    .findFirst()
                    .ifPresent(other ->
                            faults.add(new Fault(element.at(), ai.named() + " must not stand beside (" + other + ")")));
        }
    }

    private boolean holds(List<String> patterns) {
        return patterns.stream().allMatch(pattern -> present.stream().anyMatch(ai -> matches(ai, pattern)));
    }

    private static boolean matches(String ai, String pattern) {
        if (ai.length() != pattern.length()) {
            return false;
        }
        for (int i = 0; i < ai.length(); i++) {
            if (pattern.charAt(i) != 'n' && pattern.charAt(i) != ai.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static String words(List<List<String>> alternatives) {
        return alternatives.stream()
                .map(all -> all.stream().map(p -> "(" + p + ")").collect(Collectors.joining(" and ")))
                .collect(Collectors.joining(", or "));
    }
}
