package io.millwright.node.st.lsp;

import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.type.InterfaceType;
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.Variable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What must be called the same: a method, those that override it, and those of the interfaces it is for (6.6.5,
/// 6.6.6); and the parameters of such methods.
final class Family {
    private final List<Type> types;

    Family(Analysis analysis) {
        this.types = analysis.targets().stream()
                .filter(t -> t instanceof UnitType || t instanceof InterfaceType)
                .map(Type.class::cast)
                .toList();
    }

    /// Where all of those are declared that have their name from one of them.
    Set<Span> of(Object target) {
        Set<Span> all = new LinkedHashSet<>();
        Span own = Analysis.declared(target);
        if (own != null) {
            all.add(own);
        }
        Signature method = target instanceof Signature signature ? signature : methodWith(target);
        if (method != null && method.owner() != null) {
            int parameter = target instanceof Variable ? method.parameters().indexOf(target) : -1;
            for (Signature one : alike(method)) {
                if (parameter < 0) {
                    all.add(one.declared());
                } else if (parameter < one.parameters().size()) {
                    all.add(one.parameters().get(parameter).declared());
                }
            }
        }
        return all;
    }

    private @Nullable Signature methodWith(Object parameter) {
        return types.stream()
                .flatMap(t -> methods(t).stream())
                .filter(m -> m.parameters().contains(parameter))
                .findFirst()
                .orElse(null);
    }

    /// The methods of a name in all types that have one in common with another of them.
    private Set<Signature> alike(Signature method) {
        Set<Signature> all = new LinkedHashSet<>(List.of(method));
        boolean grows = true;
        while (grows) {
            grows = false;
            for (Type type : types) {
                List<Signature> seen = new ArrayList<>();
                for (Type above : above(type, new LinkedHashSet<>())) {
                    methods(above).stream()
                            .filter(m -> m.name().equalsIgnoreCase(method.name()))
                            .forEach(seen::add);
                }
                grows |= seen.stream().anyMatch(all::contains) && all.addAll(seen);
            }
        }
        return all;
    }

    private static List<Signature> methods(Type type) {
        return switch (type) {
            case UnitType unit -> unit.methods();
            case InterfaceType face -> face.methods();
            default -> List.of();
        };
    }

    /// A type and all that it extends or implements.
    private static Set<Type> above(@Nullable Type type, Set<Type> all) {
        if (type != null && all.add(type)) {
            if (type instanceof UnitType unit) {
                above(unit.base(), all);
                unit.interfaces().forEach(i -> above(i, all));
            } else if (type instanceof InterfaceType face) {
                face.bases().forEach(b -> above(b, all));
            }
        }
        return all;
    }
}
