package io.millwright.network.solver;

import com.google.ortools.Loader;

/// Whether the native library of OR-Tools can be used. It is loaded when that is first asked; that takes some
/// hundred milliseconds, as it is unpacked from its archive.
///
/// The system property `mw.ortools=off` does without it.
public final class OrTools {

    private static final String PROPERTY = "mw.ortools";
    private static final String OFF = "off";

    private OrTools() {}

    /// Loads the library when it is first touched; the runtime sees to it that this happens once.
    private static final class Library {
        static final String PROBLEM = load();

        private Library() {}

        private static String load() {
            try {
                Loader.loadNativeLibraries();
                return "";
            } catch (RuntimeException | LinkageError e) {
                return "OR-Tools has no native library for %s %s: %s"
                        .formatted(System.getProperty("os.name"), System.getProperty("os.arch"), firstLine(e));
            }
        }

        private static String firstLine(Throwable problem) {
            return String.valueOf(problem.getMessage()).lines().findFirst().orElse(problem.toString());
        }
    }

    /// Whether solvers can be called.
    public static boolean isAvailable() {
        return why().isEmpty();
    }

    /// Why they cannot, in one line; empty where they can.
    public static String why() {
        return OFF.equals(System.getProperty(PROPERTY))
                ? "OR-Tools is switched off (-D" + PROPERTY + "=" + OFF + ")"
                : Library.PROBLEM;
    }
}
