package io.millwright.process.fmi;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/// The functions of an FMU's binary, and what they answer.
@SuppressWarnings("restricted")
final class Functions {

    private static final Linker LINKER = Linker.nativeLinker();
    private static final int RTLD_LAZY = 1;
    private static final int DL_MESSAGE_MAX = 1_000;

    private final String fmu;
    private final SymbolLookup library;
    private final LogMessages log;
    private boolean fatal;

    /// One call of a function that answers with a status.
    @FunctionalInterface
    interface Call {
        int status() throws Throwable;
    }

    /// Loads a binary for as long as the arena lives.
    ///
    /// @param fmu what messages begin with
    Functions(String fmu, Path binary, Arena arena, LogMessages log) {
        this.fmu = fmu;
        this.log = log;
        check(binary);
        try {
            library = SymbolLookup.libraryLookup(binary, arena);
        } catch (IllegalArgumentException _) {
            throw new FmuError(fmu + ": its binary cannot be loaded: " + reason(binary));
        }
    }

    /// Where libraries are ELF files, tells what is wrong before the system is asked.
    private void check(Path binary) {
        String machine = Platform.here().name();
        if (!machine.endsWith("-linux")) {
            return;
        }
        try {
            ElfLibrary.fault(binary, machine).ifPresent(fault -> {
                throw new FmuError(fmu + ": its binary " + binary.getFileName() + " " + fault);
            });
        } catch (IOException e) {
            throw new FmuError(fmu + ": its binary cannot be read: " + e.getMessage());
        }
    }

    /// Asks the loader of the system, where it is POSIX's.
    private static String reason(Path binary) {
        var system = LINKER.defaultLookup();
        var open = system.find("dlopen");
        var error = system.find("dlerror");
        if (open.isEmpty() || error.isEmpty()) {
            return "it is not of this machine, or a library that it needs is missing";
        }
        try (var arena = Arena.ofConfined()) {
            var dlopen = LINKER.downcallHandle(
                    open.get(), FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
            var dlerror = LINKER.downcallHandle(error.get(), FunctionDescriptor.of(ValueLayout.ADDRESS));
            var _ = (MemorySegment) dlopen.invokeExact(arena.allocateFrom(binary.toString()), RTLD_LAZY);
            String said = CText.read((MemorySegment) dlerror.invokeExact(), DL_MESSAGE_MAX);
            return said.replace(binary.toString(), binary.getFileName().toString());
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    /// A function of these parameters that answers with a status.
    MethodHandle find(String name, MemoryLayout... parameters) {
        return find(name, FunctionDescriptor.of(ValueLayout.JAVA_INT, parameters));
    }

    MethodHandle find(String name, FunctionDescriptor descriptor) {
        var symbol = library.find(name)
                .orElseThrow(() -> new FmuError(fmu + ": its binary has no function " + name
                        + ", which the standard demands; was it exported whole?"));
        return LINKER.downcallHandle(symbol, descriptor);
    }

    /// A function of the system's C library, to hand on.
    static MemorySegment system(String name) {
        return LINKER.defaultLookup().findOrThrow(name);
    }

    /// Calls a function; OK and Warning go on.
    void run(String name, Call call) {
        check(name, ask(call));
    }

    /// What a function answered; OK and Warning go on.
    void check(String name, int status) {
        if (status > 1 || status < 0) {
            throw failure(name + " failed (" + LogMessages.status(status) + ")" + log.lastMistake());
        }
    }

    /// Calls a function for its status.
    int ask(Call call) {
        if (fatal) {
            throw failure("nothing can be asked of it any more after a fatal error");
        }
        try {
            int status = call.status();
            fatal = status == 4;
            return status;
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    /// Whether the unit said that it may not be called any more, not even to free it.
    boolean isFatal() {
        return fatal;
    }

    FmuError failure(String message) {
        return new FmuError(fmu + ": " + message);
    }

    /// What a method handle threw that is declared to throw anything.
    static RuntimeException broken(Throwable e) {
        return switch (e) {
            case RuntimeException exception -> exception;
            case Error error -> throw error;
            default -> new IllegalStateException(e);
        };
    }
}
