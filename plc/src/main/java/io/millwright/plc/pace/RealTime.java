package io.millwright.plc.pace;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the operating system grants a thread that must be on time, asked for by its system calls (Linux:
/// sched_setscheduler(2), mlockall(2), prctl(2), sched_setaffinity(2)).
///
/// Threads in a real-time class leave one core to all others: within the Java virtual machine a thread may wait
/// for another one by naps that a real-time thread does not take, and if such threads had all cores, what they
/// wait for would not go on.
///
/// Whatever is refused is left as it was and told, with what would help; nothing of it is needed to run.
///
/// @param fifo whether the thread runs before all others that are not in a real-time class
/// @param granted what was granted, for people
/// @param refused what was refused and why, for people
public record RealTime(boolean fifo, List<String> granted, List<String> refused) {
    private static final int NICE = 10;
    private static final int NICE_FIRST = -10;
    /// Collects garbage while all other threads wait for it (as it is called in HotSpot).
    private static final String COLLECTOR = "VM Thread";
    /// Have much to do at first, and nobody waits for them.
    private static final List<String> COMPILERS = List.of("C1 Compiler", "C2 Compiler");

    public RealTime {
        granted = List.copyOf(granted);
        refused = List.copyOf(refused);
    }

    /// What is asked for.
    ///
    /// @param priority of SCHED_FIFO, 1 to 99
    /// @param core the core to stay on; empty for any but the one that is left to others
    /// @param lockMemory whether the memory of the process is kept from being swapped out
    public record Wanted(int priority, Optional<Integer> core, boolean lockMemory) {
        /// Before everything but the kernel's own threads.
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

    /// Asks for the thread that calls; threads that it starts are not meant, but stay on its cores until
    /// [#askForStarted] or they [#leave] them.
    public static RealTime ask(Wanted wanted) {
        if (!isLinux()) {
            return new RealTime(false, List.of(), List.of("real-time scheduling: only Linux grants it here"));
        }
        List<String> granted = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        boolean fifo = fifo(wanted, granted, refused);
        tell(LinuxThreads.timerSlack(1), "timer slack 1 ns", "", granted, refused);
        if (wanted.lockMemory()) {
            tell(LinuxThreads.lockMemory(), "memory locked", "raise `ulimit -l`", granted, refused);
        }
        return new RealTime(fifo, granted, refused);
    }

    private static boolean fifo(Wanted wanted, List<String> granted, List<String> refused) {
        String what = "SCHED_FIFO " + wanted.priority();
        BitSet all = coresOfProcess();
        BitSet cores = wanted.core().map(RealTime::one).orElseGet(() -> withoutFirst(all));
        if (cores.isEmpty() || leftBy(cores, all).isEmpty()) {
            refused.add(what + " (the process has one core, which its other threads need: give it two)");
            return false;
        }
        int error = LinuxThreads.fifo(0, wanted.priority());
        if (error != 0) {
            refused.add(what + because(error, "run as root, or `setcap cap_sys_nice+ep` on java"));
        } else {
            error = LinuxThreads.cores(0, cores);
            if (error != 0) {
                var _ = LinuxThreads.other(0);
                refused.add(what + because(error, "name a core that there is"));
            }
        }
        if (error == 0) {
            granted.add(what + " on core " + text(cores));
        }
        return error == 0;
    }

    /// The cores that the process was started on: those of its first thread, which only waits.
    private static BitSet coresOfProcess() {
        return LinuxThreads.cores((int) ProcessHandle.current().pid());
    }

    private static BitSet one(int core) {
        var cores = new BitSet();
        cores.set(core);
        return cores;
    }

    private static BitSet withoutFirst(BitSet all) {
        var cores = (BitSet) all.clone();
        if (!all.isEmpty()) {
            cores.clear(all.nextSetBit(0));
        }
        return cores;
    }

    private static BitSet leftBy(BitSet cores, BitSet all) {
        var left = (BitSet) all.clone();
        left.andNot(cores);
        return left;
    }

    /// As taskset(1) writes them, e.g. `1-3,7`.
    static String text(BitSet cores) {
        return cores.stream()
                .filter(c -> c == 0 || !cores.get(c - 1))
                .mapToObj(c -> {
                    int last = cores.nextClearBit(c) - 1;
                    return last == c ? Integer.toString(c) : c + "-" + last;
                })
                .collect(Collectors.joining(","));
    }

    /// Asks for what the threads that must be on time depend on: the thread of the Java virtual machine for
    /// which all others wait, and for the rest of the process to run before other processes, but for its
    /// compilers. A process of which each thread waits its turn is also long in coming to its end when it is
    /// killed.
    ///
    /// @param priority of SCHED_FIFO for the former
    public static RealTime askForProcess(int priority) {
        if (!isLinux()) {
            return none();
        }
        boolean first = true;
        BitSet cores = withoutFirst(coresOfProcess());
        for (int thread : LinuxThreads.all()) {
            String name = LinuxThreads.name(thread);
            if (name.equals(COLLECTOR)) {
                if (!cores.isEmpty() && LinuxThreads.cores(thread, cores) == 0) {
                    var _ = LinuxThreads.fifo(thread, priority);
                }
            } else if (!isCompiler(name)) {
                first &= LinuxThreads.nice(thread, NICE_FIRST) == 0 || !LinuxThreads.exists(thread);
            }
        }
        List<String> what = List.of("nice " + NICE_FIRST + " for the process");
        return new RealTime(false, first ? what : List.of(), first ? List.of() : what);
    }

    /// Asks the same for threads that were started since, which have the priority that all begin with. Those that
    /// a thread in a real-time class has started leave its cores. To be called now and then, where
    /// [#askForProcess] was.
    public static void askForStarted() {
        if (!isLinux()) {
            return;
        }
        BitSet all = coresOfProcess();
        BitSet cores = withoutFirst(all);
        for (int thread : LinuxThreads.all()) {
            if (LinuxThreads.niceOf(thread) == 0 && !isCompiler(LinuxThreads.name(thread))) {
                var _ = LinuxThreads.nice(thread, NICE_FIRST);
            }
            if (LinuxThreads.cores(thread).equals(cores) && !LinuxThreads.isFifo(thread)) {
                var _ = LinuxThreads.cores(thread, all);
            }
        }
    }

    /// Lets the thread that calls run on all cores, where one in a real-time class has started it: what takes
    /// long is not to wait for the scans.
    public static void leave() {
        if (isLinux()) {
            var _ = LinuxThreads.cores(0, coresOfProcess());
        }
    }

    private static boolean isCompiler(String name) {
        return COMPILERS.stream().anyMatch(name::startsWith);
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
            var _ = LinuxThreads.nice(0, NICE);
        }
    }

    /// All of it in one line.
    public String text() {
        String good = granted.isEmpty() ? "normal priority" : String.join(", ", granted);
        return refused.isEmpty() ? good : good + "; refused: " + String.join("; ", refused);
    }

    private static void tell(int error, String what, String help, List<String> granted, List<String> refused) {
        if (error == 0) {
            granted.add(what);
        } else {
            refused.add(what + because(error, help));
        }
    }

    private static String because(int error, String help) {
        String number = error == LinuxThreads.EPERM ? "not permitted" : "error " + error;
        return " (" + number + (help.isEmpty() ? "" : ": " + help) + ")";
    }
}
