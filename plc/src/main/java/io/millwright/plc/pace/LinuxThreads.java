package io.millwright.plc.pace;

import java.io.IOException;
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
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The threads of this process as Linux has them, by their numbers (0: the one that calls), and its system calls
/// for them through the C library. A call gives 0 or the number of an error.
final class LinuxThreads {
    static final int EPERM = 1;

    private static final int SCHED_OTHER = 0;
    private static final int SCHED_FIFO = 1;
    private static final int POLICY = 0xFF;
    /// SCHED_OTHER, SCHED_BATCH and SCHED_IDLE.
    private static final Set<Integer> NORMAL = Set.of(SCHED_OTHER, 3, 5);
    /// Threads that the thread starts are of normal priority again (sched(7)).
    private static final int SCHED_RESET_ON_FORK = 0x4000_0000;
    /// MCL_CURRENT, MCL_FUTURE and MCL_ONFAULT: pages are locked when they are first used, so that none is used
    /// up for it.
    private static final int MCL_ALL_ON_FAULT = 7;

    /// `struct sched_attr` in its first version (sched_setattr(2)), all but its last two numbers, for deadlines:
    /// size, policy, flags, nice value, real-time priority, and, for normal priority from Linux 6.12 on, the slice.
    private static final int ATTRIBUTES_BYTES = 48;

    private static final long RESET_ON_FORK = 1;
    /// The number of sched_setattr(2), for which the C library has no name; where it is not known here, none that
    /// there is.
    private static final long SET_ATTRIBUTES = switch (System.getProperty("os.arch", "")) {
        case "amd64" -> 314;
        case "aarch64", "riscv64" -> 274;
        default -> -1;
    };

    private static final int PR_SET_TIMERSLACK = 29;
    private static final int PRIO_PROCESS = 0;
    /// Of 1024 cores, as many as the C library's `cpu_set_t` has.
    private static final int CPU_SET_BYTES = 128;

    private static final int ENOSYS = 38;
    private static final Path THREADS = Path.of("/proc/self/task");
    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final Map<String, MethodHandle> CALLS = new ConcurrentHashMap<>();

    private LinuxThreads() {}

    /// Their numbers, ascending.
    static int[] all() {
        // As a file: it is asked for many times a second, and a stream of paths is more than ten times the garbage.
        String[] names = THREADS.toFile().list();
        int[] numbers = new int[names == null ? 0 : names.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Integer.parseInt(names[i]);
        }
        Arrays.sort(numbers);
        return numbers;
    }

    /// The first thread. In the launcher of Java it only waits, so it has the cores that the process was given.
    static int first() {
        return (int) ProcessHandle.current().pid();
    }

    static boolean exists(int thread) {
        return Files.exists(folder(thread));
    }

    /// Its name; empty where it has ended.
    static String name(int thread) {
        try {
            return Files.readString(folder(thread).resolve("comm")).strip();
        } catch (IOException _) {
            return "";
        }
    }

    private static Path folder(int thread) {
        return THREADS.resolve(Integer.toString(thread));
    }

    static int fifo(int thread, int priority) {
        return schedule(thread, SCHED_FIFO | SCHED_RESET_ON_FORK, priority);
    }

    /// Normal priority again.
    static int other(int thread) {
        return schedule(thread, SCHED_OTHER, 0);
    }

    private static int schedule(int thread, int policy, int priority) {
        try (Arena arena = Arena.ofConfined()) {
            MethodHandle call =
                    call("sched_setscheduler", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS);
            MemorySegment parameter = arena.allocateFrom(ValueLayout.JAVA_INT, priority);
            MemorySegment state = arena.allocate(STATE);
            return error(state, (int) call.invokeExact(state, thread, policy, parameter));
        } catch (Throwable _) {
            return ENOSYS;
        }
    }

    /// Whether it is in one of the real-time classes; also where that is not known.
    static boolean isRealTime(int thread) {
        try (Arena arena = Arena.ofConfined()) {
            MethodHandle call = call("sched_getscheduler", ValueLayout.JAVA_INT);
            int policy = (int) call.invokeExact(arena.allocate(STATE), thread);
            return policy < 0 || !NORMAL.contains(policy & POLICY);
        } catch (Throwable _) {
            return true;
        }
    }

    /// On which cores it may run; none where that is not known.
    static BitSet cores(int thread) {
        try (Arena arena = Arena.ofConfined()) {
            MethodHandle call =
                    call("sched_getaffinity", ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS);
            MemorySegment set = arena.allocate(CPU_SET_BYTES);
            int result = (int) call.invokeExact(arena.allocate(STATE), thread, (long) CPU_SET_BYTES, set);
            return result == 0 ? BitSet.valueOf(set.toArray(ValueLayout.JAVA_BYTE)) : new BitSet();
        } catch (Throwable _) {
            return new BitSet();
        }
    }

    static int cores(int thread, BitSet cores) {
        try (Arena arena = Arena.ofConfined()) {
            MethodHandle call =
                    call("sched_setaffinity", ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS);
            MemorySegment set = arena.allocate(CPU_SET_BYTES);
            set.copyFrom(MemorySegment.ofArray(cores.toByteArray()));
            MemorySegment state = arena.allocate(STATE);
            return error(state, (int) call.invokeExact(state, thread, (long) CPU_SET_BYTES, set));
        } catch (Throwable _) {
            return ENOSYS;
        }
    }

    /// Normal priority, but before all others of it, and before the slice of theirs has ended. Not for threads that
    /// the thread starts.
    static int before(int thread, int nice, int sliceNanos) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attributes = arena.allocate(ATTRIBUTES_BYTES, Long.BYTES);
            attributes.set(ValueLayout.JAVA_INT, 0, ATTRIBUTES_BYTES);
            attributes.set(ValueLayout.JAVA_INT, 4, SCHED_OTHER);
            attributes.set(ValueLayout.JAVA_LONG, 8, RESET_ON_FORK);
            attributes.set(ValueLayout.JAVA_INT, 16, nice);
            attributes.set(ValueLayout.JAVA_LONG, 24, sliceNanos);
            MethodHandle call = call(
                    1,
                    "syscall",
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_INT,
                    ValueLayout.ADDRESS,
                    ValueLayout.JAVA_INT);
            MemorySegment state = arena.allocate(STATE);
            return error(state, (int) call.invokeExact(state, SET_ATTRIBUTES, thread, attributes, 0));
        } catch (Throwable _) {
            return ENOSYS;
        }
    }

    /// setpriority(2), which on Linux is for one thread.
    static int nice(int thread, int value) {
        try (Arena arena = Arena.ofConfined()) {
            MethodHandle call = call("setpriority", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
            MemorySegment state = arena.allocate(STATE);
            return error(state, (int) call.invokeExact(state, PRIO_PROCESS, thread, value));
        } catch (Throwable _) {
            return ENOSYS;
        }
    }

    /// Its nice value; of one that is not known, not 0.
    static int niceOf(int thread) {
        try (Arena arena = Arena.ofConfined()) {
            MethodHandle call = call("getpriority", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
            return (int) call.invokeExact(arena.allocate(STATE), PRIO_PROCESS, thread);
        } catch (Throwable _) {
            return -1;
        }
    }

    /// Of the thread that calls.
    static int timerSlack(long nanos) {
        try (Arena arena = Arena.ofConfined()) {
            MethodHandle call = call(1, "prctl", ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG);
            MemorySegment state = arena.allocate(STATE);
            return error(state, (int) call.invokeExact(state, PR_SET_TIMERSLACK, nanos));
        } catch (Throwable _) {
            return ENOSYS;
        }
    }

    /// Keeps the memory of the process from being swapped out.
    static int lockMemory() {
        try (Arena arena = Arena.ofConfined()) {
            MethodHandle call = call("mlockall", ValueLayout.JAVA_INT);
            MemorySegment state = arena.allocate(STATE);
            return error(state, (int) call.invokeExact(state, MCL_ALL_ON_FAULT));
        } catch (Throwable _) {
            return ENOSYS;
        }
    }

    private static int error(MemorySegment state, int result) {
        return result == 0 ? 0 : (int) ERRNO.get(state, 0L);
    }

    private static MethodHandle call(String name, MemoryLayout... arguments) {
        return call(arguments.length, name, arguments);
    }

    /// @param fixed how many arguments the C function names; those behind are variadic
    @SuppressWarnings("restricted") // calls of the C library, their signatures as its manual pages give them
    private static MethodHandle call(int fixed, String name, MemoryLayout... arguments) {
        return CALLS.computeIfAbsent(name, n -> {
            MemorySegment symbol = LINKER.defaultLookup()
                    .find(n)
                    .orElseThrow(() -> new IllegalStateException("the C library has no " + n));
            Linker.Option errno = Linker.Option.captureCallState("errno");
            Linker.Option[] options = fixed == arguments.length
                    ? new Linker.Option[] {errno}
                    : new Linker.Option[] {errno, Linker.Option.firstVariadicArg(fixed)};
            return LINKER.downcallHandle(symbol, FunctionDescriptor.of(ValueLayout.JAVA_INT, arguments), options);
        });
    }
}
