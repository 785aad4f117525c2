package io.millwright.iec61131.jvm;

import io.millwright.iec61131.ir.Routine;
import io.millwright.iec61131.machine.Trap;
import io.millwright.iec61131.machine.TrapSignal;
import java.lang.invoke.WrongMethodTypeException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes traps of what generated code throws: of what it notices itself, and of what it leaves to the JVM to notice.
final class Traps {
    /// How many calls a trap tells of.
    private static final int SHOWN_CALLS = 100;

    private Traps() {}

    /// The trap that an exception is; null where the program did nothing wrong.
    static @Nullable Trap of(Throwable cause, CompiledProgram program) {
        Trap.Kind kind = switch (cause) {
            case TrapSignal signal -> signal.kind();
            case ArithmeticException _ -> Trap.Kind.DIVISION_BY_ZERO;
            case ArrayIndexOutOfBoundsException _ -> Trap.Kind.OUT_OF_BOUNDS;
            case NullPointerException _ -> Trap.Kind.NULL_REFERENCE;
            case ClassCastException _, WrongMethodTypeException _ -> Trap.Kind.OUT_OF_RANGE;
            case StackOverflowError _ -> Trap.Kind.STACK_OVERFLOW;
            default -> null;
        };
        if (kind == null) {
            return null;
        }
        List<StackTraceElement> calls = calls(cause);
        if (!calls.isEmpty() && !(cause instanceof TrapSignal)) {
            program.renew(routine(calls.getFirst()));
        }
        List<Trap.Position> stack =
                calls.stream().map(c -> position(c, program)).toList();
        return new Trap(kind, detail(cause, calls, program), stack);
    }

    /// One frame for each call of a routine, also where it lies in several methods.
    private static List<StackTraceElement> calls(Throwable cause) {
        List<StackTraceElement> calls = new ArrayList<>();
        String inPart = "";
        for (StackTraceElement frame : cause.getStackTrace()) {
            if (calls.size() == SHOWN_CALLS) {
                break;
            }
            if (routine(frame) >= 0) {
                boolean counted = frame.getClassName().equals(inPart);
                boolean whole = frame.getMethodName().equals(RoutineWriter.METHOD);
                inPart = whole ? "" : frame.getClassName();
                if (!counted) {
                    calls.add(frame);
                }
            }
        }
        return calls;
    }

    private static int routine(StackTraceElement frame) {
        return CompiledProgram.routine(frame.getClassName());
    }

    private static Trap.Position position(StackTraceElement call, CompiledProgram program) {
        int routine = routine(call);
        return new Trap.Position(
                program.routineName(routine),
                String.valueOf(call.getFileName()),
                program.source(routine).lineOfCode(call.getLineNumber()));
    }

    private static String detail(Throwable cause, List<StackTraceElement> calls, CompiledProgram program) {
        return switch (cause) {
            case TrapSignal _ -> String.valueOf(cause.getMessage());
            case ArrayIndexOutOfBoundsException _
            when !calls.isEmpty() -> {
                StackTraceElement first = calls.getFirst();
                Routine routine = program.routine(routine(first));
                yield MissedIndex.detail(routine, first.getLineNumber(), String.valueOf(cause.getMessage()));
            }
            case ClassCastException _, WrongMethodTypeException _ ->
                "the reference is read as another type than it was taken of";
            default -> "";
        };
    }
}
