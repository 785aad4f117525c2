package io.millwright.bench.st;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/// One algorithm, written in Structured Text and, by hand, in C; both beside this class's resources.
enum Kernel {
    INTEGER("whole numbers: greatest common divisors", 400),
    FLOATING("LREAL: the Lorenz attractor", 1500),
    FILTER("REAL: a filter of 32 taps", 2000),
    PID("eight controllers and their plants", 5000),
    SIEVE("BOOL in an array: primes below 8192", 100, "crossed[0]", "crossed[1]"),
    MATRIX("arrays of two dimensions: 20 × 20", 800, "c[1,1]", "c[5,5]"),
    STRINGS("texts put together, searched, taken apart", 1000),
    BITS("bits counted, turned, rotated", 3000),
    TIMERS("timers, counters, edges: eight stations", 20_000),
    SEQUENCE("machines of states: eight vessels", 2000),
    LOGIC("interlocks: BOOL alone", 3000),
    BLOCKS("an array of function blocks", 5000),
    DISPATCH("methods called through an interface", 2000),
    CRC("CRC-32 with a table", 3000),
    SORT("Shell's sort of 256 INT", 200),
    SCALING("an array of structures: analogue inputs", 2000);

    private final String what;
    private final int scans;
    private final String idle;

    Kernel(String what, int scans, String... idle) {
        this.what = what;
        this.scans = scans;
        this.idle = String.join(" ", idle);
    }

    String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// What it stands for.
    String what() {
        return what;
    }

    /// How many scans are timed together: some milliseconds.
    int scans() {
        return scans;
    }

    /// Variables that its innermost loops write and that do not count for the sum.
    List<String> idle() {
        return idle.isEmpty() ? List.of() : List.of(idle.split(" ", -1));
    }

    String file(String ending) {
        return title() + "." + ending;
    }

    String text(String ending) {
        return resource(file(ending));
    }

    /// The text of a file that lies beside the kernels.
    static String resource(String name) {
        try (InputStream in = Kernel.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("there is no " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
