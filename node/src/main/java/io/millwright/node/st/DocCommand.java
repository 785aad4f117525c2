package io.millwright.node.st;

import io.millwright.iec61131.Session;
import io.millwright.iec61131.check.Checked;
import io.millwright.iec61131.source.Diagnostic;
import io.millwright.node.command.ExitStatus;
import io.millwright.node.command.Output;
import io.millwright.node.command.UsageError;
import io.millwright.node.st.doc.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mw st doc`: makes pages from a program's comments.
@Command(
        name = "doc",
        mixinStandardHelpOptions = true,
        header = "Make pages from a program: its units, types and globals, with their comments.",
        description = "Each has a page with its picture, its variables, who uses it and its text; index.html lists and "
                + "searches them. The pages need no network. A program with mistakes is documented as far as it is "
                + "understood; the mistakes are told, and the exit status is 1.",
        footerHeading = "%nExamples:%n",
        footer = {"  mw st doc project/ --out site", "  mw st doc dosing.st --out site --title Dosing --language zh"})
final class DocCommand implements Callable<Integer> {
    @Mixin
    private final Texts texts = new Texts();

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The folder of the pages.")
    private Path out = Path.of(".");

    @Option(names = "--title", paramLabel = "TEXT", description = "What the pages are called (default the folder).")
    private @Nullable String title;

    /// The languages of the pages.
    enum Language {
        EN,
        ZH
    }

    @Option(
            names = "--language",
            paramLabel = "LANGUAGE",
            defaultValue = "EN",
            description = "The language of the pages' own words: ${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE}).")
    private Language language = Language.EN;

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        if (Files.exists(out) && !Files.isDirectory(out)) {
            throw new UsageError(out + " is a file; --out takes a folder");
        }
        Session session = texts.session();
        Checked checked = session.compile();
        String name = title != null ? title : texts.name();
        int pages = Site.write(
                session.trees(), checked, name, language == Language.ZH ? Locale.CHINESE : Locale.ENGLISH, out);
        long errors = 0;
        for (Diagnostic found : checked.diagnostics()) {
            errors += found.isError() ? 1 : 0;
            if (found.isError()) {
                output.progress(Findings.text(found));
            }
        }
        Path index = out.resolve("index.html");
        output.text(pages + (pages == 1 ? " declaration in " : " declarations in ") + index);
        output.json(Map.of("declarations", pages, "index", index.toString(), "errors", errors));
        return errors == 0 ? ExitStatus.OK : ExitStatus.FAILED;
    }
}
