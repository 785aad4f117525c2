package io.millwright.node.st.debug;

import io.millwright.iec61131.interpret.Call;
import io.millwright.iec61131.interpret.CallStack;
import io.millwright.iec61131.source.Span;

/// How far the program goes before it stands still again.
sealed interface Step {
    /// Whether it has gone far enough, at an instruction that it has reached.
    boolean isDone(CallStack calls);

    /// Until something else stops it.
    record Far() implements Step {
        @Override
        public boolean isDone(CallStack calls) {
            return false;
        }
    }

    /// To the very next instruction.
    record First() implements Step {
        @Override
        public boolean isDone(CallStack calls) {
            return true;
        }
    }

    /// To the next line, in routines that are called as well.
    record In(From from) implements Step {
        @Override
        public boolean isDone(CallStack calls) {
            return from.isLeft(calls.innermost());
        }
    }

    /// To the next line of this call, or of the one it was called by.
    record Over(From from) implements Step {
        @Override
        public boolean isDone(CallStack calls) {
            boolean deeper = calls.depth() > from.depth() && from.isSameScan(calls);
            return !deeper && from.isLeft(calls.innermost());
        }
    }

    /// Out of this call.
    record Out(From from) implements Step {
        @Override
        public boolean isDone(CallStack calls) {
            return calls.depth() < from.depth() || !from.isSameScan(calls);
        }
    }

    /// Back in what was recorded.
    ///
    /// @param toLine whether to the line before; else to the breakpoint before
    record Back(From from, boolean toLine) implements Step {
        @Override
        public boolean isDone(CallStack calls) {
            return false;
        }
    }

    /// Where a step began.
    record From(int depth, Call innermost, Call outermost, Span at) {
        static From of(CallStack calls) {
            Call innermost = calls.innermost();
            Call outermost = calls.calls(calls.depth() - 1, 1).getFirst();
            return new From(calls.depth(), innermost, outermost, innermost.at());
        }

        boolean isSameScan(CallStack calls) {
            return calls.calls(calls.depth() - 1, 1).getFirst().equals(outermost);
        }

        /// Whether another line was reached, or the same instruction anew.
        boolean isLeft(Call call) {
            Span now = call.at();
            return !call.equals(innermost) || now.line() != at.line() || now.start() == at.start();
        }
    }
}
