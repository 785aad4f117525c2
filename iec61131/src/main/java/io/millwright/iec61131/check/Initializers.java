package io.millwright.iec61131.check;

import io.millwright.iec61131.ir.Place;
import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Expression;
import io.millwright.iec61131.syntax.Initializer;
import io.millwright.iec61131.type.ArrayType;
import io.millwright.iec61131.type.Defaults;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Packing;
import io.millwright.iec61131.type.StructureType;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import io.millwright.iec61131.type.Variable.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Computes what variables start with (6.5.1.3).
final class Initializers {
    private final Context context;
    private final Expressions expressions;

    Initializers(Context context) {
        this.context = context;
        this.expressions = new Expressions(context);
    }

    /// The first value of a variable; that of its type where nothing is written or what is written is wrong.
    Value initial(Type type, @Nullable Initializer initializer) {
        Value value = value(type, initializer);
        return value == null ? Defaults.of(type) : value;
    }

    /// The first value of a variable, that of its type where nothing is written; null after saying what is
    /// wrong.
    @Nullable
    Value value(Type type, @Nullable Initializer initializer) {
        return switch (initializer) {
            case null -> Defaults.of(type);
            case Initializer.Single(var expression) -> single(type, expression);
            case Initializer.Array array when type.resolved() instanceof ArrayType arrayType -> array(arrayType, array);
            case Initializer.Structure structure when !Members.names(type).isEmpty() -> structure(type, structure);
            default -> {
                if (!type.isMistaken()) {
                    context.error("E510", initializer.span(), "this is no initial value of " + type.name());
                }
                yield null;
            }
        };
    }

    private @Nullable Value single(Type type, Expression expression) {
        Term term = expressions.converted(expression, type);
        if (term == null) {
            return null;
        }
        Value value = constant(term);
        if (value == null) {
            context.error("E511", expression.span(), "an initial value must be known before the program runs");
        }
        return value;
    }

    /// The value of a term that is known before the program runs, or null.
    static @Nullable Value constant(Term term) {
        return switch (term) {
            case Term.Constant(var _, var value) -> value;
            case Term.Null _ -> new Value.Usual();
            case Term.Reference(var place, var _) -> {
                List<Variable> path = path(place);
                yield path == null ? null : new Value.ReferenceTo(path);
            }
            case Term.Load(Place.Global(var variable)) when variable.isConstant() -> variable.initial();
            case Term.Load(Place.Field(Term.Self _, var variable))
            when variable.isConstant() && variable.role() != Role.INPUT -> variable.initial();
            default -> null;
        };
    }

    private static @Nullable List<Variable> path(Place place) {
        return switch (place) {
            case Place.Global(var variable) -> List.of(variable);
            case Place.Field(Term.Self _, var variable) -> List.of(variable);
            case Place.Local(var variable) -> List.of(variable);
            case Place.Field(Term.Load(var outer), var variable) -> {
                List<Variable> before = path(outer);
                if (before == null) {
                    yield null;
                }
                List<Variable> path = new ArrayList<>(before);
                path.add(variable);
                yield path;
            }
            default -> null;
        };
    }

    private @Nullable Value array(ArrayType type, Initializer.Array array) {
        List<Value> values = new ArrayList<>();
        int size = type.size();
        for (Initializer.Array.Item item : array.items()) {
            Term times = expressions.converted(item.times(), Elementary.DINT);
            if (!(times instanceof Term.Constant(var _, Value.Whole(long count))) || count < 0) {
                if (times != null) {
                    context.error(
                            "E512", item.times().span(), "how often a value stands must be a known number from 0 on");
                }
                return null;
            }
            List<Value> once = new ArrayList<>();
            for (Initializer part : item.values()) {
                if (!element(type, part, once)) {
                    return null;
                }
            }
            if (values.size() + count * once.size() > size) {
                return tooMany(item.span(), size);
            }
            for (long i = 0; i < count; i++) {
                values.addAll(once);
            }
        }
        return new Value.Elements(values);
    }

    /// One value of an array; of several indices a nested list stands for a row.
    private boolean element(ArrayType type, Initializer part, List<Value> values) {
        boolean row = type.ranges().size() > 1
                && part instanceof Initializer.Array
                && !(type.element().resolved() instanceof ArrayType);
        if (row) {
            var rest = new ArrayType(type.ranges().subList(1, type.ranges().size()), type.element());
            Value inner = array(rest, (Initializer.Array) part);
            if (!(inner instanceof Value.Elements(var elements))) {
                return false;
            }
            values.addAll(elements);
            for (int i = elements.size(); i < rest.size(); i++) {
                values.add(Defaults.of(type.element()));
            }
            return true;
        }
        Value value = value(type.element(), part);
        if (value != null) {
            values.add(value);
        }
        return value != null;
    }

    private @Nullable Value tooMany(Span span, int size) {
        context.error("E513", span, "these are more values than the array has elements, which are " + size);
        return null;
    }

    private @Nullable Value structure(Type type, Initializer.Structure structure) {
        Map<Variable, Value> values = new LinkedHashMap<>();
        for (Initializer.Structure.Field field : structure.fields()) {
            Variable variable = Members.variable(type, field.name().text());
            if (variable == null) {
                Members.unknown(context, type, field.name());
                return null;
            }
            context.usages().add(field.name().span(), variable);
            Value value = value(variable.type(), field.value());
            if (value == null) {
                return null;
            }
            values.put(variable, value);
        }
        if (type.resolved() instanceof StructureType overlapping && overlapping.overlap()) {
            byte[] bytes = new byte[Math.toIntExact(Packing.bytes(type))];
            Packing.put(bytes, 0, type, new Value.Fields(values));
            return new Value.Fields(Map.of(overlapping.bytes(), StructureType.elements(bytes)));
        }
        return new Value.Fields(values);
    }
}
