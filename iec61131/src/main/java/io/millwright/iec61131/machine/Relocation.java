package io.millwright.iec61131.machine;

import java.lang.constant.DynamicConstantDesc;
import java.lang.invoke.VarHandle;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds in another machine what a reference of this one refers to: the variable that was said to be its
/// counterpart. Objects last as long as their machine, so it is made once for many questions.
public final class Relocation {
    private final Machine to;
    private final IdentityHashMap<Object, Object> objects = new IdentityHashMap<>();
    private final IdentityHashMap<Object, Map<String, Pointer>> fields = new IdentityHashMap<>();
    private final IdentityHashMap<VarHandle, String> names = new IdentityHashMap<>();

    /// @param to the other machine
    public Relocation(Machine to) {
        this.to = to;
    }

    /// Says that a structure, an instance, a text or an array is the counterpart of another, as
    /// [Machine#reach] gives them. Arrays have the same bounds.
    public void object(Object before, Object after) {
        objects.put(before, after);
    }

    /// Says that a variable is the counterpart of another.
    public void variable(Slot before, Slot after) {
        Pointer pointer = before.pointer();
        VarHandle field = pointer.field();
        if (field != null) {
            fields.computeIfAbsent(pointer.owner(), _ -> new HashMap<>()).put(name(field), after.pointer());
        }
    }

    private String name(VarHandle field) {
        return names.computeIfAbsent(
                field,
                f -> f.describeConstable()
                        .map(DynamicConstantDesc::constantName)
                        .orElse(""));
    }

    /// The counterpart of what a reference refers to; null where none is known.
    ///
    /// @param reference as [Machine#reach] gives it
    public @Nullable Object find(Object reference) {
        if (!(reference instanceof Pointer pointer)) {
            return objects.get(reference);
        }
        VarHandle field = pointer.field();
        if (field != null) {
            Map<String, Pointer> known = fields.get(pointer.owner());
            return known == null ? null : known.get(name(field));
        }
        Object owner = objects.get(pointer.owner());
        if (owner == null) {
            return null;
        }
        return switch (pointer) {
            case ArrayPointer element -> Pointers.toElement(owner, element.index(), element.type(), to);
            case TextPointer text -> Pointers.toText((Text) owner, text.wide(), to);
            default -> Pointers.toObject(owner, to);
        };
    }
}
