package io.millwright.node.st;

import io.millwright.iec61131.format.TreePrinter;
import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.source.Diagnostics;
import io.millwright.iec61131.syntax.SyntaxTree;
import io.millwright.iec61131.xml.Edition10Writer;
import io.millwright.iec61131.xml.PlcOpenWriter;
import io.millwright.node.command.ExitStatus;
import io.millwright.node.command.Output;
import io.millwright.node.command.UsageError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// `mw st convert`: turns texts into PLCopen XML or IEC 61131-10, and back.
@Command(
        name = "convert",
        mixinStandardHelpOptions = true,
        header = "Turn Structured Text into PLCopen XML or IEC 61131-10, or XML into Structured Text.",
        description = "Diagrams become statements, drawn charts textual ones; XML of one format becomes the other by "
                + "way of Structured Text. "
                + "The exit status is 1 if something cannot be read or has no form in the other language.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mw st convert plc.xml --out plc.st",
            "  mw st convert dosing.st --to xml",
            "  mw st convert dosing.st --to iec61131-10 --out dosing.xml"
        })
final class ConvertCommand implements Callable<Integer> {
    @Mixin
    private final Texts texts = new Texts();

    /// The languages that can be written.
    enum Form {
        ST,
        /// PLCopen TC6 XML 2.01.
        XML,
        IEC61131_10;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /// Reads a form as it is written in messages and in the documentation.
    static final class Forms implements ITypeConverter<Form> {
        @Override
        public Form convert(String text) {
            String known = Arrays.stream(Form.values()).map(Form::toString).collect(Collectors.joining(", "));
            return Arrays.stream(Form.values())
                    .filter(f -> f.toString().equalsIgnoreCase(text))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("write one of " + known + ", not '" + text + "'"));
        }
    }

    @Option(
            names = "--to",
            paramLabel = "FORM",
            converter = Forms.class,
            description = "What to write: ${COMPLETION-CANDIDATES}; xml is PLCopen TC6 XML 2.01 "
                    + "(default xml of a text, st of XML).")
    private @Nullable Form to;

    @Option(names = "--out", paramLabel = "FILE", description = "Where to write it (default standard output).")
    private @Nullable Path out;

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        var diagnostics = new Diagnostics();
        SyntaxTree tree = texts.tree(diagnostics);
        String name = String.valueOf(tree.source().name()).toLowerCase(Locale.ROOT);
        Form form = to != null ? to : name.endsWith(".xml") ? Form.ST : Form.XML;
        String text = switch (form) {
            case ST -> TreePrinter.print(tree);
            case XML -> PlcOpenWriter.write(tree, "project", Instant.now(), diagnostics);
            case IEC61131_10 -> Edition10Writer.write(tree, "project", Instant.now(), diagnostics);
        };
        diagnostics.sorted().stream().filter(Diagnostic::isError).forEach(d -> output.progress(Findings.text(d)));
        if (diagnostics.hasErrors()) {
            return ExitStatus.FAILED;
        }
        if (out == null) {
            output.text(text.stripTrailing());
        } else {
            Path folder = out.toAbsolutePath().getParent();
            if (folder != null && !Files.isDirectory(folder)) {
                throw new UsageError("--out: there is no folder " + folder);
            }
            Files.writeString(out, text);
        }
        return ExitStatus.OK;
    }
}
