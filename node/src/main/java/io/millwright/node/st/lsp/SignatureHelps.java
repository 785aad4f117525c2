package io.millwright.node.st.lsp;

import io.millwright.iec61131.library.StandardFunction;
import io.millwright.iec61131.library.StandardFunctions;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.Variable;
import io.millwright.iec61131.type.Variable.Role;
import java.util.List;
import java.util.Locale;
import org.eclipse.lsp4j.ParameterInformation;
import org.eclipse.lsp4j.SignatureHelp;
import org.eclipse.lsp4j.SignatureInformation;

/// What a call takes, while it is being written.
final class SignatureHelps {
    private SignatureHelps() {}

    static SignatureHelp at(Analysis analysis, Source source, int offset) {
        String text = source.text();
        int depth = 0;
        int argument = 0;
        int at = offset - 1;
        // No further back than to the statement before.
        while (at >= 0 && text.charAt(at) != ';' && !(depth == 0 && text.charAt(at) == '(')) {
            char c = text.charAt(at--);
            depth += c == ')' || c == ']' ? 1 : c == '(' || c == '[' ? -1 : 0;
            argument += c == ',' && depth == 0 ? 1 : 0;
        }
        if (at <= 0 || text.charAt(at) != '(') {
            return new SignatureHelp();
        }
        int end = text.substring(0, at).stripTrailing().length();
        Object called = analysis.endingAt(source.name(), end);
        return called == null ? standard(text, end, argument) : declared(called, argument);
    }

    private static SignatureHelp declared(Object called, int argument) {
        Type type = called instanceof Variable variable ? variable.type().resolved() : null;
        List<Variable> parameters = called instanceof Signature signature
                ? signature.parameters()
                : type instanceof UnitType unit ? unit.allVariables() : List.of();
        String name = called instanceof Signature signature
                ? signature.qualifiedName()
                : type instanceof UnitType unit ? unit.name() : "";
        List<String> labels = parameters.stream()
                .filter(p -> p.role() == Role.INPUT || p.role() == Role.OUTPUT || p.role() == Role.IN_OUT)
                .map(p -> p.name()
                        + (p.role() == Role.OUTPUT ? " => " : " : ")
                        + p.type().name())
                .toList();
        return name.isEmpty() ? new SignatureHelp() : help(name, labels, argument);
    }

    private static SignatureHelp standard(String text, int end, int argument) {
        int start = end;
        while (start > 0 && (Character.isLetterOrDigit(text.charAt(start - 1)) || text.charAt(start - 1) == '_')) {
            start--;
        }
        StandardFunction function =
                StandardFunctions.find(text.substring(start, end).toUpperCase(Locale.ROOT));
        return function == null
                ? new SignatureHelp()
                : help(
                        function.name(),
                        function.parameters().stream()
                                .map(p -> p.name() + " : " + p.constraint().name())
                                .toList(),
                        argument);
    }

    private static SignatureHelp help(String name, List<String> labels, int argument) {
        var information = new SignatureInformation(name + "(" + String.join(", ", labels) + ")");
        information.setParameters(labels.stream().map(ParameterInformation::new).toList());
        return new SignatureHelp(List.of(information), 0, Math.clamp(argument, 0, Math.max(0, labels.size() - 1)));
    }
}
