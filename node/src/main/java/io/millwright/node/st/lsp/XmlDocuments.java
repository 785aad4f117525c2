package io.millwright.node.st.lsp;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.DidChangeWatchedFilesRegistrationOptions;
import org.eclipse.lsp4j.DocumentFilter;
import org.eclipse.lsp4j.DynamicRegistrationCapabilities;
import org.eclipse.lsp4j.FileSystemWatcher;
import org.eclipse.lsp4j.Registration;
import org.eclipse.lsp4j.TextDocumentChangeRegistrationOptions;
import org.eclipse.lsp4j.TextDocumentClientCapabilities;
import org.eclipse.lsp4j.TextDocumentRegistrationOptions;
import org.eclipse.lsp4j.TextDocumentSyncKind;
import org.eclipse.lsp4j.WorkspaceClientCapabilities;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.jspecify.annotations.Nullable;

/// What a server asks an editor for about projects in XML: their text, and questions that it can answer there.
/// Layout and completion of XML are left to others.
final class XmlDocuments {
    private static final String WATCHED = "workspace/didChangeWatchedFiles";

    private XmlDocuments() {}

    /// What the editor lets a server ask for at run time.
    static List<Registration> wanted(ClientCapabilities can) {
        List<Registration> all = new ArrayList<>();
        TextDocumentClientCapabilities text = can.getTextDocument();
        if (text != null) {
            var filter = new DocumentFilter();
            filter.setLanguage("xml");
            var xml = new TextDocumentRegistrationOptions(List.of(filter));
            if (isDynamic(text.getSynchronization())) {
                var change = new TextDocumentChangeRegistrationOptions(TextDocumentSyncKind.Incremental);
                change.setDocumentSelector(List.of(filter));
                all.add(registration("textDocument/didOpen", xml));
                all.add(registration("textDocument/didChange", change));
                all.add(registration("textDocument/didClose", xml));
            }
            add(all, "textDocument/hover", text.getHover(), xml);
            add(all, "textDocument/definition", text.getDefinition(), xml);
            add(all, "textDocument/references", text.getReferences(), xml);
        }
        WorkspaceClientCapabilities workspace = can.getWorkspace();
        if (workspace != null && isDynamic(workspace.getDidChangeWatchedFiles())) {
            var watcher = new FileSystemWatcher(Either.forLeft("**/*.{xml,XML}"));
            all.add(registration(WATCHED, new DidChangeWatchedFilesRegistrationOptions(List.of(watcher))));
        }
        return all;
    }

    private static void add(
            List<Registration> all, String method, @Nullable DynamicRegistrationCapabilities can, Object options) {
        if (isDynamic(can)) {
            all.add(registration(method, options));
        }
    }

    private static boolean isDynamic(@Nullable DynamicRegistrationCapabilities can) {
        return can != null && Boolean.TRUE.equals(can.getDynamicRegistration());
    }

    private static Registration registration(String method, Object options) {
        return new Registration("xml " + method, method, options);
    }
}
