package io.millwright.iec61131.xml;

import io.millwright.iec61131.format.TreePrinter;
import io.millwright.iec61131.source.Diagnostics;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Address;
import io.millwright.iec61131.syntax.Declaration;
import io.millwright.iec61131.syntax.Expression;
import io.millwright.iec61131.syntax.Initializer;
import io.millwright.iec61131.syntax.LiteralValue;
import io.millwright.iec61131.syntax.TypeSyntax;
import io.millwright.iec61131.syntax.VariableBlock;
import io.millwright.iec61131.syntax.VariableBlock.Qualifier;
import io.millwright.iec61131.syntax.VariableDeclaration;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes types, variables and initial values for IEC 61131-10.
///
/// Where a variable is declared, the schema can define arrays and references; every other type stands there as its
/// text, where its name would.
final class Edition10TypeWriter {
    private static final Set<String> ELEMENTARY = Set.of(
            "BOOL", "BYTE", "WORD", "DWORD", "LWORD", "SINT", "INT", "DINT", "LINT", "USINT", "UINT", "UDINT", "ULINT",
            "REAL", "LREAL", "TIME", "LTIME", "DATE", "LDATE", "DT", "LDT", "TOD", "LTOD", "STRING", "WSTRING", "CHAR",
            "WCHAR");
    private static final Map<String, String> SHORT =
            Map.of("DATE_AND_TIME", "DT", "TIME_OF_DAY", "TOD", "LDATE_AND_TIME", "LDT", "LTIME_OF_DAY", "LTOD");
    /// The most values that a repetition of several is written out to.
    private static final int WRITTEN_OUT_MAX = 10_000;

    private final XmlText xml;
    private final Diagnostics diagnostics;

    Edition10TypeWriter(XmlText xml, Diagnostics diagnostics) {
        this.xml = xml;
        this.diagnostics = diagnostics;
    }

    void missing(Span span, String what) {
        diagnostics.error("E730", span, "IEC 61131-10 has no " + what + "; keep this part in Structured Text");
    }

    void document(String documentation) {
        if (!documentation.isEmpty()) {
            xml.leaf("Documentation", documentation, "xsi:type", "SimpleText");
        }
    }

    void dataType(Declaration.DataType type) {
        xml.open("DataTypeDecl", "name", type.name().text());
        document(type.documentation());
        boolean isEnumeration = type.type() instanceof TypeSyntax.Enumeration values && isPlain(values);
        if (isEnumeration && type.type() instanceof TypeSyntax.Enumeration values) {
            enumeration(values, type.initializer());
        } else if (type.initializer() == null && hasElement(type.type())) {
            specification("UserDefinedTypeSpec", type.type());
        } else {
            xml.open("UserDefinedTypeSpec", "xsi:type", "DirectlyDerivedTypeSpec");
            type("BaseType", type.type());
            initial(type.initializer());
            xml.close("UserDefinedTypeSpec");
        }
        xml.close("DataTypeDecl");
    }

    private static boolean hasElement(TypeSyntax type) {
        return switch (type) {
            case TypeSyntax.Array _, TypeSyntax.Subrange _ -> true;
            case TypeSyntax.Structure structure ->
                structure.base() == null && !structure.fields().isEmpty();
            case TypeSyntax.Reference reference -> reference.kind() == TypeSyntax.Reference.Kind.REF_TO;
            default -> false;
        };
    }

    private void specification(String element, TypeSyntax type) {
        switch (type) {
            case TypeSyntax.Array array -> {
                xml.open(element, "xsi:type", "ArrayTypeSpec");
                array(array);
            }
            case TypeSyntax.Reference reference -> {
                xml.open(element, "xsi:type", "ReferenceTypeSpec");
                type("ReferenceTo", reference.target());
            }
            case TypeSyntax.Subrange(var base, var low, var high, var _) -> {
                xml.open(element, "xsi:type", "SubrangeTypeSpec");
                xml.empty("Range", "lower", TreePrinter.print(low), "upper", TreePrinter.print(high));
                type("BaseType", base);
            }
            case TypeSyntax.Structure structure -> {
                String overlap = structure.overlap() ? "true" : "";
                xml.open(element, "xsi:type", "StructTypeSpec", "overlap", overlap);
                structure.fields().forEach(f -> variable("Member", f, -1));
            }
            default -> throw new IllegalArgumentException(type.toString());
        }
        xml.close(element);
    }

    private void array(TypeSyntax.Array array) {
        type("BaseType", array.element());
        int number = 0;
        for (TypeSyntax.Array.Dimension dimension : array.dimensions()) {
            number++;
            xml.open("DimensionSpec", "dimensionNumber", Integer.toString(number));
            if (dimension.low() == null || dimension.high() == null) {
                xml.leaf("VariableLength", "true");
            } else {
                String low = TreePrinter.print(dimension.low());
                xml.empty("IndexRange", "lower", low, "upper", TreePrinter.print(dimension.high()));
            }
            xml.close("DimensionSpec");
        }
    }

    /// Whether the base is an elementary type or none.
    private static boolean isPlain(TypeSyntax.Enumeration values) {
        return values.base() == null
                || values.base() instanceof TypeSyntax.Named(var name)
                        && ELEMENTARY.contains(elementary(name.toString()));
    }

    private static String elementary(String name) {
        String key = Guess.key(name);
        return SHORT.getOrDefault(key, key);
    }

    /// Where one value has a number, all have one: that behind a number is one more.
    private void enumeration(TypeSyntax.Enumeration enumeration, @Nullable Initializer initializer) {
        boolean isNumbered =
                enumeration.base() != null || enumeration.values().stream().anyMatch(v -> v.value() != null);
        String kind = isNumbered ? "EnumTypeWithNamedValueSpec" : "EnumTypeSpec";
        xml.open("UserDefinedTypeSpec", "xsi:type", kind);
        BigInteger number = BigInteger.ZERO;
        String before = "";
        for (TypeSyntax.Enumeration.Value value : enumeration.values()) {
            String text = before + number;
            if (value.value() != null) {
                BigInteger whole = whole(value.value());
                text = TreePrinter.print(value.value());
                before = whole == null ? "(" + text + ") + " : "";
                number = whole == null ? BigInteger.ZERO : whole;
            }
            xml.empty("Enumerator", "name", value.name().text(), "value", isNumbered ? text : "");
            number = number.add(BigInteger.ONE);
        }
        if (isNumbered) {
            TypeSyntax base = enumeration.base();
            xml.leaf("BaseType", base instanceof TypeSyntax.Named(var name) ? elementary(name.toString()) : "INT");
        }
        if (initializer != null) {
            xml.leaf("InitialValue", TreePrinter.print(initializer));
        }
        xml.close("UserDefinedTypeSpec");
    }

    private static @Nullable BigInteger whole(Expression expression) {
        return switch (expression) {
            case Expression.Literal(var _, LiteralValue.Whole(var value, var _), var _) -> value;
            case Expression.Unary(Expression.UnaryOperator operator, Expression operand, var _)
            when operator == Expression.UnaryOperator.NEGATE -> {
                BigInteger value = whole(operand);
                yield value == null ? null : value.negate();
            }
            default -> null;
        };
    }

    /// Writes a type within an element of the name given.
    void type(String holder, TypeSyntax type) {
        xml.open(holder);
        if (type instanceof TypeSyntax.Array
                || type instanceof TypeSyntax.Reference reference
                        && reference.kind() == TypeSyntax.Reference.Kind.REF_TO) {
            specification("InstantlyDefinedType", type);
        } else if (type instanceof TypeSyntax.Named(var name)) {
            String elementary = elementary(name.toString());
            xml.leaf("TypeName", ELEMENTARY.contains(elementary) ? elementary : name.toString());
        } else {
            xml.leaf("TypeName", TreePrinter.print(type));
        }
        xml.close(holder);
    }

    /// Writes the parameters of a unit or method, numbered over all of their blocks.
    void parameters(List<VariableBlock> blocks) {
        if (blocks.isEmpty()) {
            return;
        }
        xml.open("Parameters");
        int order = 0;
        for (VariableBlock block : blocks) {
            String element = switch (block.section()) {
                case VAR_INPUT -> "InputVars";
                case VAR_OUTPUT -> "OutputVars";
                default -> "InoutVars";
            };
            boolean isKept = !element.equals("InoutVars");
            for (Qualifier qualifier : block.qualifiers()) {
                if (!isKept || qualifier != Qualifier.RETAIN && qualifier != Qualifier.NON_RETAIN) {
                    missing(block.span(), block.section() + " " + qualifier);
                }
            }
            xml.open(
                    element,
                    "retain",
                    has(block, Qualifier.RETAIN, isKept),
                    "non_retain",
                    has(block, Qualifier.NON_RETAIN, isKept));
            for (VariableDeclaration variable : block.variables()) {
                variable("Variable", variable, order++);
            }
            xml.close(element);
        }
        xml.close("Parameters");
    }

    /// Writes a block of variables that are no parameters.
    void block(String element, VariableBlock block) {
        boolean isExternal = element.equals("ExternalVars");
        boolean isOwn = element.equals("Vars");
        for (Qualifier qualifier : block.qualifiers()) {
            boolean known = switch (qualifier) {
                case CONSTANT -> true;
                case RETAIN, NON_RETAIN -> !isExternal;
                case PUBLIC -> true;
                case PROTECTED, PRIVATE, INTERNAL -> isOwn;
                case PERSISTENT -> false;
            };
            if (!known) {
                missing(block.span(), block.section() + " " + qualifier);
            }
        }
        String access = List.of(Qualifier.PRIVATE, Qualifier.PROTECTED, Qualifier.INTERNAL).stream()
                .filter(block.qualifiers()::contains)
                .map(q -> q.name().toLowerCase(Locale.ROOT))
                .findFirst()
                .orElse("public");
        xml.open(
                element,
                "constant",
                has(block, Qualifier.CONSTANT, true),
                "retain",
                has(block, Qualifier.RETAIN, !isExternal),
                "non_retain",
                has(block, Qualifier.NON_RETAIN, !isExternal),
                "accessSpecifier",
                isOwn ? access : "");
        block.variables().forEach(v -> variable("Variable", v, -1));
        xml.close(element);
    }

    private static String has(VariableBlock block, Qualifier qualifier, boolean allowed) {
        return allowed && block.qualifiers().contains(qualifier) ? "true" : "";
    }

    /// @param order of a parameter, else -1
    private void variable(String element, VariableDeclaration variable, int order) {
        if (variable.type() == null || variable.path() != null) {
            missing(variable.span(), "paths to variables here");
            return;
        }
        String edge = switch (variable.edge()) {
            case null -> "";
            case RISING -> "rising";
            case FALLING -> "falling";
        };
        xml.open(
                element,
                "name",
                variable.name().text(),
                "orderWithinParamSet",
                order < 0 ? "" : Integer.toString(order),
                "edgeDetection",
                edge);
        document(variable.documentation());
        type("Type", variable.type());
        initial(variable.initializer());
        if (variable.address() != null) {
            address(variable.address());
        }
        xml.close(element);
    }

    void address(Address address) {
        String place = TreePrinter.print(address).replaceFirst("^%[IQM]?[XBWDL]?", "");
        String location = switch (address.area()) {
            case INPUT -> "I";
            case OUTPUT -> "Q";
            case MEMORY -> "M";
            case STRUCTURE -> "";
        };
        xml.empty(
                "Address",
                "location",
                location,
                "size",
                address.size() == null ? "" : address.size().name(),
                "address",
                address.isOpen() ? "" : place,
                "notYetFixed",
                address.isOpen() ? "true" : "");
    }

    void initial(@Nullable Initializer initializer) {
        if (initializer != null) {
            xml.open("InitialValue");
            value(initializer);
            xml.close("InitialValue");
        }
    }

    private void value(Initializer initializer) {
        switch (initializer) {
            case Initializer.Single(var expression) -> xml.empty("SimpleValue", "value", TreePrinter.print(expression));
            case Initializer.Array(var items, var _) -> {
                xml.open("ArrayValue");
                items.forEach(this::item);
                xml.close("ArrayValue");
            }
            case Initializer.Structure(var fields, var _) -> {
                xml.open("StructValue");
                for (Initializer.Structure.Field field : fields) {
                    xml.open("Value", "member", field.name().text());
                    value(field.value());
                    xml.close("Value");
                }
                xml.close("StructValue");
            }
        }
    }

    /// One value is written with how often it stands; several are written out.
    private void item(Initializer.Array.Item item) {
        BigInteger times = whole(item.times());
        int count = item.values().size();
        boolean isSmall = times != null && times.bitLength() < 31 && times.intValue() <= WRITTEN_OUT_MAX / count;
        if (count > 1 && !isSmall) {
            missing(item.span(), "repetition of several values");
            return;
        }
        int rounds = count > 1 && times != null ? times.intValue() : 1;
        boolean once = count > 1 || BigInteger.ONE.equals(times);
        for (int i = 0; i < rounds; i++) {
            for (Initializer one : item.values()) {
                xml.open("Value", "repetitionValue", once ? "" : TreePrinter.print(item.times()));
                value(one);
                xml.close("Value");
            }
        }
    }
}
