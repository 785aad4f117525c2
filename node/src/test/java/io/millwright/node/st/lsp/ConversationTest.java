package io.millwright.node.st.lsp;

import static io.millwright.node.st.lsp.Editor.answer;
import static io.millwright.node.st.lsp.Editor.position;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.iec61131.guideline.Rule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.CodeActionContext;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionParams;
import org.eclipse.lsp4j.DefinitionParams;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidCloseTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.DocumentFormattingParams;
import org.eclipse.lsp4j.DocumentHighlightParams;
import org.eclipse.lsp4j.DocumentSymbol;
import org.eclipse.lsp4j.DocumentSymbolParams;
import org.eclipse.lsp4j.FoldingRangeRequestParams;
import org.eclipse.lsp4j.FormattingOptions;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.ReferenceContext;
import org.eclipse.lsp4j.ReferenceParams;
import org.eclipse.lsp4j.RenameParams;
import org.eclipse.lsp4j.SignatureHelpParams;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.TextDocumentItem;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.VersionedTextDocumentIdentifier;
import org.eclipse.lsp4j.WorkspaceSymbolParams;
import org.eclipse.lsp4j.services.LanguageServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What an editor asks, and what it is told.
class ConversationTest {
    private static final String PUMP = """
        (* Moves water. *)
        FUNCTION_BLOCK Pump
        VAR_INPUT
            speed : REAL; // in rpm
        END_VAR
        VAR_OUTPUT
            flow : REAL;
        END_VAR
        flow := speed * 0.5;
        END_FUNCTION_BLOCK
        """;
    private static final String MAIN = """
        PROGRAM main
        VAR
            pump : Pump;
            total : REAL;
        END_VAR
        pump(speed := 100.0);
        total := total + pump.flow;
        END_PROGRAM
        """;

    @TempDir
    private Path folder;

    private Editor editor;
    private LanguageServer server;
    private String main;

    @BeforeEach
    void open() throws Exception {
        Files.writeString(folder.resolve("pump.st"), PUMP);
        main = folder.resolve("main.st").toUri().toString();
        editor = new Editor(folder, new ClientCapabilities(), Set.of(Rule.CP24));
        server = editor.server();
        editor.open(main, "st", MAIN);
    }

    @AfterEach
    void close() throws Exception {
        editor.close();
    }

    private TextDocumentIdentifier document() {
        return new TextDocumentIdentifier(main);
    }

    /// Where a piece of the main text begins.
    private static Position at(String piece) {
        return Editor.at(MAIN, piece);
    }

    private void type(Range range, String text) {
        var change = new TextDocumentContentChangeEvent(text);
        change.setRange(range);
        server.getTextDocumentService()
                .didChange(
                        new DidChangeTextDocumentParams(new VersionedTextDocumentIdentifier(main, 2), List.of(change)));
    }

    private void replace(String piece, String with) {
        int start = MAIN.indexOf(piece);
        type(new Range(position(MAIN, start), position(MAIN, start + piece.length())), with);
    }

    private List<Diagnostic> diagnosticsOfMain(boolean some) throws Exception {
        return editor.told(main, some);
    }

    private List<String> completions(Position position) throws Exception {
        return answer(server.getTextDocumentService().completion(new CompletionParams(document(), position)))
                .getLeft()
                .stream()
                .map(CompletionItem::getLabel)
                .toList();
    }

    @Test
    void aMistakeIsToldWhileTypingAndMendedByItsFix() throws Exception {
        replace("pump.flow", "pump.flwo");
        Diagnostic found = diagnosticsOfMain(true).getFirst();
        assertEquals("E212", found.getCode().getLeft());
        assertEquals(at("flow;"), found.getRange().getStart());

        var params = new CodeActionParams(document(), found.getRange(), new CodeActionContext(List.of(found)));
        var fix = answer(server.getTextDocumentService().codeAction(params))
                .getFirst()
                .getRight();
        TextEdit edit = fix.getEdit().getChanges().get(main).getFirst();
        assertEquals("flow", edit.getNewText());

        type(edit.getRange(), edit.getNewText());
        assertEquals(List.of(), diagnosticsOfMain(false));
    }

    private static final String WITH_CONTROLLER = """
            total : REAL;
            controller : PID;
            hand, position : LREAL;
        END_VAR
        controller(PV := total, MAN := hand);
        position := controller.%s;
        """;

    /// A program is run with the library of process control where it needs it, and edited so.
    @Test
    void theLibraryOfProcessControlIsKnown() throws Exception {
        replace("    total : REAL;\nEND_VAR\n", WITH_CONTROLLER.formatted("OTU"));
        List<Diagnostic> found = diagnosticsOfMain(true);
        assertEquals(
                List.of("E212"), found.stream().map(d -> d.getCode().getLeft()).toList());
        type(found.getFirst().getRange(), "OUT");
        assertEquals(List.of(), diagnosticsOfMain(false));
    }

    /// Who has a PID of their own gets no second one for the sake of another block.
    @Test
    void theLibraryStaysAwayWhereATextHasOneOfItsNames() throws Exception {
        replace(
                "PROGRAM main\nVAR\n",
                "FUNCTION_BLOCK PID VAR_INPUT x : REAL; END_VAR END_FUNCTION_BLOCK\n"
                        + "PROGRAM main\nVAR\n own : PID; other : RELAY_AUTOTUNE;\n");
        List<Diagnostic> found = diagnosticsOfMain(true);
        assertEquals(
                List.of("E202"),
                found.stream()
                        .filter(d -> d.getCode().getLeft().startsWith("E"))
                        .map(d -> d.getCode().getLeft())
                        .toList());
        assertTrue(found.stream().anyMatch(d -> d.getMessage().contains("RELAY_AUTOTUNE")), found::toString);
    }

    /// A text of a library with findings of its own is told of once, not after each keystroke elsewhere.
    @Test
    void whatHasNotChangedIsNotToldAgain() throws Exception {
        String other = folder.resolve("other.st").toUri().toString();
        var text = "FUNCTION Half : REAL\nHalf := nothing;\nEND_FUNCTION\n";
        server.getTextDocumentService()
                .didOpen(new DidOpenTextDocumentParams(new TextDocumentItem(other, "st", 1, text)));
        assertEquals(other, editor.nextTold().getUri());
        replace("total + ", "total + missing + ");
        assertEquals(main, editor.nextTold().getUri());
        server.getTextDocumentService().didClose(new DidCloseTextDocumentParams(document()));
        assertEquals(main, editor.nextTold().getUri());
        server.getTextDocumentService().didClose(new DidCloseTextDocumentParams(new TextDocumentIdentifier(other)));
        assertEquals(new PublishDiagnosticsParams(other, List.of()), editor.nextTold());
    }

    @Test
    void aRuleOfTheGuidelinesIsToldWhereItIsHeld() throws Exception {
        replace("total : REAL;", "total : REAL; idle : BOOL;");
        Diagnostic found = diagnosticsOfMain(true).getFirst();
        assertEquals("CP24", found.getCode().getLeft());
        assertTrue(found.getMessage().contains("idle"), found::toString);
    }

    @Test
    void eachFormOfAFunctionIsKnownWhereItIsDeclared() throws Exception {
        replace("PROGRAM main", """
                FUNCTION half : INT VAR_INPUT x : INT; END_VAR END_FUNCTION
                FUNCTION half : REAL VAR_INPUT x : REAL; END_VAR END_FUNCTION
                PROGRAM main""");
        for (int line = 0; line < 2; line++) {
            var params = new HoverParams(document(), new Position(line, "FUNCTION ".length()));
            String text = answer(server.getTextDocumentService().hover(params))
                    .getContents()
                    .getRight()
                    .getValue();
            assertTrue(text.contains("FUNCTION half : " + (line == 0 ? "INT" : "REAL")), text);
        }
    }

    @Test
    void aDotOffersTheMembersOfWhatStandsBeforeIt() throws Exception {
        replace("pump.flow;", "pump.");
        Position behindDot = position(MAIN, MAIN.indexOf("pump.flow") + 5);
        assertEquals(List.of("speed", "flow"), completions(behindDot));
    }

    @Test
    void whatAMemberIsStandsBesideItsName() throws Exception {
        replace("pump.flow;", "pump.");
        var behindDot = position(MAIN, MAIN.indexOf("pump.flow") + 5);
        var offered = answer(server.getTextDocumentService().completion(new CompletionParams(document(), behindDot)));
        assertEquals("REAL", offered.getLeft().getFirst().getLabelDetails().getDescription());
    }

    /// 6.6.5.3: what a block keeps to itself is not offered elsewhere but in a TEST; what the checker takes besides the
    /// parameters comes behind them.
    @Test
    void whatABlockKeepsToItselfIsNotOfferedOutside() throws Exception {
        String vat = """
                FUNCTION_BLOCK Vat
                VAR a_inner : INT; END_VAR
                VAR PRIVATE mine : INT; END_VAR
                VAR PROTECTED ours : INT; END_VAR
                VAR_INPUT add : INT; END_VAR
                METHOD PUBLIC Fill : INT END_METHOD
                METHOD PRIVATE Own : INT END_METHOD
                END_FUNCTION_BLOCK
                TEST 'all of it'
                VAR w : Vat; END_VAR
                w.a
                END_TEST
                PROGRAM other
                VAR v : Vat; END_VAR
                v.a
                END_PROGRAM
                """;
        type(new Range(new Position(0, 0), position(MAIN, MAIN.length())), vat);
        Position outside = position(vat, vat.indexOf("v.a\n") + 2);
        var offered = answer(server.getTextDocumentService().completion(new CompletionParams(document(), outside)))
                .getLeft();
        assertEquals(
                List.of("a_inner", "add", "Fill"),
                offered.stream().map(CompletionItem::getLabel).toList());
        assertEquals("~a_inner", offered.getFirst().getSortText());
        assertNull(offered.get(1).getSortText());

        Position inTest = position(vat, vat.indexOf("w.a") + 2);
        assertEquals(List.of("a_inner", "mine", "ours", "add", "Fill", "Own"), completions(inTest));
    }

    /// 6.6.5.5.3 and 6.6.5.5.4: the own instance, and the same seen as its base, without what the base keeps to itself.
    @ParameterizedTest
    @CsvSource({
        "THIS.,  level Fill base ours Empty",
        "THIS^., level Fill base ours Empty",
        "super., base ours Empty Fill",
        "SUPER^., base ours Empty Fill",
        "x := 2 * THIS., level Fill base ours Empty",
        "x := ABS(SUPER^., base ours Empty Fill"
    })
    void theOwnInstanceAndItsBaseOfferTheirMembers(String written, String members) throws Exception {
        String text = """
                FUNCTION_BLOCK Vat
                VAR PUBLIC base : INT; END_VAR
                VAR PRIVATE mine : INT; END_VAR
                VAR PROTECTED ours : INT; END_VAR
                METHOD PUBLIC Empty : INT END_METHOD
                METHOD PUBLIC Fill : INT END_METHOD
                METHOD PRIVATE Own : INT END_METHOD
                END_FUNCTION_BLOCK
                FUNCTION_BLOCK Tank EXTENDS Vat
                VAR PRIVATE level : INT; END_VAR
                METHOD PUBLIC OVERRIDE Fill : INT
                VAR x : INT; END_VAR
                %s
                END_METHOD
                END_FUNCTION_BLOCK
                PROGRAM other
                THIS.
                END_PROGRAM
                """.formatted(written);
        type(new Range(new Position(0, 0), position(MAIN, MAIN.length())), text);
        List<String> offered = completions(position(text, text.indexOf(written + "\n") + written.length()));
        assertEquals(Set.of(members.split(" ")), Set.copyOf(offered));
        assertEquals(offered.size(), Set.copyOf(offered).size());
    }

    /// Within a call what stands behind the dot goes on, or is not written yet.
    @ParameterizedTest
    @ValueSource(strings = {"100.0", "100.0);"})
    void aDotWithinACallOffersThemToo(String argument) throws Exception {
        Position behindDot = position(MAIN, MAIN.indexOf(argument) + "pump.".length());
        replace(argument, "pump.");
        assertEquals(List.of("speed", "flow"), completions(behindDot));
    }

    @Test
    void elsewhereTheNamesThatAreSeenAreOffered() throws Exception {
        List<String> offered = completions(at("total := "));
        assertTrue(offered.containsAll(List.of("pump", "total", "main", "TON", "SQRT", "IF")), offered.toString());
        assertTrue(offered.stream().noneMatch(n -> n.startsWith("~")), offered.toString());
    }

    @Test
    void hoveringShowsTypeAndComment() throws Exception {
        var service = server.getTextDocumentService();
        String pump = answer(service.hover(new HoverParams(document(), at("Pump;"))))
                .getContents()
                .getRight()
                .getValue();
        assertTrue(pump.contains("FUNCTION_BLOCK Pump") && pump.contains("Moves water."), pump);
        String speed = answer(service.hover(new HoverParams(document(), at("speed :="))))
                .getContents()
                .getRight()
                .getValue();
        assertTrue(speed.contains("VAR_INPUT speed : REAL") && speed.contains("in rpm"), speed);
    }

    @Test
    void theDefinitionLiesInAnotherFile() throws Exception {
        List<? extends Location> found = answer(
                        server.getTextDocumentService().definition(new DefinitionParams(document(), at("flow;"))))
                .getLeft();
        Location location = found.getFirst();
        assertEquals(folder.resolve("pump.st").toUri().toString(), location.getUri());
        assertEquals(
                position(PUMP, PUMP.indexOf("flow : REAL")), location.getRange().getStart());
    }

    @Test
    void referencesAreFoundInAllFiles() throws Exception {
        var params = new ReferenceParams(document(), at("flow;"), new ReferenceContext(true));
        List<? extends Location> found = answer(server.getTextDocumentService().references(params));
        Map<String, Long> byFile = found.stream()
                .collect(Collectors.groupingBy(
                        l -> l.getUri().substring(l.getUri().lastIndexOf('/') + 1), Collectors.counting()));
        assertEquals(Map.of("pump.st", 2L, "main.st", 1L), byFile);
    }

    @Test
    void renamingChangesAllFilesAndRefusesWhatIsNoName() throws Exception {
        var service = server.getTextDocumentService();
        var edit = answer(service.rename(new RenameParams(document(), at("speed :="), "rpm")));
        String pump = folder.resolve("pump.st").toUri().toString();
        assertEquals(2, edit.getChanges().get(pump).size());
        assertEquals(1, edit.getChanges().get(main).size());
        var refused = assertThrows(
                ExecutionException.class,
                () -> answer(service.rename(new RenameParams(document(), at("speed :="), "two words"))));
        assertTrue(refused.getMessage().contains("two words is no name"), refused.getMessage());
        assertThrows(
                ExecutionException.class,
                () -> answer(service.rename(new RenameParams(document(), at("speed :="), "END_IF"))));
    }

    @Test
    void theOutlineNamesUnitsWithTheirVariables() throws Exception {
        DocumentSymbol unit = answer(
                        server.getTextDocumentService().documentSymbol(new DocumentSymbolParams(document())))
                .getFirst()
                .getRight();
        assertEquals("main", unit.getName());
        assertEquals(
                List.of("pump", "total"),
                unit.getChildren().stream().map(DocumentSymbol::getName).toList());
    }

    @Test
    void layoutIndentsBodies() throws Exception {
        var params = new DocumentFormattingParams(document(), new FormattingOptions(4, true));
        TextEdit edit =
                answer(server.getTextDocumentService().formatting(params)).getFirst();
        assertEquals(new Position(0, 0), edit.getRange().getStart());
        assertTrue(edit.getNewText().contains("\n    total := total + pump.flow;\n"), edit.getNewText());
    }

    /// What is closed without being saved counts as it is on disk: here, not at all.
    @Test
    void aClosedTextIsForgotten() throws Exception {
        replace("total + ", "total + missing + ");
        assertEquals("E201", diagnosticsOfMain(true).getFirst().getCode().getLeft());
        server.getTextDocumentService().didClose(new DidCloseTextDocumentParams(document()));
        assertEquals(List.of(), diagnosticsOfMain(false));
        assertEquals(
                List.of(),
                answer(server.getTextDocumentService().documentSymbol(new DocumentSymbolParams(document()))));
    }

    @Test
    void anEnumerationIsRenamedWhereItIsDeclaredToo() throws Exception {
        replace("END_PROGRAM", "END_PROGRAM TYPE Mode : (off, running); END_TYPE");
        replace("total : REAL;", "mode : Mode; total : REAL;");
        Position use = at("total : REAL;");
        use.setCharacter(use.getCharacter() + "mode : ".length());
        var service = server.getTextDocumentService();
        var edits = answer(service.rename(new RenameParams(document(), use, "State")))
                .getChanges()
                .get(main);
        Position declared = at("END_PROGRAM");
        declared.setCharacter("END_PROGRAM TYPE ".length());
        assertEquals(
                List.of(use, declared),
                edits.stream().map(e -> e.getRange().getStart()).toList());
        assertEquals(
                edits,
                answer(service.rename(new RenameParams(document(), declared, "State")))
                        .getChanges()
                        .get(main));
    }

    /// Alone, behind its type, in a label, and in other letters.
    @Test
    void aValueOfAnEnumerationIsFoundAndRenamed() throws Exception {
        String text = """
                TYPE Mode : (off, running := 5) := off; END_TYPE
                FUNCTION_BLOCK Motor VAR now : Mode := running; END_VAR
                CASE now OF running: now := Mode#off; END_CASE
                IF now = Mode.running THEN now := RUNNING; END_IF
                END_FUNCTION_BLOCK
                """;
        var motor =
                new TextDocumentIdentifier(folder.resolve("motor.st").toUri().toString());
        var service = server.getTextDocumentService();
        service.didOpen(new DidOpenTextDocumentParams(new TextDocumentItem(motor.getUri(), "st", 1, text)));
        Position label = position(text, text.indexOf("running:"));
        Position declared = position(text, text.indexOf("running"));
        for (Position place : List.of(label, declared)) {
            var edits = answer(service.rename(new RenameParams(motor, place, "turning")))
                    .getChanges()
                    .get(motor.getUri());
            assertEquals(5, edits.size(), edits.toString());
        }
        var hover = answer(service.hover(new HoverParams(motor, label)));
        assertTrue(hover.getContents().getRight().getValue().contains("Mode#running := 5"), hover.toString());
        var found = answer(service.definition(new DefinitionParams(motor, label)));
        assertEquals(declared, found.getLeft().getFirst().getRange().getStart());
        assertThrows(ExecutionException.class, () -> answer(service.rename(new RenameParams(motor, label, "off"))));
    }

    @Test
    void nothingIsToldOfATextThatNobodyKnows() throws Exception {
        var unknown = new TextDocumentIdentifier("file:///nowhere/nothing.st");
        var hover = answer(server.getTextDocumentService().hover(new HoverParams(unknown, new Position(3, 4))));
        assertEquals("", hover.getContents().getRight().getValue());
    }

    /// A name that something else has already would be taken for that.
    @Test
    void aRenameThatWouldChangeTheMeaningIsRefused() {
        var rename = new RenameParams(document(), at("total :"), "PUMP");
        var refused = assertThrows(
                ExecutionException.class,
                () -> answer(server.getTextDocumentService().rename(rename)));
        assertTrue(refused.getMessage().contains("PUMP would not mean the same everywhere"), refused.getMessage());
    }

    @Test
    void whatACallTakesIsTold() throws Exception {
        var asked = new SignatureHelpParams(document(), at("100.0"));
        var help = answer(server.getTextDocumentService().signatureHelp(asked));
        assertEquals(
                "Pump(speed : REAL, flow => REAL)",
                help.getSignatures().getFirst().getLabel());
    }

    @Test
    void blocksAndUsesAreFound() throws Exception {
        var folds = answer(server.getTextDocumentService().foldingRange(new FoldingRangeRequestParams(document())));
        assertEquals(
                List.of("0-7", "1-4"),
                folds.stream()
                        .map(f -> f.getStartLine() + "-" + f.getEndLine())
                        .sorted()
                        .toList());
        var highlights = answer(server.getTextDocumentService()
                .documentHighlight(new DocumentHighlightParams(document(), at("pump :"))));
        assertEquals(3, highlights.size());
        var symbols = answer(server.getWorkspaceService().symbol(new WorkspaceSymbolParams("pum")))
                .getRight();
        assertEquals("Pump", symbols.getFirst().getName());
    }

    /// Characters outside the basic plane are two units of UTF-16 (position encoding of the protocol).
    @Test
    void placesBehindAnEmojiAreRight() throws Exception {
        type(new Range(at("pump("), at("pump(")), "(* \uD83D\uDE80 *) nothing := 1; ");
        Diagnostic unknown = diagnosticsOfMain(true).getFirst();
        assertEquals(new Range(new Position(5, 9), new Position(5, 16)), unknown.getRange());
    }
}
