package io.millwright.iec61131.check;

import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Address;
import io.millwright.iec61131.syntax.Declaration;
import io.millwright.iec61131.syntax.Expression;
import io.millwright.iec61131.syntax.Name;
import io.millwright.iec61131.type.ArrayType;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.StructureType;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import io.millwright.iec61131.type.Variable.Role;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Follows the path of an access path (6.8.1) to its variable.
///
/// @param within the program from within which it leads, or null for one of a configuration
/// @param resources whose names a path may begin with
record AccessPath(
        Declared declared, Context context, @Nullable Type within, List<Declaration.Resource> resources) {

    /// Where a path leads.
    ///
    /// @param path without the resource, indices as numbers
    record Found(String path, Type type, boolean isConstant, boolean isDirect) {}

    /// What tells it from access paths declared elsewhere.
    String key(Name name) {
        return within == null ? name.key() : Name.key(within.name()) + "." + name.key();
    }

    /// A piece of the process image; null after saying why it is none.
    @Nullable
    Found direct(Address address, Type type, Span span) {
        Elementary elementary = type.elementary();
        Address.Size size = address.size() == null ? Address.Size.X : address.size();
        int numbers = address.path().size();
        boolean plain = address.area() != Address.Area.STRUCTURE
                && (numbers == 1
                        || numbers == 2
                                && size == Address.Size.X
                                && address.path().get(1) < 8);
        if (!plain) {
            context.error("E573", span, "no variable lies here; write an address such as %IX1.7 or %QW4");
            return null;
        }
        int bits = elementary == null ? 0 : elementary == Elementary.BOOL ? 1 : elementary.bits();
        if (bits != size.bits() && !type.isMistaken()) {
            context.error(
                    "E575", span, "%s does not have the %d bits of this address".formatted(type.name(), size.bits()));
            return null;
        }
        return new Found(span.text(), type, false, true);
    }

    /// Where names and indices lead; null after saying which lead nowhere.
    @Nullable
    Found found(Expression target) {
        return switch (target) {
            case Expression.Identifier(var name) -> first(null, name);
            case Expression.Member(Expression.Identifier(var resource), var name, var _)
            when isResource(resource) -> {
                Landmark.use(declared.resources, resource, context.usages());
                yield first(resource, name);
            }
            case Expression.Member(var outer, var name, var _) -> {
                Found before = found(outer);
                yield before == null ? null : member(before, name);
            }
            case Expression.Index(var outer, var indices, var span) -> {
                Found before = found(outer);
                yield before == null ? null : element(before, indices, span);
            }
            case Expression.Part part -> {
                Found before = found(part.target());
                yield before == null ? null : part(before, part);
            }
            case Expression.Broken _ -> null;
            default -> {
                context.error("E573", target.span(), "a path is made of names and indices: Station.P1.levels[2].%X3");
                yield null;
            }
        };
    }

    private boolean isResource(Name name) {
        return resources.stream().anyMatch(r -> r.name().key().equals(name.key()));
    }

    /// The variable that a name stands for.
    ///
    /// @param resource that the path names before it, or null
    @Nullable
    Variable root(@Nullable Name resource, Name name) {
        if (within != null) {
            return Members.variable(within, name.text());
        }
        Landmark declaredThere = declared.instance(resource, name);
        Variable program = declaredThere == null ? null : declared.programs.get(declaredThere);
        if (program != null) {
            return program;
        }
        for (Variable instance : declared.hidden) {
            if (Members.same(instance.name(), name.text())) {
                return instance;
            }
        }
        Symbol symbol = Names.find(context.scope(), name.text());
        return symbol instanceof Symbol.OfVariable(var global) && global.role() == Role.GLOBAL ? global : null;
    }

    private @Nullable Found first(@Nullable Name resource, Name name) {
        Variable variable = root(resource, name);
        if (variable != null) {
            Landmark instance = within == null ? declared.instance(resource, name) : null;
            context.usages().add(name.span(), instance != null ? instance : variable);
            return new Found(variable.name(), variable.type(), variable.isConstant(), false);
        }
        unknown(name);
        return null;
    }

    private void unknown(Name name) {
        Symbol symbol = context.scope().find(name.text());
        boolean reported = within == null
                ? symbol instanceof Symbol.Deferred || context.scope().lacks(name.text())
                : within.isMistaken();
        if (reported) {
            return;
        }
        List<String> names = new ArrayList<>();
        if (within != null) {
            names.addAll(Members.names(within));
        } else {
            declared.hidden.forEach(v -> names.add(v.name()));
            context.scope().visible().values().stream()
                    .map(s -> s instanceof Symbol.OfVariable(var v) ? v.name() : "")
                    .forEach(names::add);
        }
        context.unknown("E573", name.span(), "there is no variable " + name, name.text(), names);
    }

    private @Nullable Found member(Found before, Name name) {
        List<Variable> variables = Paths.variables(context, before.type(), List.of(name));
        if (variables == null) {
            return null;
        }
        Variable variable = variables.getFirst();
        boolean elsewhere = variable.role() == Role.IN_OUT && variable.type().isAggregate();
        boolean overlaps = before.type().resolved() instanceof StructureType structure && structure.overlap();
        if (elsewhere || overlaps) {
            context.error(
                    "E573",
                    name.span(),
                    name + (elsewhere ? " stands for a variable elsewhere" : " shares its bytes with others")
                            + ", which no access path leads to");
            return null;
        }
        boolean constant = before.isConstant() || variable.isConstant();
        return new Found(before.path() + "." + variable.name(), variable.type(), constant, false);
    }

    /// Some bits of a whole number or bit string (6.5.5.5).
    private @Nullable Found part(Found before, Expression.Part part) {
        Elementary type = Elements.part(context, before.type(), part);
        return type == null
                ? null
                : new Found(
                        "%s.%%%s%d".formatted(before.path(), part.size(), part.index()),
                        type,
                        before.isConstant(),
                        false);
    }

    private @Nullable Found element(Found before, List<Expression> indices, Span span) {
        if (!(before.type().resolved() instanceof ArrayType array)
                || array.ranges().size() != indices.size()) {
            context.error(
                    "E573",
                    span,
                    "%s is %s, which has no such elements"
                            .formatted(before.path(), before.type().name()));
            return null;
        }
        List<String> numbers = new ArrayList<>();
        for (int i = 0; i < indices.size(); i++) {
            Term index = new Expressions(context).converted(indices.get(i), Elementary.DINT);
            ArrayType.Range range = array.ranges().get(i);
            if (!(index instanceof Term.Constant(var _, Value.Whole(long number)))) {
                if (index != null) {
                    context.error("E509", indices.get(i).span(), "an index of an access path must be a known number");
                }
                return null;
            }
            if (number < range.low() || number > range.high()) {
                context.error("E217", indices.get(i).span(), "the index lies outside of " + range);
                return null;
            }
            numbers.add(Long.toString(number));
        }
        String path = before.path() + "[" + String.join(", ", numbers) + "]";
        return new Found(path, array.element(), before.isConstant(), false);
    }
}
