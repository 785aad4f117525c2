package io.millwright.plc.pace;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// What the operating system grants a thread that must be on time, asked for by its system calls (Linux:
/// sched_setscheduler(2), mlockall(2), prctl(2), sched_setaffinity(2)).
///
/// Threads in a real-time class leave cores to all others: within the Java virtual machine a thread may wait for
/// another one in a way that lets no thread of lower priority run on its core, and what it waits for goes on
/// elsewhere then. For the same reason all of a process are to ask for one and the same priority, and a
/// [CoreKeeper] looks after what they start. Who has to act while one of them runs for ever asks to be [#prompt].
///
/// Whatever is refused is left as it was and told, with what would help; nothing of it is needed to run.
///
/// @param fifo whether the thread runs before all others that are not in a real-time class
/// @param granted what was granted, for people
/// @param refused what was refused and why, for people
public record RealTime(boolean fifo, List<String> granted, List<String> refused) {
    /// Held while class, cores or nice value of a thread are read and changed.
    static final Object TURN = new Object();

    private static final int NICE = 10;
    private static final int NICE_FIRST = -10;
    private static final int NICE_PROMPT = -20;
    /// The shortest that Linux gives.
    private static final int SLICE_NANOS = 100_000;
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
    /// @param lockMemory whether the memory of the process is kept from being swapped out
    public record Wanted(int priority, boolean lockMemory) {
        /// Before everything but the kernel's own threads.
        public static final Wanted USUAL = new Wanted(80, true);

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

    static boolean isLinux() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");
    }

    /// Asks for the thread that calls; threads that it starts are not meant, but begin on its cores until a
    /// [CoreKeeper] finds them or they [#leave] them.
    public static RealTime ask(Wanted wanted) {
        if (!isLinux()) {
            return new RealTime(false, List.of(), List.of("real-time scheduling: only Linux grants it here"));
        }
        List<String> granted = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        boolean fifo = fifo(wanted.priority(), granted, refused);
        tell(LinuxThreads.timerSlack(1), "timer slack 1 ns", "", granted, refused);
        if (wanted.lockMemory()) {
            tell(LinuxThreads.lockMemory(), "memory locked", "raise `ulimit -l`", granted, refused);
        }
        return new RealTime(fifo, granted, refused);
    }

    private static boolean fifo(int priority, List<String> granted, List<String> refused) {
        String what = "SCHED_FIFO " + priority;
        Cores cores = Cores.ofProcess();
        if (!cores.areApart()) {
            refused.add(what + " (the process has one core, which its other threads need: give it two)");
            return false;
        }
        synchronized (TURN) {
            int error = LinuxThreads.fifo(0, priority);
            if (error == 0) {
                error = LinuxThreads.cores(0, cores.prompt());
                if (error != 0) {
                    var _ = LinuxThreads.other(0);
                }
            }
            tell(
                    error,
                    what + (error == 0 ? " on core " + Cores.text(cores.prompt()) : ""),
                    "run as root, or `setcap cap_sys_nice+ep` on java",
                    granted,
                    refused);
            return error == 0;
        }
    }

    /// Asks that the thread that calls runs before all others of normal priority, at once when it has to. It is not
    /// in a real-time class, so whatever it waits for goes on.
    ///
    /// @return whether that was granted
    public static boolean prompt() {
        if (!isLinux()) {
            return false;
        }
        synchronized (TURN) {
            return LinuxThreads.before(0, NICE_PROMPT, SLICE_NANOS) == 0 || LinuxThreads.nice(0, NICE_PROMPT) == 0;
        }
    }

    /// Asks for what the threads that must be on time depend on: the thread of the Java virtual machine for
    /// which all others wait, and for the rest of the process to run before other processes, but for its
    /// compilers. A process of which each thread waits its turn is also long in coming to its end when it is
    /// killed.
    ///
    /// That thread stays on all cores: it waits by naps that are long enough for others to run.
    ///
    /// @param priority of SCHED_FIFO for the former
    public static RealTime askForProcess(int priority) {
        if (!isLinux()) {
            return none();
        }
        boolean first = true;
        boolean apart = Cores.ofProcess().areApart();
        for (int thread : LinuxThreads.all()) {
            synchronized (TURN) {
                if (!LinuxThreads.name(thread).equals(COLLECTOR)) {
                    first &= first(thread) || !LinuxThreads.exists(thread);
                } else if (apart) {
                    var _ = LinuxThreads.fifo(thread, priority);
                }
            }
        }
        List<String> what = List.of("nice " + NICE_FIRST + " for the process");
        return new RealTime(false, first ? what : List.of(), first ? List.of() : what);
    }

    /// Lets a thread run before those of other processes, where nobody asked for anything else.
    ///
    /// @return whether it does, or need not
    static boolean first(int thread) {
        return LinuxThreads.niceOf(thread) != 0
                || COMPILERS.stream().anyMatch(LinuxThreads.name(thread)::startsWith)
                || LinuxThreads.nice(thread, NICE_FIRST) == 0;
    }

    /// Lets the thread that calls be on all cores at once, where one in a real-time class has started it: what takes
    /// long is not to wait for the scans.
    public static void leave() {
        if (isLinux()) {
            Cores cores = Cores.ofProcess();
            synchronized (TURN) {
                if (cores.areApart()
                        && !LinuxThreads.isRealTime(0)
                        && LinuxThreads.cores(0).equals(cores.prompt())) {
                    var _ = LinuxThreads.cores(0, cores.all());
                }
            }
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
            synchronized (TURN) {
                var _ = LinuxThreads.nice(0, NICE);
            }
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
