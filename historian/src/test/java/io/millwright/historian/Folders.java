package io.millwright.historian;

import io.millwright.model.Quality;
import io.millwright.model.Sample;
import io.millwright.model.SignalName;
import io.millwright.model.Time;
import io.millwright.model.Value;
import io.millwright.model.disk.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Folders of a historian whose steps tests take one by one.
final class Folders {

    static final HistorianSettings SMALL =
            HistorianSettings.usual().withJournalFileBytes(4 << 10).withReserveBytes(0);
    static final SignalName LEVEL = SignalName.of("tank-1", "level");

    private Folders() {}

    /// A historian without threads of its own.
    static Historian still(Path folder, HistorianSettings settings, Time time) throws IOException {
        return Historian.open(Disk.of(folder), settings, time, new Hooks(_ -> {}, true, false));
    }

    static Historian still(Path folder) throws IOException {
        return still(folder, SMALL, Time.system());
    }

    static Sample sample(SignalName signal, long source, double value) {
        return new Sample(signal, Value.of(value), Quality.GOOD, source, source + 1);
    }

    static void keep(Historian historian, List<Sample> samples) {
        var done = historian.append(samples);
        historian.journalStep();
        done.join();
    }

    static List<Sample> all(Historian historian, SignalName signal) {
        return historian.query(signal, Long.MIN_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE);
    }

    static List<Path> files(Path folder, String pattern) throws IOException {
        try (var files = Files.newDirectoryStream(folder, pattern)) {
            var found = new java.util.ArrayList<Path>();
            files.forEach(found::add);
            found.sort(null);
            return found;
        }
    }
}
