package io.millwright.iec61131.check;

import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.library.Whole;
import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Expression;
import io.millwright.iec61131.syntax.Name;
import io.millwright.iec61131.syntax.QualifiedName;
import io.millwright.iec61131.syntax.TypeSyntax;
import io.millwright.iec61131.syntax.VariableDeclaration;
import io.millwright.iec61131.type.AliasType;
import io.millwright.iec61131.type.ArrayType;
import io.millwright.iec61131.type.Defaults;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.EnumerationType;
import io.millwright.iec61131.type.OpenArrayType;
import io.millwright.iec61131.type.Packing;
import io.millwright.iec61131.type.ReferenceType;
import io.millwright.iec61131.type.StructureType;
import io.millwright.iec61131.type.SubrangeType;
import io.millwright.iec61131.type.TextType;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.UnknownType;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import io.millwright.iec61131.type.Variable.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Turns types as written into types (6.4). Every method gives null after it has said what is wrong.
final class Types {
    private static final int NAMES_MAX = 200;

    private final Context context;
    private final Expressions expressions;
    private final List<StructureType> unnamed;

    /// @param unnamed structures that stand in a variable's declaration; grows
    Types(Context context, List<StructureType> unnamed) {
        this.context = context;
        this.expressions = new Expressions(context);
        this.unnamed = unnamed;
    }

    /// What is written; [UnknownType] after saying what is wrong with it.
    Type of(TypeSyntax syntax) {
        Type type = known(syntax);
        return type == null || type instanceof UnknownType ? new UnknownType() : type;
    }

    private @Nullable Type known(TypeSyntax syntax) {
        return switch (syntax) {
            case TypeSyntax.Named(var name) -> Names.type(context, name);
            case TypeSyntax.Text text -> text(text);
            case TypeSyntax.Subrange subrange -> subrange(subrange);
            case TypeSyntax.Array array -> array(array);
            case TypeSyntax.Structure structure -> {
                var type = new StructureType("STRUCT", structure.overlap(), structure.span());
                unnamed.add(type);
                complete(type, structure);
                yield type;
            }
            case TypeSyntax.Enumeration enumeration -> enumeration("", enumeration.span(), enumeration);
            case TypeSyntax.Reference(var kind, var target, var span) -> {
                Type to = of(target);
                ReferenceType.Kind resolved = switch (kind) {
                    case REF_TO -> ReferenceType.Kind.REF_TO;
                    case REFERENCE_TO -> ReferenceType.Kind.REFERENCE_TO;
                    case POINTER_TO -> ReferenceType.Kind.POINTER_TO;
                };
                if (kind != TypeSyntax.Reference.Kind.REF_TO) {
                    context.beyondStandard(span, resolved.name().replace('_', ' '));
                }
                yield to instanceof UnknownType ? to : new ReferenceType(resolved, to);
            }
            case TypeSyntax.Broken _ -> null;
        };
    }

    private @Nullable Type text(TypeSyntax.Text text) {
        if (text.length() == null) {
            return new TextType(text.wide(), TextType.USUAL);
        }
        Long length = constant(text.length(), "the length of a text");
        if (length == null) {
            return new TextType(text.wide(), TextType.USUAL);
        }
        if (length < 1 || length > TextType.MAX) {
            context.error(
                    "E501", text.length().span(), "the length of a text is 1 to " + TextType.MAX + ", not " + length);
            return new TextType(text.wide(), TextType.USUAL);
        }
        return new TextType(text.wide(), length.intValue());
    }

    private @Nullable Type subrange(TypeSyntax.Subrange subrange) {
        Type base = of(subrange.base());
        Elementary elementary = base.elementary();
        if (base instanceof UnknownType) {
            return base;
        }
        if (elementary == null || !elementary.isInteger()) {
            context.error("E502", subrange.base().span(), "a range is of an integer type, not of " + base.name());
            return base;
        }
        Long low = constant(subrange.low(), elementary);
        Long high = constant(subrange.high(), elementary);
        if (low == null || high == null) {
            return elementary;
        }
        if (Whole.compare(elementary, low, high) > 0) {
            context.error("E503", subrange.span(), "the upper limit " + high + " lies below the lower limit " + low);
            return elementary;
        }
        return new SubrangeType(elementary, low, high);
    }

    private @Nullable Type array(TypeSyntax.Array array) {
        Type element = of(array.element());
        List<ArrayType.Range> ranges = new ArrayList<>();
        int open = 0;
        long size = 1;
        boolean sound = !(element instanceof UnknownType);
        for (TypeSyntax.Array.Dimension dimension : array.dimensions()) {
            Expression low = dimension.low();
            Expression high = dimension.high();
            if (low == null || high == null) {
                open++;
                continue;
            }
            ArrayType.Range range = range(dimension.span(), low, high);
            sound &= range != null;
            if (range != null) {
                ranges.add(range);
                size = Math.multiplyExact(Math.min(size, ArrayType.MAX + 1L), range.length());
            }
        }
        if (!sound) {
            return null;
        }
        if (open > 0) {
            return new OpenArrayType(array.dimensions().size(), element);
        }
        if (size > ArrayType.MAX) {
            context.error(
                    "E504",
                    array.span(),
                    "an array has at most %d elements, this one %d".formatted(ArrayType.MAX, size));
            return null;
        }
        return new ArrayType(ranges, element);
    }

    private ArrayType.@Nullable Range range(Span span, Expression lowest, Expression highest) {
        Long low = constant(lowest, Elementary.DINT);
        Long high = constant(highest, Elementary.DINT);
        if (low == null || high == null) {
            return null;
        }
        if (high < low) {
            context.error("E505", span, "the upper bound %d lies below the lower bound %d".formatted(high, low));
            return null;
        }
        return new ArrayType.Range(low.intValue(), high.intValue());
    }

    /// The fields of a structure whose name is known already.
    void complete(StructureType type, TypeSyntax.Structure structure) {
        List<Variable> fields = new ArrayList<>();
        Map<String, Variable> seen = new HashMap<>();
        for (Variable inherited : inherited(type, structure)) {
            fields.add(inherited);
            seen.put(Name.key(inherited.name()), inherited);
        }
        for (VariableDeclaration field : structure.fields()) {
            Type of = field.type() == null ? new UnknownType() : of(field.type());
            Value initial = new Initializers(context).initial(of, field.initializer());
            var variable = new Variable(
                    field.name().text(),
                    of,
                    Role.FIELD,
                    Set.of(),
                    initial,
                    field.address(),
                    null,
                    field.name().span());
            Variable before = seen.putIfAbsent(field.name().key(), variable);
            if (before != null) {
                context.diagnostics()
                        .add(Diagnostic.error(
                                        "E506", field.name().span(), "a field " + field.name() + " is there already")
                                .relatedTo(before.declared(), "the first one"));
            } else {
                fields.add(variable);
            }
        }
        type.complete(fields);
        if (type.overlap()) {
            overlay(type, structure);
        }
    }

    /// The bytes of a structure whose fields overlap; each field with an initial value is put into them in
    /// turn.
    private void overlay(StructureType type, TypeSyntax.Structure structure) {
        for (Variable field : type.fields()) {
            if (!Packing.isPlain(field.type())) {
                context.error(
                        "E551",
                        field.declared(),
                        "%s cannot lie in an overlapping structure, which holds numbers, times, BOOL and texts, and"
                                        .formatted(field.type().name())
                                + " arrays and structures of them");
            }
        }
        boolean plain = type.fields().stream().allMatch(f -> Packing.isPlain(f.type()));
        long size = plain ? Packing.bytes(type) : 1;
        byte[] bytes = new byte[Math.clamp(size, 1, ArrayType.MAX)];
        type.overlay(bytes);
        for (VariableDeclaration declaration : plain ? structure.fields() : List.<VariableDeclaration>of()) {
            Variable field = Members.variable(type, declaration.name().text());
            if (field != null && declaration.initializer() != null) {
                Packing.put(bytes, Packing.firstBit(type, field), field.type(), field.initial());
            }
        }
        type.overlay(bytes);
    }

    /// The fields of the structure that is extended, once more.
    private List<Variable> inherited(StructureType type, TypeSyntax.Structure structure) {
        QualifiedName name = structure.base();
        if (name == null) {
            return List.of();
        }
        Type base = Names.type(context, name);
        if (base == null) {
            type.markMistaken();
            return List.of();
        }
        if (!(base.resolved() instanceof StructureType of) || of == type || of.overlap() || !of.isKnown()) {
            boolean circle = base.resolved() instanceof StructureType of && !of.overlap();
            context.error(
                    circle ? "E543" : "E541",
                    name.span(),
                    circle ? type.name() + " extends itself" : base.name() + " is no structure that can be extended");
            type.markMistaken();
            return List.of();
        }
        return of.fields().stream()
                .map(f -> new Variable(
                        f.name(), f.type(), f.role(), f.properties(), f.initial(), f.address(), null, f.declared()))
                .toList();
    }

    EnumerationType enumeration(String name, Span declared, TypeSyntax.Enumeration enumeration) {
        Elementary base = enumeration.base() == null ? Elementary.INT : baseOf(enumeration.base());
        return new Enumerations(context, this, name, declared, base).of(enumeration);
    }

    /// Says where a type has another name for another name, and so on without an end in sight.
    boolean isNamedTooOften(Type type, Name name) {
        int names = 0;
        for (Type t = type; names <= NAMES_MAX && t instanceof AliasType alias; t = alias.of()) {
            names++;
        }
        if (names > NAMES_MAX) {
            context.error("E013", name.span(), "a type has at most " + NAMES_MAX + " names, one by another");
        }
        return names > NAMES_MAX;
    }

    /// The base of an enumeration; the usual one where a wrong one is written.
    private Elementary baseOf(TypeSyntax syntax) {
        Type written = of(syntax);
        Elementary base = written.elementary();
        if (base != null && (base.isInteger() || base.family() == Elementary.Family.BIT)) {
            return base;
        }
        if (!(written instanceof UnknownType)) {
            context.error("E507", syntax.span(), "the values of an enumeration are integers");
        }
        return Elementary.INT;
    }

    /// A whole number known before the program runs.
    @Nullable
    Long constant(Expression expression, String what) {
        Term term = expressions.value(expression, Elementary.DINT);
        if (term == null) {
            return null;
        }
        if (term instanceof Term.Constant(var _, Value.Whole(long value))) {
            return value;
        }
        context.error("E509", expression.span(), what + " must be known before the program runs");
        return null;
    }

    /// A number of a type that is known before the program runs.
    @Nullable
    Long constant(Expression expression, Elementary type) {
        Term term = expressions.converted(expression, type);
        if (term == null) {
            return null;
        }
        if (term instanceof Term.Constant(var _, Value.Whole(long value))) {
            return value;
        }
        context.error("E509", expression.span(), "this must be known before the program runs");
        return null;
    }

    /// What a variable of a type starts with where its declaration says nothing.
    static Value initial(Type type) {
        return Defaults.of(type);
    }
}
