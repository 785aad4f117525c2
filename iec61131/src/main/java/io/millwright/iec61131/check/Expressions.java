package io.millwright.iec61131.check;

import io.millwright.iec61131.ir.Place;
import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Address;
import io.millwright.iec61131.syntax.Expression;
import io.millwright.iec61131.syntax.LiteralValue;
import io.millwright.iec61131.syntax.Name;
import io.millwright.iec61131.syntax.QualifiedName;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.EnumerationType;
import io.millwright.iec61131.type.ReferenceType;
import io.millwright.iec61131.type.ReferenceType.Kind;
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.UnknownType;
import io.millwright.iec61131.type.Variable;
import io.millwright.iec61131.type.Variable.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns expressions into terms and places. Every method gives null after it has said what is wrong.
final class Expressions {
    private final Context context;
    private final Conversions conversions;
    private final Literals literals;
    private final Operators operators;
    private final Calls calls;
    private final Elements elements;

    Expressions(Context context) {
        this.context = context;
        this.conversions = new Conversions(context);
        this.literals = new Literals(context.diagnostics());
        this.operators = new Operators(context, this);
        this.calls = new Calls(context, this);
        this.elements = new Elements(context, this);
    }

    Conversions conversions() {
        return conversions;
    }

    Operators operators() {
        return operators;
    }

    Calls calls() {
        return calls;
    }

    /// The value of an expression, converted to a type.
    @Nullable
    Term converted(Expression expression, Type target) {
        Term term = value(expression, target);
        Term adapted = term == null ? null : conversions.adapt(term, target, expression);
        return adapted == null ? null : calls.whole(adapted, expression.span());
    }

    /// The value of an expression that is given for an input: where REFERENCE TO is asked for, a reference to
    /// the variable.
    @Nullable
    Term given(Expression expression, Type target) {
        boolean refers = target.resolved() instanceof ReferenceType(var kind, var _)
                && kind == Kind.REFERENCE_TO
                && !(expression instanceof Expression.Literal);
        if (!refers) {
            return converted(expression, target);
        }
        Place place = reference(expression);
        if (place == null) {
            return null;
        }
        boolean already = place.type().resolved() instanceof ReferenceType;
        if (already) {
            return conversions.adapt(new Term.Load(place), target, expression.span());
        }
        if (!Intrinsics.hasPlace(context, place, expression.span())) {
            return null;
        }
        Intrinsics.markReferenced(place);
        Term term = new Term.Reference(place, new ReferenceType(Kind.REFERENCE_TO, place.type()));
        return conversions.adapt(term, target, expression.span());
    }

    /// The value of an expression.
    ///
    /// @param expected the type that the surroundings ask for, which literals take where they fit, or null
    @Nullable
    Term value(Expression expression, @Nullable Type expected) {
        return switch (expression) {
            case Expression.Literal(var type, var literal, var span) -> literal(type, literal, expected, span);
            case Expression.EnumLiteral literal -> enumeration(literal);
            case Expression.Unary unary -> operators.unary(unary, expected);
            case Expression.Binary binary -> operators.binary(binary, expected);
            case Expression.Call call -> calls.value(call, expected);
            case Expression.Broken _ -> null;
            default -> {
                Term own = Names.valueOfUnnamed(context, expression, expected);
                Entity entity = own == null ? entity(expression) : new Entity.OfValue(own);
                yield entity == null ? null : valueOf(entity, expected, expression.span());
            }
        };
    }

    Literals literals() {
        return literals;
    }

    private @Nullable Term literal(@Nullable Name typeName, LiteralValue literal, @Nullable Type expected, Span span) {
        if (typeName == null) {
            return literals.untyped(literal, expected, span);
        }
        Type type = Names.type(context, new QualifiedName(List.of(typeName)));
        return type == null ? null : literals.typed(type, literal, span);
    }

    private @Nullable Term enumeration(Expression.EnumLiteral literal) {
        Type type = Names.type(context, literal.type());
        if (type == null) {
            return null;
        }
        if (!(type.resolved() instanceof EnumerationType enumeration)) {
            context.error("E204", literal.type().span(), type.name() + " is not an enumeration");
            return null;
        }
        return enumerationValue(enumeration, literal.value());
    }

    private Term.@Nullable Constant enumerationValue(EnumerationType enumeration, Name name) {
        Term.Constant value = Names.enumerationValue(context, enumeration, name);
        if (value == null) {
            context.unknown(
                    "E205",
                    name.span(),
                    enumeration.name() + " has no value " + name.text(),
                    name.text(),
                    enumeration.values().keySet());
        }
        return value;
    }

    private @Nullable Term valueOf(Entity entity, @Nullable Type expected, Span span) {
        return switch (entity) {
            case Entity.OfPlace(var place) -> Folding.fold(new Term.Load(place));
            case Entity.OfValue(var term) -> term;
            case Entity.OfSuper(var self) -> self;
            case Entity.OfEnumeration(var name, var types) -> ofSeveral(name, types, expected, span);
            case Entity.OfProperty property -> new Properties(context, this).read(property, span);
            case Entity.OfType(var type) -> wrong("E206", span, type.name() + " is a type; a value is asked for here");
            case Entity.OfFunction(var signature) ->
                calls.value(new Expression.Call(identifier(signature.name(), span), List.of(), span), expected);
            case Entity.OfOverloads _ ->
                wrong("E207", span, span.text() + " is a function; write its arguments in parentheses");
            case Entity.OfStandard(var function) ->
                wrong("E207", span, function.name() + " is a function; write its arguments in parentheses");
            case Entity.OfMethod(var _, var signature, var _) ->
                wrong("E207", span, signature.name() + " is a method; write its arguments in parentheses");
            case Entity.OfScope(var name, var _) -> wrong("E206", span, name + " is a namespace");
        };
    }

    private static Expression identifier(String name, Span span) {
        return new Expression.Identifier(new Name(name, span));
    }

    private @Nullable Term ofSeveral(Name name, List<EnumerationType> types, @Nullable Type expected, Span span) {
        if (expected != null && expected.resolved() instanceof EnumerationType wanted && types.contains(wanted)) {
            return Names.enumerationValue(context, wanted, name);
        }
        if (expected != null && expected.isMistaken()) {
            return null;
        }
        String first = types.getFirst().name();
        return wrong("E208", span, "%s is a value of several enumerations; write %s#%s".formatted(name, first, name));
    }

    private @Nullable Term wrong(String code, Span span, String message) {
        context.error(code, span, message);
        return null;
    }

    /// The place that an expression names, to be read, written or referred to.
    @Nullable
    Place place(Expression expression) {
        Entity entity = entity(expression);
        return switch (entity) {
            case null -> null;
            case Entity.OfPlace(var place) -> place;
            case Entity.OfValue(Term.Load(var place)) -> place;
            default -> {
                context.error("E209", expression.span(), "a variable is asked for here");
                yield null;
            }
        };
    }

    /// What an expression is, before it is read, written or called.
    @Nullable
    Entity entity(Expression expression) {
        return switch (expression) {
            case Expression.Identifier(var name) -> followed(routineOrName(name));
            case Expression.Member member -> followed(member(member));
            case Expression.Part part -> elements.part(part);
            case Expression.Index index -> followed(elements.index(index));
            case Expression.Dereference dereference -> dereference(dereference);
            case Expression.Direct(var address, var span) -> direct(address, span);
            case Expression.This(var span) -> self(span);
            case Expression.Super(var span) -> Names.superOf(context, span);
            default -> {
                Term term = value(expression, null);
                yield term == null ? null : new Entity.OfValue(term);
            }
        };
    }

    /// A function's own name inside it is its result variable unless it is called.
    private @Nullable Entity routineOrName(Name name) {
        return Names.entity(context, name);
    }

    /// REFERENCE TO is followed without `^`.
    private static @Nullable Entity followed(@Nullable Entity entity) {
        if (entity instanceof Entity.OfPlace(var place)
                && place.type().resolved() instanceof ReferenceType(var kind, var target)
                && kind == Kind.REFERENCE_TO) {
            return new Entity.OfPlace(new Place.Target(new Term.Load(place), target));
        }
        return entity;
    }

    /// The reference itself, where [#entity] would follow it.
    @Nullable
    Place reference(Expression expression) {
        Place place = place(expression);
        return place instanceof Place.Target(Term.Load(var reference), var _)
                        && reference.type().resolved() instanceof ReferenceType(var kind, var _)
                        && kind == Kind.REFERENCE_TO
                ? reference
                : place;
    }

    private @Nullable Entity member(Expression.Member member) {
        Entity target = entity(member.target());
        if (target == null) {
            return null;
        }
        Name name = member.name();
        return switch (target) {
            case Entity.OfScope(var text, var scope) -> ofScope(text, scope, name);
            case Entity.OfType(var type)
            when type.resolved() instanceof EnumerationType enumeration -> {
                Term value = enumerationValue(enumeration, name);
                yield value == null ? null : new Entity.OfValue(value);
            }
            case Entity.OfSuper(var self) -> memberOf(self, name, false);
            case Entity.OfMethod(var receiver, var action, var _)
            when action.kind() == Signature.Kind.ACTION && Members.same(name.text(), "Q") ->
                elements.ofAction(receiver, action, name);
            default -> {
                Term object = valueOf(target, null, member.target().span());
                yield object == null ? null : memberOf(object, name, isDynamic(object));
            }
        };
    }

    private @Nullable Entity ofScope(String scopeName, Scope scope, Name name) {
        Symbol symbol = Names.own(scope, name.text());
        if (symbol == null) {
            if (scope.own(name.text()) == null) {
                context.unknown(
                        "E201", name.span(), scopeName + " has no " + name.text(), name.text(), Names.names(scope));
            }
            return null;
        }
        var inside = new Context(
                scope,
                context.self(),
                context.routine(),
                context.temporaries(),
                context.usages(),
                context.diagnostics(),
                context.dialect(),
                context.mocks());
        return Names.entity(inside, name);
    }

    private @Nullable Entity memberOf(Term object, Name name, boolean dynamic) {
        Type type = object.type();
        Variable variable = Members.variable(type, name.text());
        if (variable != null) {
            context.usages().add(name.span(), variable);
            if (type.resolved() instanceof UnitType unit) {
                Members.checkAccess(context, unit, variable, name.span());
            }
            return variable.type() instanceof UnknownType ? null : new Entity.OfPlace(Overlays.field(object, variable));
        }
        Signature method = Members.method(type, name.text(), Signature.Kind.METHOD, Signature.Kind.ACTION);
        if (method != null) {
            if (!Methods.areSeveral(type, method)) {
                context.usages().add(name.span(), method);
            }
            return new Entity.OfMethod(object, method, dynamic);
        }
        Signature getter = Members.method(type, name.text(), Signature.Kind.GETTER);
        Signature setter = Members.method(type, name.text(), Signature.Kind.SETTER);
        Signature side = getter != null ? getter : setter;
        if (side != null) {
            context.usages().property(name.span(), getter, setter);
            Members.checkAccess(context, side, name.span());
            return new Entity.OfProperty(object, getter, setter, dynamic);
        }
        if (type.resolved() instanceof ReferenceType) {
            context.error(
                    "E210", name.span(), "this is a reference; write ^ before the dot to look at what it refers to");
        } else if (Members.names(type).isEmpty() && !type.isMistaken()) {
            context.error("E211", name.span(), type.name() + " has no members");
        } else {
            Members.unknown(context, type, name);
        }
        return null;
    }

    /// Whether an instance may be of another type than its declaration says: behind references, in-outs and
    /// THIS.
    private static boolean isDynamic(Term object) {
        return !(object.type().resolved() instanceof UnitType)
                || switch (object) {
                    case Term.Load(Place.Local(var variable)) -> variable.role() == Role.IN_OUT;
                    case Term.Load(Place.Field(var _, var variable)) -> variable.role() == Role.IN_OUT;
                    case Term.Load(Place.Global _), Term.Load(Place.Element _) -> false;
                    default -> true;
                };
    }

    private @Nullable Entity dereference(Expression.Dereference dereference) {
        if (dereference.target() instanceof Expression.This(var span)) {
            return self(span);
        }
        if (dereference.target() instanceof Expression.Super(var span)) {
            return Names.superOf(context, span);
        }
        Entity target = entity(dereference.target());
        boolean followedAlready = target instanceof Entity.OfPlace(Place.Target(Term.Load(var from), var _))
                && from.type().resolved() instanceof ReferenceType(var kind, var _)
                && kind == Kind.REFERENCE_TO;
        if (followedAlready) {
            return target;
        }
        Term reference = target == null
                ? null
                : valueOf(target, null, dereference.target().span());
        if (reference == null) {
            return null;
        }
        if (!(reference.type().resolved() instanceof ReferenceType type)) {
            context.error("E218", dereference.span(), reference.type().name() + " is no reference; leave the ^ away");
            return null;
        }
        return new Entity.OfPlace(new Place.Target(reference, type.target()));
    }

    private @Nullable Entity direct(Address address, Span span) {
        if (address.isOpen()) {
            context.error("E219", span, "an open address stands only in a declaration");
            return null;
        }
        Address.Size size = address.size();
        Elementary type = switch (size == null ? Address.Size.X : size) {
            case X -> Elementary.BOOL;
            case B -> Elementary.BYTE;
            case W -> Elementary.WORD;
            case D -> Elementary.DWORD;
            case L -> Elementary.LWORD;
        };
        return new Entity.OfPlace(new Place.Direct(address, type));
    }

    private @Nullable Entity self(Span span) {
        UnitType self = context.self();
        if (self == null) {
            context.error("E220", span, "THIS is the instance of a function block or class; here is none");
            return null;
        }
        return new Entity.OfValue(new Term.Self(self));
    }
}
