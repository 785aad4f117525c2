package io.millwright.node.st.debug;

import io.millwright.iec61131.interpret.CallStack;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.source.Span;
import org.jspecify.annotations.Nullable;

/// Looks for the last place of a kind while a recorded run is done again.
abstract sealed class PlaceBefore {
    private @Nullable Place found;

    /// A place in a run.
    ///
    /// @param scan in which
    /// @param instruction how many are reached in it, from 1
    /// @param breakpoint its id, or 0
    record Place(long scan, long instruction, int breakpoint) {}

    /// Looks at an instruction that is reached.
    abstract void see(CallStack calls, Place here);

    /// How many scans back one is likely found at the latest.
    abstract long reach();

    void found(Place place) {
        found = place;
    }

    /// The last one that was seen, or null.
    @Nullable
    Place found() {
        return found;
    }

    /// The beginning of another line.
    static final class Line extends PlaceBefore {
        private final long scan;
        private final int depth;
        private @Nullable Beginning last;

        private record Beginning(Source source, int line, int depth) {}

        /// @param depth calls that lie deeper in this scan are passed over
        Line(long scan, int depth) {
            this.scan = scan;
            this.depth = depth;
        }

        @Override
        void see(CallStack calls, Place here) {
            if (here.scan() == scan && calls.depth() > depth) {
                return;
            }
            Span at = calls.innermost().at();
            var beginning = new Beginning(at.source(), at.line(), calls.depth());
            if (here.instruction() == 1 || !beginning.equals(last)) {
                last = beginning;
                found(here);
            }
        }

        @Override
        long reach() {
            return 2;
        }
    }

    /// A breakpoint whose condition holds.
    static final class AtBreakpoint extends PlaceBefore {
        private final Session session;

        AtBreakpoint(Session session) {
            this.session = session;
        }

        @Override
        void see(CallStack calls, Place here) {
            int id = session.breakpointAt(calls.innermost());
            if (id != 0) {
                found(new Place(here.scan(), here.instruction(), id));
            }
        }

        @Override
        long reach() {
            return Long.MAX_VALUE / 2;
        }
    }
}
