package io.millwright.node.st;

import io.millwright.iec61131.syntax.Dialect;
import io.millwright.node.st.lsp.StServer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mw st lsp`: serves an editor.
@Command(
        name = "lsp",
        mixinStandardHelpOptions = true,
        header = "Serve an editor: a language server (LSP 3.17) on standard input and output.",
        description = "Editors start it themselves; editors/vscode is an extension for Visual Studio Code that does.",
        footerHeading = "%nExamples:%n",
        footer = "  mw st lsp")
final class LspCommand implements Callable<Integer> {
    @Option(
            names = "--dialect",
            paramLabel = "DIALECT",
            defaultValue = "common",
            description = "How much beyond the standard is taken: ${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE}).")
    private Dialect dialect = Dialect.COMMON;

    @Mixin
    private final HeldRules held = new HeldRules();

    @Override
    @SuppressWarnings("SystemOut") // the protocol speaks on standard output
    public Integer call() {
        return StServer.serve(System.in, System.out, dialect, held.rules());
    }
}
