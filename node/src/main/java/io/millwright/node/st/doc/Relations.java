package io.millwright.node.st.doc;

import io.millwright.iec61131.check.Usages;
import io.millwright.iec61131.check.Usages.Usage;
import io.millwright.iec61131.library.StandardLibrary;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.type.AliasType;
import io.millwright.iec61131.type.EnumerationType;
import io.millwright.iec61131.type.InterfaceType;
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.StructureType;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.Variable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Which topic uses which.
final class Relations {
    private final Map<Source, NavigableMap<Integer, Topic>> places = new HashMap<>();
    private final Map<String, Set<String>> uses = new HashMap<>();
    private final Map<String, Set<String>> usedBy = new HashMap<>();

    Relations(List<Topic> topics, Usages usages) {
        for (Topic topic : topics) {
            places.computeIfAbsent(topic.span().source(), _ -> new TreeMap<>())
                    .put(topic.span().start(), topic);
        }
        usages.all().forEach(this::use);
    }

    private void use(Usage usage) {
        Topic from = at(usage.span());
        Span declared = declared(usage.target());
        if (from == null || declared == null) {
            return;
        }
        Topic to = at(declared);
        String name = to != null
                ? to.name()
                : StandardLibrary.contains(declared) && usage.target() instanceof UnitType unit ? unit.name() : null;
        if (name != null && !from.equals(to)) {
            uses.computeIfAbsent(from.page(), _ -> names()).add(name);
            usedBy.computeIfAbsent(name, _ -> names()).add(from.name());
        }
    }

    private static Set<String> names() {
        return new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    }

    private @Nullable Topic at(Span span) {
        NavigableMap<Integer, Topic> inText = places.get(span.source());
        Map.Entry<Integer, Topic> before = inText == null ? null : inText.floorEntry(span.start());
        if (before == null || span.end() > before.getValue().span().end()) {
            return null;
        }
        return before.getValue();
    }

    private static @Nullable Span declared(Object target) {
        return switch (target) {
            case Variable variable -> variable.declared();
            case Signature signature -> signature.declared();
            case UnitType unit -> unit.declared();
            case StructureType structure -> structure.declared();
            case EnumerationType enumeration -> enumeration.declared();
            case InterfaceType face -> face.declared();
            case AliasType alias -> alias.declared();
            default -> null;
        };
    }

    /// The names of what a topic uses, those of the standard library among them.
    Set<String> uses(Topic topic) {
        return uses.getOrDefault(topic.page(), Set.of());
    }

    Set<String> usedBy(Topic topic) {
        return usedBy.getOrDefault(topic.name(), Set.of());
    }
}
