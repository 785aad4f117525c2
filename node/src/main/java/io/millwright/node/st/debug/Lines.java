package io.millwright.node.st.debug;

import io.millwright.iec61131.ir.Instruction;
import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.ir.Routine;
import io.millwright.iec61131.ir.Walk;
import io.millwright.iec61131.library.StandardLibrary;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.source.Span;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The lines of each file on which something is done: where breakpoints can be.
final class Lines {
    private final Map<String, TreeMap<Integer, Line>> files = new HashMap<>();

    /// The first instruction of a line.
    record Line(int number, Place place, Routine routine) {}

    /// Where an instruction begins.
    record Place(Source source, int start) {
        static Place of(Span span) {
            return new Place(span.source(), span.start());
        }
    }

    Lines(List<Program> programs) {
        programs.forEach(this::add);
    }

    private void add(Program program) {
        for (Routine routine : program.routines().values()) {
            Walk.instructions(routine.body(), i -> {
                add(i.span(), routine);
                if (i instanceof Instruction.If(var branches, var _, var _)) {
                    branches.stream().skip(1).forEach(b -> add(b.span(), routine));
                }
            });
        }
    }

    /// Whether a place is one that somebody wrote and may look at.
    static boolean isShown(Span span) {
        return span.end() > span.start()
                && span.source() != StandardLibrary.tree().source();
    }

    private void add(Span span, Routine routine) {
        if (isShown(span)) {
            var line = new Line(span.line(), Place.of(span), routine);
            files.computeIfAbsent(span.source().name(), _ -> new TreeMap<>())
                    .merge(
                            line.number(),
                            line,
                            (a, b) -> b.place().start() < a.place().start() ? b : a);
        }
    }

    /// The line itself, or else the next one in its file on which something is done; null where there is none.
    @Nullable
    Line from(String file, int line) {
        TreeMap<Integer, Line> lines = files.get(file);
        Map.Entry<Integer, Line> found = lines == null ? null : lines.ceilingEntry(line);
        return found == null ? null : found.getValue();
    }

    /// Lines from a first to a last one.
    SortedMap<Integer, Line> between(String file, int first, int last) {
        TreeMap<Integer, Line> lines = files.getOrDefault(file, new TreeMap<>());
        return last < first ? new TreeMap<>() : lines.subMap(first, true, last, true);
    }
}
