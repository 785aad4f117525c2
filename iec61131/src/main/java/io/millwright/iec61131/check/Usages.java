package io.millwright.iec61131.check;

import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.type.Signature;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where names are used and what they stand for there: what editors need for "go to definition", "find
/// references" and "rename".
public final class Usages {
    private final List<Usage> usages = new ArrayList<>();
    private List<Usages> parts = List.of();

    /// One use of a name.
    ///
    /// @param target the [io.millwright.iec61131.type.Variable], [io.millwright.iec61131.type.Signature],
    ///     [io.millwright.iec61131.type.Type] or [value][io.millwright.iec61131.type.EnumerationType.Named] meant,
    ///     or the [Scope] of a namespace, or a [Landmark]
    public record Usage(Span span, Object target) {}

    /// All of several, in their order.
    static Usages together(List<Usages> parts) {
        var all = new Usages();
        all.parts = List.copyOf(parts);
        return all;
    }

    void add(Span span, Object target) {
        usages.add(new Usage(span, target));
    }

    /// A property is known by one of its sides.
    void property(Span span, @Nullable Signature getter, @Nullable Signature setter) {
        Signature side = getter != null ? getter : setter;
        if (side != null) {
            add(span, side);
        }
    }

    /// In the order in which the checker came by.
    public synchronized List<Usage> all() {
        parts.forEach(p -> usages.addAll(p.usages));
        parts = List.of();
        return Collections.unmodifiableList(usages);
    }
}
