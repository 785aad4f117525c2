package io.millwright.bench;

import io.millwright.bench.Report.Figure;
import io.millwright.iec61131.Compiler;
import io.millwright.iec61131.Run;
import io.millwright.iec61131.Session;
import io.millwright.iec61131.check.Checked;
import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.jvm.JvmBackend;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/// How long the compiler of Structured Text takes: for a whole program, and for an edit of one. A part of `mw
/// bench st`.
public final class CompileBench {
    private static final long SEED = 4;
    private static final int LINES_PER_BLOCK = 100;
    private static final int RUNS = 5;
    private static final int WARM_UP = 20;

    private final Path folder;
    private final Consumer<String> progress;
    private final List<Figure> figures = new ArrayList<>();

    private CompileBench(Path folder, Consumer<String> progress) {
        this.folder = folder;
        this.progress = progress;
    }

    /// Measures.
    ///
    /// @param folder where it may write
    public static List<Figure> figures(Path folder, Consumer<String> progress)
            throws IOException, InterruptedException {
        var bench = new CompileBench(folder, progress);
        bench.whole();
        bench.oneOfThousand();
        bench.editToRunning();
        bench.languageServer();
        return bench.figures;
    }

    private static double median(int runs, IntConsumer work) {
        double[] millis = new double[runs];
        for (int i = 0; i < runs; i++) {
            long began = System.nanoTime();
            work.accept(i);
            millis[i] = (System.nanoTime() - began) / 1e6;
        }
        Arrays.sort(millis);
        return millis[runs / 2];
    }

    private static Program sound(Checked checked) {
        Program program = checked.program();
        if (program == null) {
            throw new IllegalStateException(
                    "the made-up program is wrong: " + checked.diagnostics().getFirst());
        }
        return program;
    }

    private void whole() throws IOException, InterruptedException {
        String text = ProgramText.of(1000, SEED);
        long lines = text.lines().count();
        progress.accept("compiling %d lines in new processes, then here".formatted(lines));
        Path file = Files.writeString(folder.resolve("large.st"), text);
        double[] cold = new double[RUNS];
        for (int i = 0; i < RUNS; i++) {
            long began = System.nanoTime();
            Process check = new ProcessBuilder(Millwright.launcher().toString(), "st", "check", file.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("check.log").toFile())
                    .start();
            if (check.waitFor() != 0) {
                throw new IOException(Files.readString(folder.resolve("check.log")));
            }
            cold[i] = (System.nanoTime() - began) / 1e9;
        }
        Arrays.sort(cold);
        figures.add(new Figure("compile %d lines, new process".formatted(lines), cold[RUNS / 2], "s", "≤ 5"));
        IntConsumer compile = _ -> sound(Compiler.compile(List.of(new Source("large.st", text)), Dialect.COMMON));
        median(WARM_UP, compile);
        figures.add(new Figure("compile %d lines, warm".formatted(lines), median(RUNS, compile) / 1e3, "s", "≤ 1"));
    }

    /// The body of one block changes, to something else every time.
    private static String edited(String text, int block, int number) {
        String place = ProgramText.place(block);
        return text.replace(place, place + "\ncount := count + %d;".formatted(number));
    }

    private void oneOfThousand() {
        String text = ProgramText.of(1000, SEED);
        progress.accept("changing one of a thousand blocks");
        var session = new Session(Dialect.COMMON);
        session.put(new Source("large.st", text));
        session.compile();
        IntConsumer edit = i -> {
            session.put(new Source("large.st", edited(text, 500, i)));
            sound(session.compile());
        };
        median(WARM_UP * 5, edit);
        double millis = median(101, edit);
        figures.add(new Figure("check one changed block of 1000", millis, "ms", ""));
        figures.add(new Figure("routines made for it", session.changed().size(), "", "1"));
    }

    private void editToRunning() {
        String text = ProgramText.of(1000 / LINES_PER_BLOCK, SEED);
        progress.accept("from an edit to the first scan");
        var session = new Session(Dialect.COMMON);
        IntConsumer edit = i -> {
            session.put(new Source("small.st", edited(text, 5, i)));
            Program program = sound(session.compile());
            Run run = Run.start(program, new JvmBackend());
            run.scan(run.instances().getFirst(), 10_000_000);
        };
        double first = median(1, edit);
        figures.add(new Figure("edit to running, 1000 lines, first", first, "ms", "≤ 500"));
        figures.add(new Figure("edit to running, 1000 lines, median", median(RUNS * 5, edit), "ms", "≤ 500"));
    }

    private void languageServer() throws IOException, InterruptedException {
        String text = ProgramText.of(10_000 / LINES_PER_BLOCK, SEED);
        progress.accept("typing in an editor");
        double[] millis = new double[100];
        try (var client = LanguageClient.start(folder.resolve("lsp.log"))) {
            client.open(text);
            String place = ProgramText.place(50);
            int line = (int) text.substring(0, text.indexOf(place)).lines().count() + 1;
            for (int i = -WARM_UP; i < millis.length; i++) {
                boolean mistake = i % 2 == 0;
                long began = System.nanoTime();
                client.type(line, mistake);
                client.awaitDiagnostics(mistake);
                if (i >= 0) {
                    millis[i] = (System.nanoTime() - began) / 1e6;
                }
            }
        }
        Arrays.sort(millis);
        figures.add(new Figure("keystroke to diagnostics, 10 000 lines, median", millis[50], "ms", "≤ 100"));
        figures.add(new Figure("keystroke to diagnostics, 10 000 lines, 95 %", millis[95], "ms", "≤ 100"));
    }
}
