package io.millwright.bench;

import java.nio.file.Path;
import java.util.function.Consumer;

/// One benchmark of `mw bench`.
public interface Benchmark {

    /// What follows `mw bench`, e.g. `journal`.
    String name();

    /// What it measures and what it compares that to, in one sentence.
    String summary();

    /// Measures.
    ///
    /// @param folder an empty folder it may write to, on the disk to be measured
    /// @param progress hears what is being done, a line at a time
    Report run(Path folder, Consumer<String> progress) throws Exception;
}
