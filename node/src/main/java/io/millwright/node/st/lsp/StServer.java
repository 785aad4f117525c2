package io.millwright.node.st.lsp;

import io.millwright.iec61131.guideline.Guidelines;
import io.millwright.iec61131.guideline.Rule;
import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.syntax.Dialect;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.CompletionOptions;
import org.eclipse.lsp4j.DidChangeConfigurationParams;
import org.eclipse.lsp4j.DidChangeWatchedFilesParams;
import org.eclipse.lsp4j.FileEvent;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.InitializeResult;
import org.eclipse.lsp4j.InitializedParams;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.Registration;
import org.eclipse.lsp4j.RegistrationParams;
import org.eclipse.lsp4j.ServerCapabilities;
import org.eclipse.lsp4j.ServerInfo;
import org.eclipse.lsp4j.SignatureHelpOptions;
import org.eclipse.lsp4j.SymbolInformation;
import org.eclipse.lsp4j.TextDocumentSyncKind;
import org.eclipse.lsp4j.WorkspaceFolder;
import org.eclipse.lsp4j.WorkspaceSymbol;
import org.eclipse.lsp4j.WorkspaceSymbolParams;
import org.eclipse.lsp4j.jsonrpc.CompletableFutures;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.launch.LSPLauncher;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.lsp4j.services.LanguageServer;
import org.eclipse.lsp4j.services.TextDocumentService;
import org.eclipse.lsp4j.services.WorkspaceService;
import org.jspecify.annotations.Nullable;

/// A language server of Structured Text for one editor.
public final class StServer implements LanguageServer, WorkspaceService {
    /// How long typing must pause before the texts are checked.
    private static final long PAUSE_MILLIS = 25;

    private static final Logger LOG = Logger.getLogger(StServer.class.getName());

    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("st-lsp").factory());
    private final CompletableFuture<Integer> ended = new CompletableFuture<>();
    private final Dialect dialect;
    private final Set<Rule> rules;
    private final Workspace workspace;
    private final Documents documents;
    private final Map<String, List<org.eclipse.lsp4j.Diagnostic>> told = new HashMap<>();
    private @Nullable LanguageClient client;
    private ClientCapabilities editorCan = new ClientCapabilities();
    private @Nullable Future<?> pending;
    private boolean shutDown;

    private StServer(Dialect dialect, Set<Rule> rules) {
        this.dialect = dialect;
        this.rules = Set.copyOf(rules);
        this.workspace = new Workspace(dialect);
        this.documents = new Documents(workspace, worker, this::changed);
    }

    /// Serves an editor until it says goodbye or hangs up.
    ///
    /// @param rules of the coding guidelines, which the texts are held against, too
    /// @return 0 where the editor shut the server down before it left, as the protocol asks for; else 1
    public static int serve(InputStream in, OutputStream out, Dialect dialect, Set<Rule> rules) {
        var server = new StServer(dialect, rules);
        // Never awaited: one of its threads may wait for input that does not come any more.
        ExecutorService readers =
                Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory());
        Launcher<LanguageClient> launcher = LSPLauncher.createServerLauncher(server, in, out, readers, c -> c);
        server.client = launcher.getRemoteProxy();
        Future<Void> listening = launcher.startListening();
        readers.execute(() -> server.endWith(listening));
        int status = server.ended.join();
        readers.shutdownNow();
        server.worker.shutdownNow();
        return status;
    }

    private void endWith(Future<Void> listening) {
        try {
            listening.get();
        } catch (ExecutionException e) {
            LOG.log(Level.FINE, "the editor hung up", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ended.complete(shutDown ? 0 : 1);
    }

    @Override
    public CompletableFuture<InitializeResult> initialize(InitializeParams params) {
        if (params.getCapabilities() != null) {
            editorCan = params.getCapabilities();
        }
        List<WorkspaceFolder> folders = params.getWorkspaceFolders();
        for (WorkspaceFolder folder : folders == null ? List.<WorkspaceFolder>of() : folders) {
            read(folder.getUri());
        }
        var can = new ServerCapabilities();
        can.setTextDocumentSync(TextDocumentSyncKind.Incremental);
        can.setCompletionProvider(new CompletionOptions(
                false,
                Stream.concat(Stream.of(".", "#"), Documents.OPENS.stream()).toList()));
        can.setHoverProvider(true);
        can.setDefinitionProvider(true);
        can.setReferencesProvider(true);
        can.setRenameProvider(true);
        can.setDocumentSymbolProvider(true);
        can.setDocumentFormattingProvider(true);
        can.setCodeActionProvider(true);
        can.setDocumentHighlightProvider(true);
        can.setFoldingRangeProvider(true);
        can.setWorkspaceSymbolProvider(true);
        can.setSignatureHelpProvider(new SignatureHelpOptions(List.of("(", ",")));
        changed();
        return CompletableFuture.completedFuture(new InitializeResult(can, new ServerInfo("mw st lsp")));
    }

    @Override
    public void initialized(InitializedParams params) {
        List<Registration> wanted = XmlDocuments.wanted(editorCan);
        LanguageClient editor = client;
        if (editor != null && !wanted.isEmpty()) {
            var _ = editor.registerCapability(new RegistrationParams(wanted)).whenComplete((_, failure) -> {
                if (failure != null) {
                    LOG.log(Level.WARNING, "the editor does not hand over XML", failure);
                }
            });
        }
    }

    private void read(String uri) {
        try {
            URI folder = URI.create(uri);
            if ("file".equals(folder.getScheme())) {
                workspace.folder(Path.of(folder));
            }
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            LOG.log(Level.WARNING, "the folder cannot be read: " + uri, e);
        }
    }

    private synchronized void changed() {
        if (pending != null) {
            pending.cancel(false);
        }
        if (!worker.isShutdown()) {
            pending = worker.schedule(this::tell, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /// Tells the editor what is wrong now in the texts of which it was told something else, also where nothing is
    /// wrong any more.
    private void tell() {
        LanguageClient editor = client;
        if (editor == null) {
            return;
        }
        Map<String, List<org.eclipse.lsp4j.Diagnostic>> found = new TreeMap<>();
        told.keySet().forEach(uri -> found.put(uri, new ArrayList<>()));
        Analysis now = workspace.analysis();
        for (Diagnostic diagnostic : Guidelines.together(now.trees(), now.checked(), dialect, rules)) {
            if (!Analysis.isBuiltIn(diagnostic.span())) {
                found.computeIfAbsent(diagnostic.span().source().name(), _ -> new ArrayList<>())
                        .add(Findings.of(diagnostic));
            }
        }
        found.forEach((uri, all) -> {
            if (!all.equals(told.put(uri, all))) {
                editor.publishDiagnostics(new PublishDiagnosticsParams(uri, all));
            }
        });
        told.values().removeIf(List::isEmpty);
    }

    @Override
    @SuppressWarnings("VoidUsed") // the protocol asks for the answer null
    public CompletableFuture<Object> shutdown() {
        shutDown = true;
        return CompletableFuture.allOf().thenApply(v -> v);
    }

    @Override
    public void exit() {
        ended.complete(shutDown ? 0 : 1);
    }

    @Override
    public TextDocumentService getTextDocumentService() {
        return documents;
    }

    @Override
    public WorkspaceService getWorkspaceService() {
        return this;
    }

    @Override
    public CompletableFuture<Either<List<? extends SymbolInformation>, List<? extends WorkspaceSymbol>>> symbol(
            WorkspaceSymbolParams params) {
        return CompletableFutures.computeAsync(
                worker, _ -> Either.forRight(Outline.named(workspace.analysis().trees(), params.getQuery())));
    }

    @Override
    public void didChangeConfiguration(DidChangeConfigurationParams params) {
        // There is nothing to configure.
    }

    @Override
    public void didChangeWatchedFiles(DidChangeWatchedFilesParams params) {
        for (FileEvent event : params.getChanges()) {
            try {
                workspace.changedOnDisk(event.getUri());
            } catch (IOException e) {
                LOG.log(Level.WARNING, "the file cannot be read: " + event.getUri(), e);
            }
        }
        changed();
    }
}
