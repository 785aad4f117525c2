package io.millwright.node.plc.record;

import io.millwright.iec61131.machine.Slot;
import io.millwright.node.plc.ControlDesk.VariableView;
import io.millwright.node.plc.ProgramVariables;
import io.millwright.plc.record.Divergence;
import io.millwright.plc.record.Replay;
import java.util.ArrayList;
import java.util.List;

/// One moment of a replay: the end of a scan.
///
/// @param scan its number
/// @param millis the time that the program saw, since its PLC was started
/// @param epochMillis when it was, by the clock of the machine that recorded, since 1970
/// @param program which program ran: SHA-256 of its texts, tasks and bindings
/// @param news what people did, what stopped and what is missing since the scan before
/// @param agrees whether everything was as it was recorded so far
/// @param compared with how many hashes and key frames of the recording it was compared so far
/// @param differences what was not as it was recorded
/// @param found whether what was looked for holds here; true where nothing was
/// @param values of the variables that were asked for
/// @param missing which of these the program does not have
public record MomentView(
        long scan,
        double millis,
        double epochMillis,
        String program,
        List<HappeningView> news,
        boolean agrees,
        long compared,
        List<String> differences,
        boolean found,
        List<VariableView> values,
        List<String> missing) {
    private static final double NANOS_PER_MILLI = 1e6;

    /// The moment at which a replay is.
    ///
    /// @param paths of variables; of an instance, structure or array everything in it is told
    static MomentView of(Replay replay, List<String> paths, boolean found) {
        List<VariableView> values = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (String path : paths) {
            List<Slot> slots = slots(replay, path);
            if (slots.isEmpty()) {
                missing.add(path);
            }
            slots.stream()
                    .limit(Math.max(0, ProgramVariables.MOST - values.size()))
                    .map(VariableView::of)
                    .forEach(values::add);
        }
        return new MomentView(
                replay.scan(),
                replay.nanos() / NANOS_PER_MILLI,
                replay.epochNanos() / NANOS_PER_MILLI,
                replay.program(),
                replay.news().stream().map(HappeningView::of).toList(),
                replay.divergences().isEmpty(),
                replay.compared(),
                replay.divergences().stream().map(Divergence::toString).toList(),
                found,
                values,
                missing);
    }

    private static List<Slot> slots(Replay replay, String path) {
        return replay.loaded()
                .run()
                .slot(path)
                .map(List::of)
                .orElseGet(() -> path.isBlank() ? List.of() : ProgramVariables.under(replay.loaded(), path));
    }
}
