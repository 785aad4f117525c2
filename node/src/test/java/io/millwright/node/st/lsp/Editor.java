package io.millwright.node.st.lsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.millwright.iec61131.guideline.Rule;
import io.millwright.iec61131.syntax.Dialect;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.InitializedParams;
import org.eclipse.lsp4j.MessageActionItem;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.Registration;
import org.eclipse.lsp4j.RegistrationParams;
import org.eclipse.lsp4j.ShowMessageRequestParams;
import org.eclipse.lsp4j.TextDocumentItem;
import org.eclipse.lsp4j.WorkspaceFolder;
import org.eclipse.lsp4j.launch.LSPLauncher;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.lsp4j.services.LanguageServer;

/// A client of the protocol that speaks with the server over pipes, byte for byte as an editor does.
final class Editor implements LanguageClient {
    private final BlockingQueue<PublishDiagnosticsParams> told = new LinkedBlockingQueue<>();
    private final List<Registration> registered = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Integer> status;
    private final LanguageServer server;

    /// Opens a folder.
    ///
    /// @param can what the server is told that the editor can do
    Editor(Path folder, ClientCapabilities can, Set<Rule> rules) throws Exception {
        var toServer = new PipedOutputStream();
        var toClient = new PipedOutputStream();
        var serverIn = new PipedInputStream(toServer, 1 << 16);
        var clientIn = new PipedInputStream(toClient, 1 << 16);
        status = CompletableFuture.supplyAsync(
                () -> StServer.serve(serverIn, toClient, Dialect.COMMON, rules),
                r -> Thread.ofPlatform().daemon().start(r));
        var launcher = LSPLauncher.createClientLauncher(this, clientIn, toServer);
        var _ = launcher.startListening();
        server = launcher.getRemoteProxy();
        var params = new InitializeParams();
        params.setCapabilities(can);
        params.setWorkspaceFolders(List.of(new WorkspaceFolder(folder.toUri().toString(), "test")));
        answer(server.initialize(params));
        server.initialized(new InitializedParams());
    }

    LanguageServer server() {
        return server;
    }

    /// What the server has asked to be told of, as the methods of the protocol.
    List<String> registered() {
        return registered.stream().map(Registration::getMethod).toList();
    }

    static <T> T answer(CompletableFuture<T> future) throws Exception {
        return future.get(30, TimeUnit.SECONDS);
    }

    /// Where a piece of a text begins.
    static Position at(String text, String piece) {
        return position(text, text.indexOf(piece));
    }

    static Position position(String text, int offset) {
        String before = text.substring(0, offset);
        int line = (int) before.chars().filter(c -> c == '\n').count();
        return new Position(line, offset - before.lastIndexOf('\n') - 1);
    }

    void open(String uri, String language, String text) {
        server.getTextDocumentService()
                .didOpen(new DidOpenTextDocumentParams(new TextDocumentItem(uri, language, 1, text)));
    }

    /// What the editor is told next.
    PublishDiagnosticsParams nextTold() throws InterruptedException {
        PublishDiagnosticsParams next = told.poll(30, TimeUnit.SECONDS);
        assertNotNull(next, "diagnostics come");
        return next;
    }

    /// What is next told of a text: something, or that there is nothing any more.
    List<Diagnostic> told(String uri, boolean some) throws InterruptedException {
        while (true) {
            PublishDiagnosticsParams next = nextTold();
            if (next.getUri().equals(uri) && next.getDiagnostics().isEmpty() != some) {
                return next.getDiagnostics();
            }
        }
    }

    /// Says goodbye.
    void close() throws Exception {
        answer(server.shutdown());
        server.exit();
        assertEquals(0, answer(status));
    }

    @Override
    public CompletableFuture<Void> registerCapability(RegistrationParams params) {
        registered.addAll(params.getRegistrations());
        return CompletableFuture.completedFuture(null);
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
        return new CompletableFuture<>();
    }

    @Override
    public void logMessage(MessageParams message) {}
}
