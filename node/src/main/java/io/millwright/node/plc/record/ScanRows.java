package io.millwright.node.plc.record;

import io.millwright.iec61131.machine.Slot;
import io.millwright.node.command.UsageError;
import io.millwright.node.plc.ControlDesk.VariableView;
import io.millwright.node.plc.ProgramVariables;
import io.millwright.plc.Loaded;
import io.millwright.plc.record.RecordingError;
import io.millwright.plc.record.Replay;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Variables of a replay as CSV (RFC 4180), a row for each scan: its date, the time that the program saw in
/// milliseconds, its number, the values. A variable that a program does not have is left empty.
final class ScanRows implements AutoCloseable {
    private final Writer out;
    private final Replay replay;
    private final List<String> paths = new ArrayList<>();

    private ScanRows(Writer out, Replay replay) {
        this.out = out;
        this.replay = replay;
    }

    /// @param watched of an instance, structure or array every variable becomes a column, in whichever program
    ///     of the recording it is
    static ScanRows open(Path file, Replay replay, List<String> watched) throws IOException, RecordingError {
        List<Loaded> programs = replay.programs();
        List<String> paths = watched.stream()
                .flatMap(w -> programs.stream().flatMap(p -> ProgramVariables.under(p, w).stream()))
                .map(Slot::name)
                .distinct()
                .toList();
        if (paths.isEmpty()) {
            throw new UsageError("no program that ran has a variable " + String.join(", ", watched));
        }
        var rows = new ScanRows(Files.newBufferedWriter(file), replay);
        rows.paths.addAll(paths);
        rows.out.write("time,millis,scan,"
                + String.join(",", paths.stream().map(ScanRows::quoted).toList()) + "\r\n");
        return rows;
    }

    /// Writes the present scan.
    void add() throws IOException {
        out.write(Moment.shown(replay.epochNanos()) + "," + replay.nanos() / 1e6 + "," + replay.scan());
        for (String path : paths) {
            out.write(',');
            out.write(replay.loaded()
                    .run()
                    .slot(path)
                    .map(s -> quoted(String.valueOf(VariableView.of(s).value())))
                    .orElse(""));
        }
        out.write("\r\n");
    }

    private static String quoted(String text) {
        return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
