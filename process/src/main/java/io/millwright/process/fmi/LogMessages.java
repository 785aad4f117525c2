package io.millwright.process.fmi;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// What an FMU logs, from whatever thread of its own: the newest messages, shortened.
final class LogMessages {

    static final int KEPT_MAX = 1_000;
    static final int LENGTH_MAX = 2_000;

    private static final MemoryLayout POINTER = ValueLayout.ADDRESS;
    private static final String[] STATUS = {"OK", "Warning", "Discard", "Error", "Fatal", "Pending"};

    private final Deque<LogMessage> kept = new ArrayDeque<>();

    /// The name of a status of FMI 2 and 3.
    static String status(int number) {
        return number >= 0 && number < STATUS.length ? STATUS[number] : "status " + number;
    }

    /// The logger to hand to an FMU, for as long as the arena lives. That of FMI 2 takes arguments like printf,
    /// which are left where they are.
    @SuppressWarnings("restricted")
    MemorySegment callback(FmiVersion version, Arena arena) {
        boolean second = version == FmiVersion.V2;
        var layout = second
                ? FunctionDescriptor.ofVoid(POINTER, POINTER, ValueLayout.JAVA_INT, POINTER, POINTER)
                : FunctionDescriptor.ofVoid(POINTER, ValueLayout.JAVA_INT, POINTER, POINTER);
        return Linker.nativeLinker().upcallStub(method(second, layout.toMethodType()), layout, arena);
    }

    private MethodHandle method(boolean second, MethodType type) {
        try {
            return MethodHandles.lookup().bind(this, second ? "log2" : "log3", type);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("unused") // called by FMUs
    private void log2(
            MemorySegment environment,
            MemorySegment instance,
            int status,
            MemorySegment category,
            MemorySegment message) {
        add(status, category, message);
    }

    @SuppressWarnings("unused") // called by FMUs
    private void log3(MemorySegment environment, int status, MemorySegment category, MemorySegment message) {
        add(status, category, message);
    }

    /// An exception that left here would end the process.
    private void add(int status, MemorySegment category, MemorySegment message) {
        try {
            var logged = new LogMessage(status(status), plain(category), plain(message));
            synchronized (this) {
                if (kept.size() == KEPT_MAX) {
                    kept.removeFirst();
                }
                kept.addLast(logged);
            }
        } catch (RuntimeException _) {
            // A message that cannot be kept is lost, which is better than the process.
        }
    }

    private static String plain(MemorySegment text) {
        return Shown.plain(CText.read(text, LENGTH_MAX), LENGTH_MAX);
    }

    /// Takes what was logged since the last time.
    synchronized List<LogMessage> take() {
        var taken = new ArrayList<>(kept);
        kept.clear();
        return taken;
    }

    /// The last mistake that was logged, after a colon; empty if there is none.
    synchronized String lastMistake() {
        var last = "";
        for (var message : kept) {
            boolean mistake =
                    message.status().equals("Error") || message.status().equals("Fatal");
            last = mistake ? ": " + message.text() : last;
        }
        return last;
    }
}
