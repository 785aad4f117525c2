package io.millwright.node.st.lsp;

import io.millwright.iec61131.check.TestWord;
import io.millwright.iec61131.library.StandardFunction;
import io.millwright.iec61131.library.StandardFunctions;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.type.Variable.Role;
import java.util.List;
import java.util.Locale;
import org.eclipse.lsp4j.ParameterInformation;
import org.eclipse.lsp4j.SignatureHelp;
import org.eclipse.lsp4j.SignatureInformation;

/// What a call takes, while it is being written.
final class SignatureHelps {
    private SignatureHelps() {}

    static SignatureHelp at(Workspace workspace, Source source, int offset) {
        if (!(Writing.argument(source, offset) instanceof Writing.Argument argument)) {
            return new SignatureHelp();
        }
        int start = Completions.wordStart(source.text(), offset);
        var called = Unfinished.find(workspace, source, start, offset, u -> Called.ending(u, argument.end()));
        return called == null ? standard(source.text(), argument) : declared(called, argument);
    }

    private static SignatureHelp declared(Called called, Writing.Argument argument) {
        List<String> names = called.parameters().stream()
                .map(p -> p.name().toUpperCase(Locale.ROOT))
                .toList();
        List<String> labels = called.parameters().stream()
                .map(p -> p.name()
                        + (p.role() == Role.OUTPUT ? " => " : " : ")
                        + p.type().name())
                .toList();
        int named = names.indexOf(argument.name());
        return help(called.name(), labels, named < 0 ? argument.number() : named);
    }

    private static SignatureHelp standard(String text, Writing.Argument argument) {
        String name = text.substring(Completions.wordStart(text, argument.end()), argument.end())
                .toUpperCase(Locale.ROOT);
        StandardFunction function = StandardFunctions.find(name);
        TestWord word = TestWord.find(name);
        if (function != null) {
            List<String> labels = function.parameters().stream()
                    .map(p -> p.name() + " : " + p.constraint().name())
                    .toList();
            return help(name, labels, argument.number());
        }
        return word == null ? new SignatureHelp() : help(name, word.arguments(), argument.number());
    }

    private static SignatureHelp help(String name, List<String> labels, int argument) {
        var information = new SignatureInformation(name + "(" + String.join(", ", labels) + ")");
        information.setParameters(labels.stream().map(ParameterInformation::new).toList());
        return new SignatureHelp(List.of(information), 0, Math.clamp(argument, 0, Math.max(0, labels.size() - 1)));
    }
}
