package io.millwright.iec61131.check;

import io.millwright.iec61131.syntax.Declaration.Modifier;
import io.millwright.iec61131.type.InterfaceType;
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.Variable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What units owe to those that they implement and extend.
final class Contracts {
    private Contracts() {}

    /// What a unit owes to its interfaces and its base (6.6.6.4, 6.6.5.5.3).
    static void check(Context context, UnitType type) {
        if (!type.modifiers().contains(Modifier.ABSTRACT)) {
            List<Signature> owed = owed(type);
            for (Signature method : owed) {
                if (Members.methods(type, method.name()).stream().anyMatch(Contracts::mayTakeAny)) {
                    continue;
                }
                Signature own = meant(type, method, owed);
                if (own != null && own.owner() instanceof UnitType && !alike(own, method)) {
                    context.error("E548", own.declared(), differs(own, method));
                }
                boolean there =
                        own != null && !own.modifiers().contains(Modifier.ABSTRACT) && own.owner() instanceof UnitType;
                if (!there && !type.isMistaken()) {
                    context.error("E544", type.declared(), lacks(type, method));
                }
            }
        }
        for (Signature method : type.methods()) {
            Signature over = overridden(type, method);
            if (over != null && !alike(method, over)) {
                context.error("E548", method.declared(), differs(method, over));
            }
            if (over != null && over.modifiers().contains(Modifier.FINAL)) {
                context.error("E545", method.declared(), over.qualifiedName() + " is FINAL and cannot be overridden");
            }
            if (over == null
                    && !type.isMistaken()
                    && !mayOverrideAny(type, method)
                    && method.modifiers().contains(Modifier.OVERRIDE)) {
                context.error("E546", method.declared(), method.name() + " overrides nothing: no base has it");
            }
        }
    }

    /// Whether nobody knows which types a method takes.
    private static String lacks(UnitType type, Signature method) {
        if (type.equals(method.owner())) {
            return "%s has the ABSTRACT method %s and has to be ABSTRACT itself".formatted(type.name(), method.name());
        }
        String owner = method.owner() == null ? "its base" : method.owner().name();
        return "%s lacks %s, which %s asks for".formatted(type.name(), method.name(), owner);
    }

    private static boolean mayTakeAny(Signature method) {
        return method.isMistaken()
                || method.parameters().stream().anyMatch(p -> p.type().isMistaken());
    }

    private static boolean mayOverrideAny(UnitType type, Signature method) {
        return mayTakeAny(method)
                || type.base() != null
                        && Members.methods(type.base(), method.name()).stream().anyMatch(Contracts::mayTakeAny);
    }

    /// What a type has for a method: the one that takes the same types, else the only one of its name if it
    /// stands for no other.
    private static @Nullable Signature meant(UnitType type, Signature method, List<Signature> others) {
        Signature same = Members.like(type, method);
        if (same != null || method.kind() != Signature.Kind.METHOD) {
            return same;
        }
        List<Signature> named = Members.methods(type, method.name());
        boolean alone = named.size() == 1
                && others.stream()
                        .noneMatch(o -> o.key().equals(named.getFirst().key()));
        return alone ? named.getFirst() : null;
    }

    /// The method of a base that one overrides, or says that it does; null for one that stands beside those of
    /// its name.
    private static @Nullable Signature overridden(UnitType type, Signature method) {
        UnitType base = type.base();
        if (base == null) {
            return null;
        }
        return method.modifiers().contains(Modifier.OVERRIDE)
                ? meant(base, method, type.methods())
                : Members.like(base, method);
    }

    private static String differs(Signature own, Signature other) {
        return "%s does not have the parameters and the result of %s, which it stands for"
                .formatted(own.qualifiedName(), other.qualifiedName());
    }

    /// Whether two methods have the same parameters and results (6.6.5.5.3).
    private static boolean alike(Signature a, Signature b) {
        boolean same = a.parameters().size() == b.parameters().size() && sameType(a.result(), b.result());
        for (int i = 0; same && i < a.parameters().size(); i++) {
            Variable own = a.parameters().get(i);
            Variable other = b.parameters().get(i);
            same = Members.same(own.name(), other.name()) && own.role() == other.role() && sameType(own, other);
        }
        return same;
    }

    private static boolean sameType(@Nullable Variable a, @Nullable Variable b) {
        return a == null || b == null
                ? a == b
                : a.type().isMistaken()
                        || b.type().isMistaken()
                        || a.type().resolved().equals(b.type().resolved());
    }

    private static List<Signature> owed(UnitType type) {
        List<Signature> owed = new ArrayList<>();
        for (UnitType u = type; u != null; u = u.base()) {
            u.interfaces().forEach(i -> addAll(i, owed));
            u.methods().stream()
                    .filter(m -> m.modifiers().contains(Modifier.ABSTRACT))
                    .forEach(owed::add);
        }
        return owed;
    }

    private static void addAll(InterfaceType face, List<Signature> owed) {
        owed.addAll(face.methods());
        face.bases().forEach(b -> addAll(b, owed));
    }
}
