package io.millwright.plc.change;

import io.millwright.iec61131.syntax.Name;
import io.millwright.iec61131.type.ArrayType;
import io.millwright.iec61131.type.EnumerationType;
import io.millwright.iec61131.type.InterfaceType;
import io.millwright.iec61131.type.ReferenceType;
import io.millwright.iec61131.type.StructureType;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Whether types and values of two programs say the same, wherever they were declared.
final class Alike {
    private final Set<List<Integer>> assumed = new HashSet<>();

    private Alike() {}

    /// Whether variables of both types hold the same, by the same names in the same order.
    static boolean types(Type a, Type b) {
        return new Alike().same(a, b);
    }

    @SuppressWarnings("ReferenceEquality") // one declaration is one object
    private boolean same(Type first, Type second) {
        Type a = first.resolved();
        Type b = second.resolved();
        if (a == b) {
            return true;
        }
        return switch (a) {
            case ArrayType x ->
                b instanceof ArrayType y && x.ranges().equals(y.ranges()) && same(x.element(), y.element());
            case EnumerationType x ->
                b instanceof EnumerationType y
                        && x.base() == y.base()
                        && x.values().equals(y.values());
            case StructureType x ->
                b instanceof StructureType y
                        && x.overlap() == y.overlap()
                        && (again(a, b) || fields(x.fields(), y.fields()));
            case UnitType x ->
                b instanceof UnitType y
                        && Name.key(x.name()).equals(Name.key(y.name()))
                        && (again(a, b) || fields(x.allVariables(), y.allVariables()));
            case InterfaceType x ->
                b instanceof InterfaceType y && Name.key(x.name()).equals(Name.key(y.name()));
            case ReferenceType x ->
                b instanceof ReferenceType y && x.kind() == y.kind() && same(x.target(), y.target());
            default -> a.equals(b);
        };
    }

    /// Types that contain themselves through references are taken for alike where they are met again.
    private boolean again(Type a, Type b) {
        return !assumed.add(List.of(System.identityHashCode(a), System.identityHashCode(b)));
    }

    private boolean fields(List<Variable> a, List<Variable> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            boolean alike = Name.key(a.get(i).name()).equals(Name.key(b.get(i).name()))
                    && same(a.get(i).type(), b.get(i).type());
            if (!alike) {
                return false;
            }
        }
        return true;
    }

    /// Whether two first values say the same.
    static boolean values(Value a, Value b) {
        return text(a).equals(text(b));
    }

    private static Object text(Value value) {
        return switch (value) {
            case Value.Elements(var values) -> values.stream().map(Alike::text).toList();
            case Value.Fields(var values) -> {
                List<Object> all = new ArrayList<>();
                for (Map.Entry<Variable, Value> entry : values.entrySet()) {
                    all.add(Name.key(entry.getKey().name()));
                    all.add(text(entry.getValue()));
                }
                yield all;
            }
            case Value.ReferenceTo(var path) ->
                path.stream().map(v -> "&" + Name.key(v.name())).toList();
            default -> value;
        };
    }
}
