package io.millwright.node.st.lsp;

import io.millwright.iec61131.check.TestWord;
import io.millwright.iec61131.format.Formatter;
import io.millwright.iec61131.library.StandardFunction;
import io.millwright.iec61131.library.StandardFunctions;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.SyntaxTree;
import io.millwright.iec61131.xml.PlcOpen;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.Command;
import org.eclipse.lsp4j.CompletionContext;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionList;
import org.eclipse.lsp4j.CompletionParams;
import org.eclipse.lsp4j.DefinitionParams;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidCloseTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.DidSaveTextDocumentParams;
import org.eclipse.lsp4j.DocumentFormattingParams;
import org.eclipse.lsp4j.DocumentHighlight;
import org.eclipse.lsp4j.DocumentHighlightParams;
import org.eclipse.lsp4j.DocumentSymbol;
import org.eclipse.lsp4j.DocumentSymbolParams;
import org.eclipse.lsp4j.FoldingRange;
import org.eclipse.lsp4j.FoldingRangeRequestParams;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.LocationLink;
import org.eclipse.lsp4j.MarkupContent;
import org.eclipse.lsp4j.MarkupKind;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.ReferenceParams;
import org.eclipse.lsp4j.RenameParams;
import org.eclipse.lsp4j.SignatureHelp;
import org.eclipse.lsp4j.SignatureHelpParams;
import org.eclipse.lsp4j.SymbolInformation;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.eclipse.lsp4j.TextDocumentPositionParams;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.WorkspaceEdit;
import org.eclipse.lsp4j.jsonrpc.CompletableFutures;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.services.TextDocumentService;
import org.jspecify.annotations.Nullable;

/// What the protocol calls `textDocument/…`. Edits are taken at once, in the order in which they come;
/// questions are answered by the worker.
final class Documents implements TextDocumentService {
    private final Workspace workspace;
    private final Executor worker;
    private static final Hover NOTHING = new Hover(new MarkupContent(MarkupKind.PLAINTEXT, ""));

    /// Characters behind which a list opens by itself, of nothing but what is asked for at the place.
    static final List<String> OPENS = List.of("(", " ");

    private final Runnable changed;

    /// @param changed is told that the texts are others now
    Documents(Workspace workspace, Executor worker, Runnable changed) {
        this.workspace = workspace;
        this.worker = worker;
        this.changed = changed;
    }

    @Override
    public void didOpen(DidOpenTextDocumentParams params) {
        workspace.edit(
                params.getTextDocument().getUri(), params.getTextDocument().getText());
        changed.run();
    }

    @Override
    public void didChange(DidChangeTextDocumentParams params) {
        String uri = params.getTextDocument().getUri();
        for (TextDocumentContentChangeEvent change : params.getContentChanges()) {
            Source source = workspace.source(uri);
            Range range = change.getRange();
            if (range == null || source == null) {
                workspace.edit(uri, change.getText());
            } else {
                int start = Positions.offset(source, range.getStart());
                int end = Math.max(start, Positions.offset(source, range.getEnd()));
                String text = source.text();
                workspace.edit(uri, text.substring(0, start) + change.getText() + text.substring(end));
            }
        }
        changed.run();
    }

    @Override
    public void didClose(DidCloseTextDocumentParams params) {
        workspace.close(params.getTextDocument().getUri());
        changed.run();
    }

    @Override
    public void didSave(DidSaveTextDocumentParams params) {
        // The editor's text is known already.
    }

    /// A question about a place in a text; the empty answer where the text is not known.
    private <T extends @Nullable Object> CompletableFuture<T> asked(
            TextDocumentPositionParams at, T none, BiFunction<Source, Integer, T> answer) {
        return asked(at.getTextDocument().getUri(), none, s -> answer.apply(s, Positions.offset(s, at.getPosition())));
    }

    private <T extends @Nullable Object> CompletableFuture<T> asked(String uri, T none, Function<Source, T> answer) {
        return CompletableFutures.computeAsync(worker, cancelled -> {
            cancelled.checkCanceled();
            Source source = workspace.source(uri);
            return source == null ? none : answer.apply(source);
        });
    }

    /// A question about how a text is written, which none in XML is asked.
    private <T> CompletableFuture<T> written(String uri, T none, Function<Source, T> answer) {
        return asked(uri, none, s -> PlcOpen.isXml(s) ? none : answer.apply(s));
    }

    private <T> CompletableFuture<T> written(
            TextDocumentPositionParams at, T none, BiFunction<Source, Integer, T> answer) {
        String uri = at.getTextDocument().getUri();
        return written(uri, none, s -> answer.apply(s, Positions.offset(s, at.getPosition())));
    }

    @Override
    public CompletableFuture<Either<List<CompletionItem>, CompletionList>> completion(CompletionParams params) {
        CompletionContext context = params.getContext();
        boolean opened = context != null && OPENS.contains(String.valueOf(context.getTriggerCharacter()));
        return written(params, Either.forLeft(List.of()), (source, offset) -> {
            List<CompletionItem> found = Completions.at(workspace, source, offset, opened);
            // The next letter asks anew, for every name.
            return opened ? Either.forRight(new CompletionList(true, found)) : Either.forLeft(found);
        });
    }

    @Override
    public CompletableFuture<Hover> hover(HoverParams params) {
        return asked(params, NOTHING, this::hover);
    }

    private Hover hover(Source source, int offset) {
        Analysis analysis = workspace.analysis();
        Analysis.Found found = analysis.at(source.name(), offset);
        if (found == null) {
            return standard(source, offset);
        }
        Span declared = Analysis.declared(found.target());
        String comment = declared == null ? "" : new Documentation(analysis.trees()).of(declared);
        return hover(Descriptions.of(found.target()), comment);
    }

    private static Hover hover(String code, String comment) {
        return new Hover(new MarkupContent(MarkupKind.MARKDOWN, "```st\n" + code + "\n```\n" + comment));
    }

    private static Hover standard(Source source, int offset) {
        String text = source.text();
        int end = offset;
        while (end < text.length() && Completions.isPartOfName(text.charAt(end))) {
            end++;
        }
        String name = text.substring(Completions.wordStart(text, offset), end).toUpperCase(Locale.ROOT);
        StandardFunction function = StandardFunctions.find(name);
        TestWord word = TestWord.find(name);
        return function != null
                ? hover(Descriptions.of(function), "Standard function")
                : word != null ? hover(word.form(), "In a test: " + word.meaning()) : NOTHING;
    }

    @Override
    public CompletableFuture<Either<List<? extends Location>, List<? extends LocationLink>>> definition(
            DefinitionParams params) {
        return asked(params, Either.forLeft(List.of()), (source, offset) -> {
            Span declared = declared(source, offset);
            return Either.forLeft(declared == null ? List.of() : List.of(Positions.location(declared)));
        });
    }

    /// Where the name at a place is declared, if that is in a text that can be shown.
    private @Nullable Span declared(Source source, int offset) {
        Analysis.Found found = workspace.analysis().at(source.name(), offset);
        Span declared = found == null ? null : Analysis.declared(found.target());
        return declared == null || Analysis.isBuiltIn(declared) ? null : declared;
    }

    @Override
    public CompletableFuture<List<? extends Location>> references(ReferenceParams params) {
        return asked(params, List.of(), (source, offset) -> {
            Analysis analysis = workspace.analysis();
            Analysis.Found found = analysis.at(source.name(), offset);
            Span declared = found == null ? null : Analysis.declared(found.target());
            return declared == null
                    ? List.of()
                    : analysis.references(declared, params.getContext().isIncludeDeclaration()).stream()
                            .map(Positions::location)
                            .toList();
        });
    }

    @Override
    public CompletableFuture<WorkspaceEdit> rename(RenameParams params) {
        return asked(
                params,
                new WorkspaceEdit(),
                (source, offset) -> new Renames(workspace).of(source, offset, params.getNewName()));
    }

    @Override
    public CompletableFuture<List<? extends DocumentHighlight>> documentHighlight(DocumentHighlightParams params) {
        return asked(params, List.of(), (source, offset) -> {
            Analysis analysis = workspace.analysis();
            Analysis.Found found = analysis.at(source.name(), offset);
            Span declared = found == null ? null : Analysis.declared(found.target());
            return declared == null
                    ? List.of()
                    : analysis.references(declared, true).stream()
                            .filter(s -> s.source().name().equals(source.name()))
                            .map(s -> new DocumentHighlight(Positions.range(s)))
                            .toList();
        });
    }

    @Override
    public CompletableFuture<SignatureHelp> signatureHelp(SignatureHelpParams params) {
        return written(params, new SignatureHelp(), (source, offset) -> SignatureHelps.at(workspace, source, offset));
    }

    @Override
    public CompletableFuture<List<FoldingRange>> foldingRange(FoldingRangeRequestParams params) {
        return written(params.getTextDocument().getUri(), List.of(), Folds::of);
    }

    @Override
    public CompletableFuture<List<Either<SymbolInformation, DocumentSymbol>>> documentSymbol(
            DocumentSymbolParams params) {
        return asked(params.getTextDocument().getUri(), List.of(), source -> {
            List<Either<SymbolInformation, DocumentSymbol>> all = new ArrayList<>();
            for (SyntaxTree tree : workspace.analysis().trees(source.name())) {
                Outline.of(tree).forEach(s -> all.add(Either.forRight(s)));
            }
            return all;
        });
    }

    @Override
    public CompletableFuture<List<? extends TextEdit>> formatting(DocumentFormattingParams params) {
        return written(params.getTextDocument().getUri(), List.of(), source -> {
            String formatted = Formatter.format(source);
            Range whole = Positions.range(source.span(0, source.text().length()));
            return formatted.equals(source.text()) ? List.of() : List.of(new TextEdit(whole, formatted));
        });
    }

    @Override
    public CompletableFuture<List<Either<Command, CodeAction>>> codeAction(CodeActionParams params) {
        String uri = params.getTextDocument().getUri();
        return asked(uri, List.of(), source -> {
            int start = Positions.offset(source, params.getRange().getStart());
            int end = Positions.offset(source, params.getRange().getEnd());
            List<Either<Command, CodeAction>> all = new ArrayList<>();
            Findings.fixes(workspace.analysis().checked().diagnostics(), source.name(), start, end, uri)
                    .forEach(f -> all.add(Either.forRight(f)));
            return all;
        });
    }
}
