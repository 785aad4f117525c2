package io.millwright.node.st.debug;

import io.millwright.iec61131.interpret.CallStack;
import io.millwright.iec61131.interpret.Observer;
import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.machine.Trap;
import io.millwright.iec61131.machine.TrapSignal;
import io.millwright.node.plc.record.Moment;
import io.millwright.plc.record.RecordedRun;
import io.millwright.plc.record.RecordingError;
import io.millwright.plc.record.Replay;
import org.jspecify.annotations.Nullable;

/// A recorded run that is done again, forwards and backwards.
///
/// Going back is going forward from an earlier key frame: once to find the last place that is meant, and once
/// to stand still there.
final class RecordedCourse implements Course, Observer {
    private static final Going QUIET = new Going.Quiet();
    private static final Going ASKED = new Going.Asked();

    private final RecordedRun run;
    private final Session session;
    private final Replay replay;
    private Going going = QUIET;
    private long reached;
    private long trapped;
    private boolean ends;

    /// What is done at an instruction.
    private sealed interface Going {
        /// Nothing: it goes to a moment.
        record Quiet() implements Going {}

        /// What the session wants.
        record Asked() implements Going {}

        /// It is looked for a place, before another one.
        record Seeking(PlaceBefore search, PlaceBefore.Place end) implements Going {}

        /// It stands still at a place.
        record Arriving(PlaceBefore.Place at, String reason, String text) implements Going {}
    }

    /// Makes a replay whose programs are looked at.
    interface Making {
        Replay replay(Observer observer) throws RecordingError;
    }

    /// Goes to a moment.
    ///
    /// @param moment as [Moment#NOTATION] says; empty for the last scan
    /// @throws io.millwright.node.command.UsageError if the recording does not hold it
    RecordedCourse(RecordedRun run, String moment, Session session, Making making) throws RecordingError {
        this.run = run;
        this.session = session;
        this.replay = making.replay(this);
        Moment.go(replay, run, moment.isEmpty() ? Moment.END : moment);
        if (replay.scan() == run.stretch().lastScan() && replay.again(replay.scan())) {
            forwardTo(run.stretch().lastScan() - 1);
        }
    }

    @Override
    public int run() {
        try {
            going = ASKED;
            while (!session.isEnded()) {
                try {
                    if (!forward() && !standAtTheEnd()) {
                        return 0;
                    }
                } catch (Trap | TrapSignal broken) {
                    if (!session.isEnded() && session.step() instanceof Step.Back back) {
                        ends = false;
                        back(back);
                    }
                }
            }
        } catch (RecordingError e) {
            session.events().output("stderr", e.getMessage() + "\n");
        }
        return 1;
    }

    private boolean forward() throws RecordingError {
        reached = 0;
        boolean more = replay.forward();
        if (going.equals(ASKED)) {
            replay.news()
                    .forEach(n -> session.events().output("console", "scan " + replay.scan() + ": " + n.text() + "\n"));
        }
        return more;
    }

    private void forwardTo(long scan) throws RecordingError {
        going = QUIET;
        boolean more = true;
        while (more && replay.scan() < scan) {
            more = forward();
        }
    }

    /// Where it stands still, or has come to.
    private PlaceBefore.Place here(int breakpoint) {
        return new PlaceBefore.Place(replay.scan() + 1, reached, breakpoint);
    }

    @Override
    public void reached(CallStack calls) {
        if (session.isEnded()) {
            throw new TrapSignal(Trap.Kind.STOPPED, "");
        }
        reached++;
        switch (going) {
            case Going.Quiet() -> {}
            case Going.Asked() -> session.reached(calls);
            case Going.Seeking(PlaceBefore search, PlaceBefore.Place end) -> {
                PlaceBefore.Place here = here(0);
                if (here.scan() == end.scan() && here.instruction() >= end.instruction()) {
                    throw new TrapSignal(Trap.Kind.STOPPED, "");
                }
                if (Lines.isShown(calls.innermost().at())) {
                    search.see(calls, here);
                }
            }
            case Going.Arriving(PlaceBefore.Place at, String reason, String text) -> {
                if (at.scan() == replay.scan() + 1 && at.instruction() == reached) {
                    going = ASKED;
                    session.stand(calls, reason, text, at.breakpoint());
                }
            }
        }
    }

    @Override
    public void trapped(CallStack calls, Trap trap) {
        if (going.equals(ASKED)) {
            trapped = session.holds(trap) ? scan() : 0;
            session.trapped(calls, trap);
        }
    }

    private void back(Step.Back step) throws RecordingError {
        PlaceBefore.Place from = here(0);
        PlaceBefore search = step.toLine()
                ? new PlaceBefore.Line(from.scan(), step.from().depth())
                : new PlaceBefore.AtBreakpoint(session);
        PlaceBefore.Place found = last(search, from);
        if (found != null) {
            arrive(found, step.toLine() ? "step" : "breakpoint", "");
        } else if (!session.isEnded()) {
            session.events().output("console", "the recording begins here\n");
            replay.toScan(run.stretch().firstScan());
            session.enter();
            going = ASKED;
        }
    }

    /// The last place of a kind before another one, or null.
    private PlaceBefore.@Nullable Place last(PlaceBefore search, PlaceBefore.Place before) throws RecordingError {
        long end = before.scan();
        while (search.found() == null && !session.isEnded() && replay.again(end)) {
            long first = replay.scan();
            forwardTo(end - search.reach());
            going = new Going.Seeking(search, before);
            try {
                boolean more = true;
                while (more && replay.scan() < end) {
                    more = forward();
                }
            } catch (Trap | TrapSignal broken) {
                // It has come to the place before which it looks, or the session has ended.
            }
            end = first;
        }
        return search.found();
    }

    private void arrive(PlaceBefore.Place at, String reason, String text) throws RecordingError {
        var _ = replay.again(at.scan());
        forwardTo(at.scan() - 1);
        going = new Going.Arriving(at, reason, text);
    }

    /// After the last scan it stands still once more, if it did not at a trap.
    ///
    /// @return whether it does
    private boolean standAtTheEnd() throws RecordingError {
        PlaceBefore.Place end = new PlaceBefore.Place(replay.scan() + 1, 1, 0);
        boolean over = ends || trapped == replay.scan();
        PlaceBefore.Place last = over ? null : last(new PlaceBefore.Line(end.scan(), 1), end);
        if (last == null) {
            return false;
        }
        ends = true;
        arrive(last, "pause", "the recording ends here");
        return true;
    }

    @Override
    public Program program() {
        return replay.loaded().program();
    }

    @Override
    public long nowNanos() {
        return replay.loaded().run().machine().nowNanos();
    }

    @Override
    public long scan() {
        return replay.scan() + 1;
    }

    @Override
    public String date() {
        return Moment.shown(replay.epochNanos() + nowNanos() - replay.nanos());
    }

    @Override
    public boolean isRecorded() {
        return true;
    }

    @Override
    public void stop() {
        // It looks at every instruction whether the session has ended.
    }
}
