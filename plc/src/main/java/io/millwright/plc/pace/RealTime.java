package io.millwright.plc.pace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What the operating system grants a thread that must be on time, asked for by its system calls (Linux:
/// sched_setscheduler(2), mlockall(2), prctl(2), sched_setaffinity(2)).
///
/// Whatever is refused is left as it was and told, with what would help; nothing of it is needed to run.
///
/// @param fifo whether the thread runs before all others that are not in a real-time class
/// @param granted what was granted, for people
/// @param refused what was refused and why, for people
public record RealTime(boolean fifo, List<String> granted, List<String> refused) {
    private static final int SCHED_FIFO = 1;
    /// Threads that the thread starts are of normal priority again (sched(7)).
    private static final int SCHED_RESET_ON_FORK = 0x4000_0000;
    /// MCL_CURRENT, MCL_FUTURE and MCL_ONFAULT: pages are locked when they are first used, so that none is used
    /// up for it.
    private static final int MCL_ALL_ON_FAULT = 7;

    private static final int PR_SET_TIMERSLACK = 29;
    private static final int PRIO_PROCESS = 0;
    private static final int NICE = 10;
    private static final int NICE_FIRST = -10;
    private static final Path THREADS = Path.of("/proc/self/task");
    /// Collects garbage while all other threads wait for it (as it is called in HotSpot).
    private static final String COLLECTOR = "VM Thread";
    /// Have much to do at first, and nobody waits for them.
    private static final List<String> COMPILERS = List.of("C1 Compiler", "C2 Compiler");
    private static final int EPERM = 1;
    private static final int CPU_SET_BYTES = 128;

    public RealTime {
        granted = List.copyOf(granted);
        refused = List.copyOf(refused);
    }

    /// What is asked for.
    ///
    /// @param priority of SCHED_FIFO, 1 to 99
    /// @param core the core to stay on; empty for any
    /// @param lockMemory whether the memory of the process is kept from being swapped out
    public record Wanted(int priority, Optional<Integer> core, boolean lockMemory) {
        /// Before everything but the kernel's own threads, on any core.
        public static final Wanted USUAL = new Wanted(80, Optional.empty(), true);

        public Wanted {
            if (priority < 1 || priority > 99) {
                throw new IllegalArgumentException("a real-time priority is from 1 to 99, not " + priority);
            }
        }
    }

    /// Nothing was asked for.
    public static RealTime none() {
        return new RealTime(false, List.of(), List.of());
    }

    private static boolean isLinux() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");
    }

    /// Asks for the thread that calls; threads that it starts are not meant.
    public static RealTime ask(Wanted wanted) {
        List<String> granted = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        if (!isLinux()) {
            refused.add("real-time scheduling: only Linux grants it here");
            return new RealTime(false, granted, refused);
        }
        var system = new Calls();
        boolean fifo = system.fifo(0, wanted.priority(), granted, refused);
        system.timerSlack(granted, refused);
        if (wanted.lockMemory()) {
            system.lock(granted, refused);
        }
        wanted.core().ifPresent(core -> system.pin(core, granted, refused));
        return new RealTime(fifo, granted, refused);
    }

    /// Asks for what the threads that must be on time depend on: the thread of the Java virtual machine for
    /// which all others wait, and for the rest of the process to run before other processes, but for its
    /// compilers. A process of which each thread waits its turn is also long in coming to its end when it is
    /// killed.
    ///
    /// @param priority of SCHED_FIFO for the former
    public static RealTime askForProcess(int priority) {
        List<String> granted = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        if (isLinux()) {
            new Calls().process(priority, granted, refused);
        }
        return new RealTime(false, granted, refused);
    }

    /// Asks the same for threads that were started since, which have the priority that all begin with. To be
    /// called now and then, where [#askForProcess] was.
    public static void askForStarted() {
        if (isLinux()) {
            new Calls().started();
        }
    }

    /// Both.
    public RealTime and(RealTime other) {
        return new RealTime(fifo || other.fifo, joined(granted, other.granted), joined(refused, other.refused));
    }

    private static List<String> joined(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    /// Lets all other threads of normal priority run before the one that calls, where the operating system
    /// knows of that: Linux, setpriority(2), where 0 is the calling thread.
    public static void stepBack() {
        if (isLinux()) {
            new Calls().nice(0, NICE);
        }
    }

    /// All of it in one line.
    public String text() {
        String good = granted.isEmpty() ? "normal priority" : String.join(", ", granted);
        return refused.isEmpty() ? good : good + "; refused: " + String.join("; ", refused);
    }

    /// The system calls, through the C library. Each gives 0, or the number of the error.
    private static final class Calls {
        private static final StructLayout STATE = Linker.Option.captureStateLayout();
        private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

        private final Linker linker = Linker.nativeLinker();

        /// @param thread its number; 0 for the one that calls
        boolean fifo(int thread, int priority, List<String> granted, List<String> refused) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment parameter = arena.allocateFrom(ValueLayout.JAVA_INT, priority);
                MethodHandle call =
                        handle("sched_setscheduler", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS);
                MemorySegment state = arena.allocate(STATE);
                int result = (int) call.invokeExact(state, thread, SCHED_FIFO | SCHED_RESET_ON_FORK, parameter);
                boolean good = result == 0;
                if (good) {
                    granted.add("SCHED_FIFO " + priority);
                } else {
                    refused.add("SCHED_FIFO " + reason(state, "run as root, or `setcap cap_sys_nice+ep` on java"));
                }
                return good;
            } catch (Throwable e) {
                refused.add("SCHED_FIFO (" + e.getMessage() + ")");
                return false;
            }
        }

        void timerSlack(List<String> granted, List<String> refused) {
            try (Arena arena = Arena.ofConfined()) {
                MethodHandle call = handle(1, "prctl", ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG);
                MemorySegment state = arena.allocate(STATE);
                int result = (int) call.invokeExact(state, PR_SET_TIMERSLACK, 1L);
                tell(result, "timer slack 1 ns", reason(state, ""), granted, refused);
            } catch (Throwable e) {
                refused.add("timer slack (" + e.getMessage() + ")");
            }
        }

        void lock(List<String> granted, List<String> refused) {
            try (Arena arena = Arena.ofConfined()) {
                MethodHandle call = handle("mlockall", ValueLayout.JAVA_INT);
                MemorySegment state = arena.allocate(STATE);
                int result = (int) call.invokeExact(state, MCL_ALL_ON_FAULT);
                tell(result, "memory locked", reason(state, "raise `ulimit -l`"), granted, refused);
            } catch (Throwable e) {
                refused.add("memory locked (" + e.getMessage() + ")");
            }
        }

        void pin(int core, List<String> granted, List<String> refused) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment set = arena.allocate(CPU_SET_BYTES);
                set.set(ValueLayout.JAVA_BYTE, core / Byte.SIZE, (byte) (1 << core % Byte.SIZE));
                MethodHandle call =
                        handle("sched_setaffinity", ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS);
                MemorySegment state = arena.allocate(STATE);
                int result = (int) call.invokeExact(state, 0, (long) CPU_SET_BYTES, set);
                tell(result, "core " + core, reason(state, "name a core that there is"), granted, refused);
            } catch (Throwable e) {
                refused.add("core " + core + " (" + e.getMessage() + ")");
            }
        }

        /// setpriority(2), which on Linux is for one thread.
        ///
        /// @param thread its number; 0 for the one that calls
        /// @return whether it was granted
        boolean nice(int thread, int value) {
            try (Arena arena = Arena.ofConfined()) {
                MethodHandle call =
                        handle("setpriority", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
                return (int) call.invokeExact(arena.allocate(STATE), PRIO_PROCESS, thread, value) == 0;
            } catch (Throwable _) {
                // Then it runs like all others.
                return false;
            }
        }

        void process(int priority, List<String> granted, List<String> refused) {
            boolean first = true;
            for (int thread : threads()) {
                if (name(thread).equals(COLLECTOR)) {
                    var _ = fifo(thread, priority, new ArrayList<>(), new ArrayList<>());
                } else if (!isCompiler(thread)) {
                    first &= nice(thread, NICE_FIRST) || !Files.exists(folder(thread));
                }
            }
            (first ? granted : refused).add("nice " + NICE_FIRST + " for the process");
        }

        void started() {
            for (int thread : threads()) {
                if (niceOf(thread) == 0 && !isCompiler(thread)) {
                    var _ = nice(thread, NICE_FIRST);
                }
            }
        }

        /// getpriority(2).
        private int niceOf(int thread) {
            try (Arena arena = Arena.ofConfined()) {
                MethodHandle call = handle("getpriority", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
                return (int) call.invokeExact(arena.allocate(STATE), PRIO_PROCESS, thread);
            } catch (Throwable _) {
                return NICE;
            }
        }

        /// The numbers of the threads of this process.
        private static List<Integer> threads() {
            try (var threads = Files.list(THREADS)) {
                return threads.map(t -> Integer.valueOf(t.getFileName().toString()))
                        .toList();
            } catch (IOException | UncheckedIOException _) {
                return List.of();
            }
        }

        private static Path folder(int thread) {
            return THREADS.resolve(Integer.toString(thread));
        }

        private static boolean isCompiler(int thread) {
            String name = name(thread);
            return COMPILERS.stream().anyMatch(name::startsWith);
        }

        /// Its name; empty where it has ended.
        private static String name(int thread) {
            try {
                return Files.readString(folder(thread).resolve("comm")).strip();
            } catch (IOException _) {
                return "";
            }
        }

        private MethodHandle handle(String name, MemoryLayout... arguments) {
            return handle(arguments.length, name, arguments);
        }

        /// @param fixed how many arguments the C function names; those behind are variadic
        @SuppressWarnings("restricted") // calls of the C library, their signatures as its manual pages give them
        private MethodHandle handle(int fixed, String name, MemoryLayout... arguments) {
            MemorySegment symbol = linker.defaultLookup()
                    .find(name)
                    .orElseThrow(() -> new IllegalStateException("the C library has no " + name));
            Linker.Option errno = Linker.Option.captureCallState("errno");
            Linker.Option[] options = fixed == arguments.length
                    ? new Linker.Option[] {errno}
                    : new Linker.Option[] {errno, Linker.Option.firstVariadicArg(fixed)};
            return linker.downcallHandle(symbol, FunctionDescriptor.of(ValueLayout.JAVA_INT, arguments), options);
        }

        private static void tell(int result, String what, String reason, List<String> granted, List<String> refused) {
            if (result == 0) {
                granted.add(what);
            } else {
                refused.add(what + " " + reason);
            }
        }

        private static String reason(MemorySegment state, String help) {
            int error = (int) ERRNO.get(state, 0L);
            String number = error == EPERM ? "not permitted" : "error " + error;
            return "(" + number + (help.isEmpty() ? "" : ": " + help) + ")";
        }
    }
}
