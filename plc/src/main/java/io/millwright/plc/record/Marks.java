package io.millwright.plc.record;

import io.millwright.plc.TaskSetting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// What happened in a run besides its scans, found by reading it without doing anything again.
///
/// @param marks in the order in which they happened
/// @param toScan up to which scan it was looked through; before the end where there were too many marks, or it
///     took too long
public record Marks(List<Mark> marks, long toScan) {
    /// Overruns of less than this after another are one mark.
    private static final long TOGETHER_NANOS = 1_000_000_000;

    public Marks {
        marks = List.copyOf(marks);
    }

    /// Looks a run through.
    ///
    /// @param most after how many marks it ends
    /// @param goOn asked now and then whether to go on
    public static Marks of(RecordedRun run, int most, BooleanSupplier goOn) throws RecordingError {
        return new Search(run).upTo(most, goOn);
    }

    private static final class Search {
        private final RecordedRun.Events events;
        private final List<Mark> found = new ArrayList<>();
        private @Nullable KeyFrame key;
        private @Nullable RecordedProgram program;
        /// When the last scan of each task was due, as far as starts tell; 0 where that is not known.
        private long[] lastDue = {};
        private long scan;
        private long nanos;
        private @Nullable Overrun overrun;

        /// Scans of a task that were left out, one shortly after the other.
        private record Overrun(int task, long scan, long firstNanos, long lastNanos, long skipped) {}

        Search(RecordedRun run) throws RecordingError {
            events = run.from(run.before(run.stretch().firstScan())
                    .orElseThrow(() -> new RecordingError("there is no state to begin with")));
        }

        Marks upTo(int most, BooleanSupplier goOn) throws RecordingError {
            int asked = 0;
            while (found.size() < most && (asked++ % 1024 != 0 || goOn.getAsBoolean())) {
                Event event = events.next();
                if (event == null) {
                    break;
                }
                see(event);
            }
            tellOverrun();
            return new Marks(found, scan);
        }

        private void see(Event event) {
            switch (event) {
                case Event.Key next -> key(next);
                case Event.Scan next -> scan(next.number(), next.task(), next.nanos());
                case Event.Faulted fault -> {
                    scan(fault.number(), fault.task(), fault.nanos());
                    event.happening().ifPresent(this::add);
                }
                default -> {
                    event.happening().ifPresent(this::add);
                    if (event instanceof Event.Entered || event instanceof Event.TookOver) {
                        Arrays.fill(lastDue, 0);
                    }
                }
            }
        }

        private void key(Event.Key next) {
            KeyFrame frame = next.frame();
            boolean first = key == null;
            boolean gap = !first && frame.scan() != scan;
            boolean another = !first && frame.begins();
            long last = scan;
            key = frame;
            program = next.program();
            scan = frame.scan();
            nanos = frame.state().nowNanos();
            if (gap) {
                add(new Happening.Missing(last + 1, scan));
            } else if (another) {
                add(new Happening.Loaded());
            }
            if (first || gap || another) {
                lastDue = new long[frame.intervals().length];
            }
        }

        private void scan(long number, int task, long start) {
            scan = number;
            nanos = start;
            long interval = key == null ? 0 : key.intervals()[task];
            long before = lastDue[task];
            if (interval == 0 || before == 0) {
                lastDue[task] = start;
                return;
            }
            // A scan begins when it is due or later: one that is late by itself has left none out.
            long passed = Math.max(1, (start - before) / interval);
            lastDue[task] = Math.min(start, before + passed * interval);
            long skipped = passed - 1;
            if (skipped > 0) {
                Overrun open = overrun;
                if (open != null && open.task() == task && start - open.lastNanos() < TOGETHER_NANOS) {
                    overrun = new Overrun(task, open.scan(), open.firstNanos(), start, open.skipped() + skipped);
                } else {
                    tellOverrun();
                    overrun = new Overrun(task, number, start, start, skipped);
                }
            }
        }

        private void tellOverrun() {
            Overrun open = overrun;
            RecordedProgram of = program;
            if (open != null && of != null) {
                overrun = null;
                List<TaskSetting> tasks = of.project().tasks();
                String task =
                        open.task() < tasks.size() ? tasks.get(open.task()).name() : "number " + open.task();
                var what = new Happening.LeftOut(task, open.skipped());
                found.add(new Mark(open.scan(), date(open.firstNanos()), what));
            }
        }

        private void add(Happening what) {
            tellOverrun();
            found.add(new Mark(scan, date(nanos), what));
        }

        private long date(long at) {
            KeyFrame of = key;
            return of == null ? 0 : of.epochNanos() + at - of.state().nowNanos();
        }
    }
}
