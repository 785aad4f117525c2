package io.millwright.node.st.lsp;

import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.xml.PlcOpen;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionKind;
import org.eclipse.lsp4j.DiagnosticRelatedInformation;
import org.eclipse.lsp4j.DiagnosticSeverity;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.WorkspaceEdit;

/// What is wrong, and what would mend it, in the words of the protocol.
final class Findings {
    private Findings() {}

    static org.eclipse.lsp4j.Diagnostic of(Diagnostic found) {
        var diagnostic = new org.eclipse.lsp4j.Diagnostic(
                Positions.range(found.span()),
                found.message(),
                found.isError() ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
                "mw st");
        diagnostic.setCode(found.code());
        List<DiagnosticRelatedInformation> related = new ArrayList<>();
        for (Diagnostic.Related other : found.related()) {
            if (!Analysis.isBuiltIn(other.span())) {
                related.add(new DiagnosticRelatedInformation(Positions.location(other.span()), other.message()));
            }
        }
        diagnostic.setRelatedInformation(related);
        return diagnostic;
    }

    /// The fixes for findings that touch a range of a text.
    static List<CodeAction> fixes(List<Diagnostic> found, String source, int start, int end, String uri) {
        List<CodeAction> fixes = new ArrayList<>();
        for (Diagnostic diagnostic : found) {
            Span span = diagnostic.span().known();
            String suggestion = diagnostic.suggestion();
            boolean touches = span.source().name().equals(source) && span.start() <= end && start <= span.end();
            // A place in XML may be that of a whole element.
            boolean exact = !PlcOpen.isXml(span.source())
                    || span.text().equals(diagnostic.span().text());
            if (touches && exact && suggestion != null) {
                Range range = Positions.range(span);
                var action = new CodeAction("Write " + suggestion);
                action.setKind(CodeActionKind.QuickFix);
                action.setIsPreferred(true);
                action.setDiagnostics(List.of(of(diagnostic)));
                action.setEdit(new WorkspaceEdit(Map.of(uri, List.of(new TextEdit(range, suggestion)))));
                fixes.add(action);
            }
        }
        return fixes;
    }
}
