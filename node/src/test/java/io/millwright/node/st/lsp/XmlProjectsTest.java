package io.millwright.node.st.lsp;

import static io.millwright.node.st.lsp.Editor.answer;
import static io.millwright.node.st.lsp.Editor.at;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.iec61131.syntax.Dialect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionParams;
import org.eclipse.lsp4j.DefinitionParams;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidChangeWatchedFilesCapabilities;
import org.eclipse.lsp4j.DidChangeWatchedFilesParams;
import org.eclipse.lsp4j.DidCloseTextDocumentParams;
import org.eclipse.lsp4j.DocumentFormattingParams;
import org.eclipse.lsp4j.DocumentSymbolParams;
import org.eclipse.lsp4j.FileChangeType;
import org.eclipse.lsp4j.FileEvent;
import org.eclipse.lsp4j.FoldingRangeRequestParams;
import org.eclipse.lsp4j.FormattingOptions;
import org.eclipse.lsp4j.HoverCapabilities;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.ReferenceContext;
import org.eclipse.lsp4j.ReferenceParams;
import org.eclipse.lsp4j.RenameParams;
import org.eclipse.lsp4j.SignatureHelpParams;
import org.eclipse.lsp4j.SynchronizationCapabilities;
import org.eclipse.lsp4j.TextDocumentClientCapabilities;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.VersionedTextDocumentIdentifier;
import org.eclipse.lsp4j.WorkspaceClientCapabilities;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Texts and projects in XML are one program in the editor.
class XmlProjectsTest {
    private static final String PUMPS = """
        <?xml version="1.0" encoding="UTF-8"?>
        <project xmlns="http://www.plcopen.org/xml/tc6_0201" xmlns:xhtml="http://www.w3.org/1999/xhtml">
          <types>
            <dataTypes>
              <dataType name="Mode"><baseType><enum><values><value name="off"/><value name="on"/></values></enum>
              </baseType></dataType>
              <dataType name="Reading"><baseType><struct>
                <variable name="level"><type><REAL/></type></variable>
                <variable name="good"><type><BOOL/></type></variable>
              </struct></baseType></dataType>
            </dataTypes>
            <pous>
              <pou name="Pump" pouType="functionBlock">
                <interface>
                  <inputVars>
                    <variable name="speed"><type><REAL/></type>
                      <documentation><xhtml:p>in rpm</xhtml:p></documentation>
                    </variable>
                  </inputVars>
                  <outputVars>
                    <variable name="flow"><type><REAL/></type></variable>
                  </outputVars>
                </interface>
                <body><ST><xhtml:p><![CDATA[
        flow := speed * 0.5;
        ]]></xhtml:p></ST></body>
                <documentation><xhtml:p>Moves water.</xhtml:p></documentation>
              </pou>
            </pous>
          </types>
          <instances><configurations/></instances>
        </project>
        """;
    private static final String MAIN = """
        PROGRAM main
        VAR
            pump : Pump;
            last : Reading;
            total : REAL;
        END_VAR
        pump(speed := 100.0);
        total := total + pump.flow;
        last.good := missing;
        END_PROGRAM
        """;

    @TempDir
    private Path folder;

    private Editor editor;
    private String main;
    private String pumps;

    @BeforeEach
    void open() throws Exception {
        Files.writeString(folder.resolve("pumps.xml"), PUMPS);
        Files.writeString(
                folder.resolve("pom.xml"), "<project xmlns=\"http://maven.apache.org/POM/4.0.0\"><a></project>");
        main = folder.resolve("main.st").toUri().toString();
        pumps = folder.resolve("pumps.xml").toUri().toString();
        editor = new Editor(folder, new ClientCapabilities(), Set.of());
        editor.open(main, "st", MAIN);
    }

    @AfterEach
    void close() throws Exception {
        editor.close();
    }

    private static List<String> codes(List<Diagnostic> found) {
        return found.stream().map(d -> d.getCode().getLeft()).toList();
    }

    private void edit(String uri, String text) {
        editor.server()
                .getTextDocumentService()
                .didChange(new DidChangeTextDocumentParams(
                        new VersionedTextDocumentIdentifier(uri, 2),
                        List.of(new TextDocumentContentChangeEvent(text))));
    }

    private void onDisk(String file, FileChangeType type) {
        String uri = folder.resolve(file).toUri().toString();
        editor.server()
                .getWorkspaceService()
                .didChangeWatchedFiles(new DidChangeWatchedFilesParams(List.of(new FileEvent(uri, type))));
    }

    /// Only what is wrong indeed is told; XML of other tools, even broken, is nothing of a program.
    @Test
    void whatXmlDeclaresIsKnown() throws Exception {
        var first = editor.nextTold();
        assertEquals(main, first.getUri());
        assertEquals(List.of("E201"), codes(first.getDiagnostics()));
    }

    /// A name is found in the attribute that gives it.
    @ParameterizedTest
    @CsvSource({"Pump;, Pump", "flow;, flow", "speed :=, speed", "Reading;, Reading", "good :=, good"})
    void aDefinitionLiesInTheXml(String use, String name) throws Exception {
        var params = new DefinitionParams(new TextDocumentIdentifier(main), at(MAIN, use));
        List<? extends Location> found = answer(
                        editor.server().getTextDocumentService().definition(params))
                .getLeft();
        Position start = at(PUMPS, "\"" + name + "\"");
        start.setCharacter(start.getCharacter() + 1);
        var end = new Position(start.getLine(), start.getCharacter() + name.length());
        assertEquals(List.of(new Location(pumps, new Range(start, end))), found);
    }

    @Test
    void hoverSignatureAndMembersComeFromTheXml() throws Exception {
        var service = editor.server().getTextDocumentService();
        var document = new TextDocumentIdentifier(main);
        String speed = answer(service.hover(new HoverParams(document, at(MAIN, "speed :="))))
                .getContents()
                .getRight()
                .getValue();
        assertTrue(speed.contains("VAR_INPUT speed : REAL") && speed.contains("in rpm"), speed);
        String pump = answer(service.hover(new HoverParams(document, at(MAIN, "Pump;"))))
                .getContents()
                .getRight()
                .getValue();
        assertTrue(pump.contains("FUNCTION_BLOCK Pump") && pump.contains("Moves water."), pump);
        var help = answer(service.signatureHelp(new SignatureHelpParams(document, at(MAIN, "100.0"))));
        assertEquals(
                "Pump(speed : REAL, flow => REAL)",
                help.getSignatures().getFirst().getLabel());
        var members = answer(service.completion(new CompletionParams(document, at(MAIN, "flow;"))));
        assertEquals(
                List.of("speed", "flow"),
                members.getLeft().stream().map(CompletionItem::getLabel).toList());
    }

    @Test
    void usesInBothAreFoundAlsoFromWithinTheXml() throws Exception {
        editor.open(pumps, "xml", PUMPS);
        var service = editor.server().getTextDocumentService();
        Position written = at(PUMPS, "flow :=");
        for (var asked : Map.of(main, at(MAIN, "flow;"), pumps, written).entrySet()) {
            var document = new TextDocumentIdentifier(asked.getKey());
            var params = new ReferenceParams(document, asked.getValue(), new ReferenceContext(true));
            List<? extends Location> found = answer(service.references(params));
            Map<String, Long> byFile =
                    found.stream().collect(Collectors.groupingBy(Location::getUri, Collectors.counting()));
            assertEquals(Map.of(main, 1L, pumps, 2L), byFile);
            assertTrue(found.stream().anyMatch(l -> l.getRange().getStart().equals(written)), found::toString);
        }
        var symbols = answer(service.documentSymbol(new DocumentSymbolParams(new TextDocumentIdentifier(pumps))));
        assertEquals(
                List.of("Mode", "Reading", "Pump"),
                symbols.stream().map(s -> s.getRight().getName()).toList());
    }

    @Test
    void aChangeOnDiskIsSeen() throws Exception {
        Files.writeString(folder.resolve("pumps.xml"), PUMPS.replace("flow", "outflow"));
        editor.told(main, true);
        onDisk("pumps.xml", FileChangeType.Changed);
        assertEquals(List.of("E212", "E201"), codes(editor.told(main, true)));
        Files.delete(folder.resolve("pumps.xml"));
        onDisk("pumps.xml", FileChangeType.Deleted);
        assertTrue(codes(editor.told(main, true)).contains("E202"));
    }

    @Test
    void aChangeInTheEditorIsSeenAndForgottenWhenItIsClosed() throws Exception {
        assertEquals(List.of("E201"), codes(editor.told(main, true)));
        editor.open(pumps, "xml", PUMPS);
        edit(pumps, PUMPS.replace("flow", "outflow"));
        assertEquals(List.of("E212", "E201"), codes(editor.told(main, true)));
        editor.server()
                .getTextDocumentService()
                .didClose(new DidCloseTextDocumentParams(new TextDocumentIdentifier(pumps)));
        assertEquals(List.of("E201"), codes(editor.told(main, true)));
    }

    @Test
    void aMistakeInTheXmlIsToldThere() throws Exception {
        editor.open(pumps, "xml", PUMPS.replace("speed * 0.5", "sped * 0.5"));
        Diagnostic found = editor.told(pumps, true).getFirst();
        assertEquals("E201", found.getCode().getLeft());
        Position start = at(PUMPS, "speed * 0.5");
        assertEquals(
                new Range(start, new Position(start.getLine(), start.getCharacter() + "sped".length())),
                found.getRange());
    }

    /// The document type is refused, not read; what the project may declare is not said to be missing.
    @Test
    void aDocumentTypeIsRefusedWhereItStands() throws Exception {
        String type = "<!DOCTYPE project [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>\n<project";
        editor.told(main, true);
        edit(main, MAIN.replace("missing", "absent"));
        editor.told(main, true);
        editor.open(pumps, "xml", PUMPS.replaceFirst("<project", type));
        Diagnostic found = editor.told(pumps, true).getFirst();
        assertEquals("E701", found.getCode().getLeft());
        assertEquals(1, found.getRange().getStart().getLine());
        edit(main, MAIN.replace("missing", "gone"));
        List<Diagnostic> others = editor.told(main, true);
        assertTrue(others.stream().noneMatch(d -> d.getMessage().contains("Pump")), others::toString);
    }

    @Test
    void layoutAndCompletionOfXmlAreLeftToOthers() throws Exception {
        editor.open(pumps, "xml", PUMPS);
        var service = editor.server().getTextDocumentService();
        var document = new TextDocumentIdentifier(pumps);
        var options = new FormattingOptions(4, true);
        assertEquals(List.of(), answer(service.formatting(new DocumentFormattingParams(document, options))));
        assertEquals(List.of(), answer(service.foldingRange(new FoldingRangeRequestParams(document))));
        Position inBody = at(PUMPS, "speed * 0.5");
        assertEquals(
                List.of(),
                answer(service.completion(new CompletionParams(document, inBody)))
                        .getLeft());
    }

    private String refused(Position place, String name) {
        var params = new RenameParams(new TextDocumentIdentifier(main), place, name);
        var refused = assertThrows(
                ExecutionException.class,
                () -> answer(editor.server().getTextDocumentService().rename(params)));
        return refused.getCause().getMessage();
    }

    /// A name that XML has too is not changed in one of them alone; any other is.
    @Test
    void aNameThatXmlHasTooIsNotRenamed() throws Exception {
        int line = at(PUMPS, "\"flow\"").getLine() + 1;
        assertEquals(
                "flow stands in pumps.xml:" + line + " too, and projects in XML are not changed here; rename it with"
                        + " the tool that draws them",
                refused(at(MAIN, "flow;"), "outflow"));
        var params = new RenameParams(new TextDocumentIdentifier(main), at(MAIN, "total :"), "sum");
        var edit = answer(editor.server().getTextDocumentService().rename(params));
        assertEquals(Set.of(main), edit.getChanges().keySet());
        assertEquals(3, edit.getChanges().get(main).size());
    }

    /// Where a project has mistakes, not all that it uses is known.
    @Test
    void aNameThatBrokenXmlMayMeanIsNotRenamed() throws Exception {
        String text = "FUNCTION half : REAL VAR_INPUT x : REAL; END_VAR half := x / 2.0; END_FUNCTION\n" + MAIN;
        editor.told(main, true);
        edit(main, text);
        editor.open(pumps, "xml", PUMPS.replace("speed * 0.5", "half(speed").replace("</project>", "</other>"));
        editor.told(pumps, true);
        assertTrue(refused(at(text, "half :"), "split").startsWith("pumps.xml:"));
        var params = new RenameParams(new TextDocumentIdentifier(main), at(text, "total :"), "sum");
        assertEquals(
                Set.of(main),
                answer(editor.server().getTextDocumentService().rename(params))
                        .getChanges()
                        .keySet());
    }

    @Test
    void xmlIsNotReadAgainForAKeystrokeElsewhere() throws Exception {
        var workspace = new Workspace(Dialect.COMMON);
        workspace.folder(folder);
        workspace.edit(main, MAIN);
        var tree = workspace.analysis().trees(pumps).getFirst();
        workspace.edit(main, MAIN.replace("total : REAL", "total, sum : REAL"));
        assertSame(tree, workspace.analysis().trees(pumps).getFirst());
    }

    /// What was converted to the other form lies beside the text it was made of.
    @Test
    void aTextGoesBeforeTheXmlOfItsName() throws Exception {
        editor.told(main, true);
        Files.writeString(
                folder.resolve("pumps.st"),
                "FUNCTION_BLOCK Pump VAR_INPUT speed : REAL; END_VAR END_FUNCTION_BLOCK\n"
                        + "TYPE Reading : STRUCT good : BOOL; END_STRUCT; END_TYPE");
        onDisk("pumps.st", FileChangeType.Created);
        assertEquals(List.of("E212", "E201"), codes(editor.told(main, true)));
    }

    @Test
    void theServerAsksForXmlWhereTheEditorCanHandItOver() throws Exception {
        var dynamic = new ClientCapabilities();
        var text = new TextDocumentClientCapabilities();
        var synchronization = new SynchronizationCapabilities();
        synchronization.setDynamicRegistration(true);
        text.setSynchronization(synchronization);
        text.setHover(new HoverCapabilities(true));
        dynamic.setTextDocument(text);
        var workspace = new WorkspaceClientCapabilities();
        workspace.setDidChangeWatchedFiles(new DidChangeWatchedFilesCapabilities(true));
        dynamic.setWorkspace(workspace);
        var other = new Editor(folder, dynamic, Set.of());
        other.open(main, "st", MAIN);
        other.nextTold();
        assertEquals(
                List.of(
                        "textDocument/didOpen",
                        "textDocument/didChange",
                        "textDocument/didClose",
                        "textDocument/hover",
                        "workspace/didChangeWatchedFiles"),
                other.registered());
        other.close();
        assertEquals(List.of(), editor.registered());
    }
}
