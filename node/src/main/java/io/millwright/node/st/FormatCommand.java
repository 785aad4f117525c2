package io.millwright.node.st;

import io.millwright.iec61131.format.Formatter;
import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.source.Diagnostics;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.source.SourceReader;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.iec61131.syntax.Parser;
import io.millwright.node.command.ExitStatus;
import io.millwright.node.command.Output;
import io.millwright.node.command.UsageError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mw st format`: lays texts out.
@Command(
        name = "format",
        mixinStandardHelpOptions = true,
        header = "Lay out Structured Text: indentation, blanks, keywords in capitals.",
        description = "Prints the text in its layout, or with --write changes the file, in its own encoding. "
                + "A text with mistakes of syntax stays as it is, and the exit status is 1.",
        footerHeading = "%nExamples:%n",
        footer = {"  mw st format dosing.st", "  mw st format project/ --write", "  mw st format project/ --check"})
final class FormatCommand implements Callable<Integer> {
    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "The texts; of a folder, its .st, .iecst and .exp files.")
    private List<Path> files = List.of();

    @Option(names = "--check", description = "Only name the files that are not laid out; the exit status is then 1.")
    private boolean check;

    @Option(names = "--write", description = "Change the files.")
    private boolean write;

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        if (check && write) {
            throw new UsageError("write either --check or --write");
        }
        List<String> different = new ArrayList<>();
        boolean sound = true;
        for (Path file : Texts.all(files)) {
            if (file.toString().toLowerCase(Locale.ROOT).endsWith(".xml")) {
                continue;
            }
            byte[] bytes = Texts.bytes(file);
            SourceReader.Decoded decoded = SourceReader.read(file.toString(), bytes);
            if (hasMistakes(decoded.source())) {
                sound = false;
                continue;
            }
            String formatted = Formatter.format(decoded.source());
            if (!formatted.equals(decoded.source().text())) {
                different.add(file.toString());
                if (write) {
                    Files.write(file, encoded(file, bytes, decoded, formatted));
                }
            }
            if (!check && !write && !output.json()) {
                output.piece(formatted);
            }
        }
        if (check || write) {
            different.forEach(output::text);
        }
        output.json(different);
        return sound && !(check && !different.isEmpty()) ? ExitStatus.OK : ExitStatus.FAILED;
    }

    private boolean hasMistakes(Source source) {
        var found = new Diagnostics();
        Parser.parse(source, Dialect.COMMON, found);
        found.sorted().stream().filter(Diagnostic::isError).forEach(d -> output.progress(Findings.text(d)));
        return found.hasErrors();
    }

    /// The new text as bytes, in the encoding of the old one and behind the same byte order mark.
    private static byte[] encoded(Path file, byte[] before, SourceReader.Decoded decoded, String text) {
        Charset encoding = decoded.encoding();
        byte[] old = decoded.source().text().getBytes(encoding);
        int mark = before.length - old.length;
        boolean same = mark >= 0 && mark <= 3 && Arrays.equals(before, mark, before.length, old, 0, old.length);
        if (!same) {
            throw new UsageError(file + ": some bytes have no meaning in " + encoding
                    + ", so that the file cannot be written back; save it as UTF-8 first");
        }
        var all = new ByteArrayOutputStream();
        all.write(before, 0, mark);
        all.writeBytes(text.getBytes(encoding));
        return all.toByteArray();
    }
}
