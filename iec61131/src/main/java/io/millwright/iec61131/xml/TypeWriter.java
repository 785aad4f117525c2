package io.millwright.iec61131.xml;

import io.millwright.iec61131.format.TreePrinter;
import io.millwright.iec61131.source.Diagnostics;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Expression;
import io.millwright.iec61131.syntax.Initializer;
import io.millwright.iec61131.syntax.LiteralValue;
import io.millwright.iec61131.syntax.TypeSyntax;
import io.millwright.iec61131.syntax.VariableBlock;
import io.millwright.iec61131.syntax.VariableDeclaration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes types, variables and initial values.
final class TypeWriter {
    private static final Set<String> ELEMENTARY = Set.of(
            "BOOL", "BYTE", "WORD", "DWORD", "LWORD", "SINT", "INT", "DINT", "LINT", "USINT", "UINT", "UDINT", "ULINT",
            "REAL", "LREAL", "TIME", "DATE", "DT", "TOD");
    private static final Map<String, String> SHORT = Map.of("DATE_AND_TIME", "DT", "TIME_OF_DAY", "TOD");

    private final XmlText xml;
    private final Diagnostics diagnostics;

    TypeWriter(XmlText xml, Diagnostics diagnostics) {
        this.xml = xml;
        this.diagnostics = diagnostics;
    }

    void missing(Span span, String what) {
        diagnostics.error("E730", span, "PLCopen XML has no " + what + "; keep this part in Structured Text");
    }

    /// Writes the variables of a block within its element.
    void variables(VariableBlock block) {
        block.variables().forEach(this::variable);
    }

    void variable(VariableDeclaration variable) {
        if (variable.edge() != null) {
            missing(variable.span(), "edge inputs");
        }
        if (variable.type() == null || variable.path() != null) {
            missing(variable.span(), "paths to variables");
            return;
        }
        String address = variable.address() == null ? "" : TreePrinter.print(variable.address());
        xml.open("variable", "name", variable.name().text(), "address", address);
        type("type", variable.type());
        initial(variable.initializer());
        document(variable.documentation());
        xml.close("variable");
    }

    void document(String documentation) {
        if (!documentation.isEmpty()) {
            xml.open("documentation");
            xml.leaf("xhtml", documentation, "xmlns", "http://www.w3.org/1999/xhtml");
            xml.close("documentation");
        }
    }

    /// Writes a type within an element of the name given.
    void type(String holder, TypeSyntax type) {
        xml.open(holder);
        switch (type) {
            case TypeSyntax.Named(var name) -> named(name.toString());
            case TypeSyntax.Text(var wide, var length, var _) ->
                xml.empty(wide ? "wstring" : "string", "length", length == null ? "" : TreePrinter.print(length));
            case TypeSyntax.Subrange(var base, var low, var high, var _) -> {
                boolean unsigned = base instanceof TypeSyntax.Named(var name)
                        && name.toString().startsWith("U");
                String element = unsigned ? "subrangeUnsigned" : "subrangeSigned";
                xml.open(element);
                xml.empty("range", "lower", TreePrinter.print(low), "upper", TreePrinter.print(high));
                type("baseType", base);
                xml.close(element);
            }
            case TypeSyntax.Array array -> array(array);
            case TypeSyntax.Structure structure -> {
                if (structure.overlap()) {
                    missing(structure.span(), "STRUCT OVERLAP and UNION");
                }
                if (structure.base() != null) {
                    missing(structure.span(), "structures that extend others");
                }
                xml.open("struct");
                structure.fields().forEach(this::variable);
                xml.close("struct");
            }
            case TypeSyntax.Enumeration enumeration -> enumeration(enumeration);
            case TypeSyntax.Reference(var kind, var target, var span) -> {
                if (kind != TypeSyntax.Reference.Kind.POINTER_TO) {
                    missing(span, "references other than pointers");
                }
                xml.open("pointer");
                type("baseType", target);
                xml.close("pointer");
            }
            case TypeSyntax.Broken _ -> {}
        }
        xml.close(holder);
    }

    private void named(String name) {
        String key = Guess.key(name);
        String elementary = SHORT.getOrDefault(key, key);
        if (ELEMENTARY.contains(elementary)) {
            xml.empty(elementary);
        } else {
            xml.empty("derived", "name", name);
        }
    }

    private void array(TypeSyntax.Array array) {
        xml.open("array");
        for (TypeSyntax.Array.Dimension dimension : array.dimensions()) {
            if (dimension.low() == null || dimension.high() == null) {
                missing(dimension.span(), "arrays of variable length");
                continue;
            }
            String low = TreePrinter.print(dimension.low());
            xml.empty("dimension", "lower", low, "upper", TreePrinter.print(dimension.high()));
        }
        type("baseType", array.element());
        xml.close("array");
    }

    private void enumeration(TypeSyntax.Enumeration enumeration) {
        if (enumeration.base() != null) {
            missing(enumeration.span(), "base type of an enumeration");
        }
        xml.open("enum").open("values");
        for (TypeSyntax.Enumeration.Value value : enumeration.values()) {
            String number = value.value() == null ? "" : TreePrinter.print(value.value());
            xml.empty("value", "name", value.name().text(), "value", number);
        }
        xml.close("values").close("enum");
    }

    void initial(@Nullable Initializer initializer) {
        if (initializer != null) {
            xml.open("initialValue");
            value(initializer);
            xml.close("initialValue");
        }
    }

    private void value(Initializer initializer) {
        switch (initializer) {
            case Initializer.Single(var expression) -> xml.empty("simpleValue", "value", TreePrinter.print(expression));
            case Initializer.Array(var items, var _) -> {
                xml.open("arrayValue");
                items.forEach(this::item);
                xml.close("arrayValue");
            }
            case Initializer.Structure(var fields, var _) -> {
                xml.open("structValue");
                for (Initializer.Structure.Field field : fields) {
                    xml.open("value", "member", field.name().text());
                    value(field.value());
                    xml.close("value");
                }
                xml.close("structValue");
            }
        }
    }

    private void item(Initializer.Array.Item item) {
        boolean once = item.times() instanceof Expression.Literal(var _, LiteralValue.Whole(var number, var _), var _)
                && number.signum() > 0
                && number.bitLength() == 1;
        if (item.values().size() != 1) {
            missing(item.span(), "repetition of several values");
        }
        for (Initializer one : item.values()) {
            xml.open("value", "repetitionValue", once ? "" : TreePrinter.print(item.times()));
            value(one);
            xml.close("value");
        }
    }
}
