package io.millwright.node.st.lsp;

import io.millwright.iec61131.check.Landmark;
import io.millwright.iec61131.check.Scope;
import io.millwright.iec61131.library.StandardFunction;
import io.millwright.iec61131.type.AliasType;
import io.millwright.iec61131.type.EnumerationType;
import io.millwright.iec61131.type.InterfaceType;
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.StructureType;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.Variable;
import io.millwright.iec61131.type.Variable.Role;
import java.util.List;
import java.util.stream.Collectors;

/// Says what a name stands for, as its declaration would.
final class Descriptions {
    private Descriptions() {}

    static String of(Object target) {
        return switch (target) {
            case Variable variable ->
                section(variable) + variable.name() + " : " + variable.type().name();
            case Signature signature -> signature(signature);
            case UnitType unit -> {
                String base =
                        unit.base() == null ? "" : " EXTENDS " + unit.base().name();
                yield unit.kind() + " " + unit.name() + base + lines(unit.allVariables());
            }
            case StructureType structure -> "TYPE " + structure.name() + " : STRUCT" + fields(structure.fields());
            case EnumerationType enumeration ->
                "TYPE " + enumeration.name() + " : ("
                        + String.join(", ", enumeration.values().keySet()) + ")";
            case EnumerationType.Named(var type, var name) ->
                (type.isNamed() ? type.name() + "#" : "") + name + " := "
                        + type.values().get(name);
            case InterfaceType face -> "INTERFACE " + face.name();
            case AliasType alias -> "TYPE " + alias.name() + " : " + alias.of().name();
            case Type type -> type.name();
            case Landmark landmark -> landmark.text();
            case Scope namespace -> "NAMESPACE " + namespace.name();
            default -> "";
        };
    }

    static String signature(Signature signature) {
        String keyword = switch (signature.kind()) {
            case FUNCTION -> "FUNCTION ";
            case METHOD -> "METHOD ";
            case ACTION -> "ACTION ";
            case GETTER, SETTER -> "PROPERTY ";
            case BODY -> "";
        };
        Variable result = signature.result();
        String type = result == null ? "" : " : " + result.type().name();
        return keyword + signature.qualifiedName() + type + lines(signature.parameters());
    }

    static String of(StandardFunction function) {
        String parameters = function.parameters().stream()
                .map(p -> p.name() + " : " + p.constraint().name())
                .collect(Collectors.joining(", "));
        Type result = function.result();
        return "FUNCTION " + function.name() + "(" + parameters + (function.repeated() > 0 ? ", …" : "") + ")"
                + (result == null ? "" : " : " + result.name());
    }

    private static String lines(List<Variable> variables) {
        return variables.stream()
                .filter(v -> v.role() == Role.INPUT || v.role() == Role.OUTPUT || v.role() == Role.IN_OUT)
                .map(v -> "\n    " + of(v))
                .collect(Collectors.joining());
    }

    private static String fields(List<Variable> fields) {
        return fields.stream().map(f -> "\n    " + of(f)).collect(Collectors.joining());
    }

    private static String section(Variable variable) {
        String constant = variable.isConstant() ? "CONSTANT " : "";
        return switch (variable.role()) {
                    case INPUT -> "VAR_INPUT ";
                    case OUTPUT -> "VAR_OUTPUT ";
                    case IN_OUT -> "VAR_IN_OUT ";
                    case GLOBAL -> "VAR_GLOBAL ";
                    case STATE, TEMPORARY -> "VAR ";
                    case RESULT, FIELD -> "";
                }
                + constant;
    }
}
