package io.millwright.iec61131.xml;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Types and initial values of the XML as Structured Text.
final class TypeText {
    private TypeText() {}

    /// The type in a `type`, `baseType` or `returnType` element.
    static String of(@Nullable Element holder) {
        if (holder == null || holder.children().isEmpty()) {
            return "";
        }
        Element type = holder.children().getFirst();
        return switch (type.name()) {
            case "derived" -> type.attribute("name");
            case "string", "wstring" -> {
                String length = type.attribute("length");
                yield type.name().toUpperCase(Locale.ROOT) + (length.isEmpty() ? "" : "[" + length + "]");
            }
            case "array" ->
                "ARRAY ["
                        + type.all("dimension")
                                .map(d -> d.is("open") ? "*" : d.attribute("lower") + ".." + d.attribute("upper"))
                                .collect(Collectors.joining(", "))
                        + "] OF " + of(type.child("baseType"));
            case "subrangeSigned", "subrangeUnsigned" -> {
                Element range = type.child("range");
                String bounds =
                        range == null ? "" : " (" + range.attribute("lower") + ".." + range.attribute("upper") + ")";
                yield of(type.child("baseType")) + bounds;
            }
            case "enum" -> {
                String base = type.attribute("base");
                yield type.within("values")
                        .map(TypeText::enumerated)
                        .collect(Collectors.joining(", ", base.isEmpty() ? "(" : base + " (", ")"));
            }
            case "struct" ->
                (type.is("overlap") ? "STRUCT OVERLAP\n" : "STRUCT\n") + String.join("", fields(type)) + "END_STRUCT";
            case "pointer" -> "POINTER TO " + of(type.child("baseType"));
            case "reference" -> "REF_TO " + of(type.child("baseType"));
            default -> type.name();
        };
    }

    private static String enumerated(Element value) {
        String number = value.attribute("value");
        return value.attribute("name") + (number.isEmpty() ? "" : " := " + number);
    }

    private static List<String> fields(Element structure) {
        return structure.all("variable").map(v -> variable(v) + "\n").toList();
    }

    /// `name AT address : type := value;`
    static String variable(Element variable) {
        String address = variable.attribute("address");
        String name = variable.attribute("name");
        String type = of(variable.child("type"));
        String edge = switch (variable.attribute("edge")) {
            case "rising" -> " R_EDGE";
            case "falling" -> " F_EDGE";
            default -> "";
        };
        return (name.startsWith("%") ? "" : name) + (address.isEmpty() ? "" : " AT " + address) + " : " + type + edge
                + initial(variable.child("initialValue"), type) + ";";
    }

    /// `alias : path : type READ_WRITE;`
    static String access(Element variable) {
        String mode = variable.attribute("direction").equals("readWrite") ? " READ_WRITE" : "";
        return variable.attribute("alias") + " : " + variable.attribute("instancePathAndName") + " : "
                + of(variable.child("type")) + mode + ";";
    }

    /// `path AT address : type := value;`
    static String configured(Element variable) {
        String address = variable.attribute("address");
        String type = of(variable.child("type"));
        return variable.attribute("instancePathAndName") + (address.isEmpty() ? "" : " AT " + address) + " : " + type
                + initial(variable.child("initialValue"), type) + ";";
    }

    /// ` := value`, or the empty text.
    static String initial(@Nullable Element holder, String type) {
        String value = holder == null ? "" : value(holder, type);
        return value.isEmpty() ? "" : " := " + value;
    }

    private static String value(Element holder, String type) {
        Element value = holder.children().isEmpty() ? null : holder.children().getFirst();
        if (value == null) {
            return "";
        }
        return switch (value.name()) {
            case "arrayValue" ->
                value.all("value").map(v -> repeated(v, type)).collect(Collectors.joining(", ", "[", "]"));
            case "structValue" ->
                value.all("value")
                        .map(v -> v.attribute("member") + " := " + value(v, ""))
                        .collect(Collectors.joining(", ", "(", ")"));
            default -> value.is("exact") ? value.attribute("value") : simple(value.attribute("value"), type);
        };
    }

    private static String repeated(Element value, String type) {
        String times = value.attribute("repetitionValue");
        String one = value(value, type);
        return times.isEmpty() || times.equals("1") ? one : times + "(" + one + ")";
    }

    /// Some tools leave out the quotes of texts.
    private static String simple(String value, String type) {
        boolean text = type.startsWith("STRING") || type.startsWith("WSTRING") || type.endsWith("_STRING");
        boolean bare = !value.isEmpty() && value.indexOf('\'') < 0 && value.indexOf('"') < 0;
        String quote = type.startsWith("W") ? "\"" : "'";
        return text && bare && !value.contains("#") ? quote + value + quote : value;
    }
}
