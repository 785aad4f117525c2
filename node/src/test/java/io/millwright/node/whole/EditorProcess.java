package io.millwright.node.whole;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionParams;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.InitializedParams;
import org.eclipse.lsp4j.MessageActionItem;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.ShowMessageRequestParams;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.TextDocumentItem;
import org.eclipse.lsp4j.VersionedTextDocumentIdentifier;
import org.eclipse.lsp4j.WorkspaceFolder;
import org.eclipse.lsp4j.launch.LSPLauncher;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.lsp4j.services.LanguageServer;

/// An editor with one open text: it starts `mw st lsp` as the extension for Visual Studio Code does, and speaks
/// with it over standard input and output.
final class EditorProcess implements LanguageClient, AutoCloseable {
    private static final long PATIENCE_SECONDS = 240;

    private final BlockingQueue<PublishDiagnosticsParams> told = new LinkedBlockingQueue<>();
    private final Process process;
    private final LanguageServer server;
    private final String uri;
    private int version;

    private EditorProcess(Process process, Path text) {
        this.process = process;
        this.uri = text.toUri().toString();
        var launcher = LSPLauncher.createClientLauncher(this, process.getInputStream(), process.getOutputStream());
        launcher.startListening();
        server = launcher.getRemoteProxy();
    }

    /// Opens a project and a text of it.
    static EditorProcess open(Path project, Path text, String content) throws Exception {
        var process = new ProcessBuilder(MwProcess.command(project, "st", "lsp", "--dialect", "common"))
                .directory(project.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var editor = new EditorProcess(process, text);
        var hello = new InitializeParams();
        hello.setWorkspaceFolders(List.of(new WorkspaceFolder(project.toUri().toString(), "project")));
        editor.server.initialize(hello).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        editor.server.initialized(new InitializedParams());
        editor.server
                .getTextDocumentService()
                .didOpen(new DidOpenTextDocumentParams(new TextDocumentItem(editor.uri, "st", 1, content)));
        return editor;
    }

    /// Types: the text is another one from now on.
    void type(String content) {
        told.clear();
        version++;
        server.getTextDocumentService()
                .didChange(new DidChangeTextDocumentParams(
                        new VersionedTextDocumentIdentifier(uri, version + 1),
                        List.of(new TextDocumentContentChangeEvent(content))));
    }

    /// The mistakes in the text, once there are some, or none.
    List<Diagnostic> underlined(boolean some) throws InterruptedException {
        while (true) {
            PublishDiagnosticsParams next = told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertTrue(next != null, "the server says nothing of " + uri);
            if (next.getUri().equals(uri) && next.getDiagnostics().isEmpty() != some) {
                return next.getDiagnostics();
            }
        }
    }

    /// What is offered at a place of the text.
    List<String> offered(int line, int character) throws Exception {
        var at = new CompletionParams(new TextDocumentIdentifier(uri), new Position(line, character));
        return server
                .getTextDocumentService()
                .completion(at)
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .map(items -> items, list -> list.getItems())
                .stream()
                .map(CompletionItem::getLabel)
                .toList();
    }

    @Override
    public void publishDiagnostics(PublishDiagnosticsParams diagnostics) {
        told.add(diagnostics);
    }

    @Override
    public void telemetryEvent(Object object) {}

    @Override
    public void showMessage(MessageParams message) {}

    @Override
    public CompletableFuture<MessageActionItem> showMessageRequest(ShowMessageRequestParams request) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void logMessage(MessageParams message) {}

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
    }
}
