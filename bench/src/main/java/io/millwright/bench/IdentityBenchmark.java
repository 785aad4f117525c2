package io.millwright.bench;

import io.millwright.bench.Report.Figure;
import io.millwright.bench.identity.ResolutionBenchmark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/// `mw bench identity`: the store of identifiers, and resolution side by side with other servers.
public final class IdentityBenchmark implements Benchmark {

    private static final String STORE = "store";
    private static final int RECORDS = Integer.getInteger("mw.bench.records", 1_000_000);

    @Override
    public String name() {
        return "identity";
    }

    @Override
    public String summary() {
        return "the store of identifiers; resolution over UDP, DNS and HTTP side by side with NSD and Unbound";
    }

    @Override
    public Report run(Path folder, Consumer<String> progress) throws Exception {
        var sections = sections();
        var figures = new ArrayList<Figure>();
        var remarks = new ArrayList<String>();
        if (sections.remove(STORE)) {
            var store = new IdentityStoreBenchmark().run(folder, progress);
            figures.addAll(store.figures());
            remarks.addAll(store.remarks());
        }
        if (!sections.isEmpty()) {
            var at = Files.createDirectories(folder.resolve("resolution"));
            var resolution = new ResolutionBenchmark(RECORDS, at, progress);
            resolution.run(sections);
            figures.addAll(resolution.figures());
            remarks.addAll(resolution.remarks());
        }
        return new Report(name(), List.copyOf(figures), List.copyOf(remarks));
    }

    /// Those that are asked for; all, if none is.
    private static Set<String> sections() {
        var all = new TreeSet<>(ResolutionBenchmark.SECTIONS);
        all.add(STORE);
        var asked = new LinkedHashSet<>(Arrays.asList(
                System.getProperty("mw.bench.sections", String.join(",", all)).split(",", -1)));
        if (!all.containsAll(asked)) {
            throw new IllegalArgumentException("mw.bench.sections: " + asked + "; there are " + all);
        }
        return asked;
    }
}
