package io.millwright.identity.fuzz;

import io.millwright.identity.wire.MalformedException;
import java.util.List;

/// Something that reads what strangers send, and what has to hold of it.
///
/// @param name in small letters; its corpus bears it
/// @param seeds inputs that it understands, for others to be made from
/// @param check throws when the input is not taken as it should be
public record Codec(String name, List<byte[]> seeds, Check check) {

    /// Throws nothing but what says that a promise was broken.
    @FunctionalInterface
    public interface Check {
        void holds(byte[] input) throws Exception;
    }

    /// Something that may find its input malformed.
    @FunctionalInterface
    public interface Reading<T> {
        T read() throws MalformedException;
    }

    /// What is read; nothing if it is malformed, for which there is a short reason.
    public static <T> java.util.Optional<T> read(Reading<T> reading) {
        try {
            return java.util.Optional.of(reading.read());
        } catch (MalformedException e) {
            if (e.getMessage().isEmpty() || e.getMessage().length() > 400) {
                throw new AssertionError("a reason of " + e.getMessage().length() + " characters");
            }
            return java.util.Optional.empty();
        }
    }

    /// What is written of what was read is read as the same.
    public static void same(Object read, Object again) {
        if (!read.equals(again)) {
            throw new AssertionError(read + " is not " + again);
        }
    }

    public static void must(boolean holds, String what) {
        must(holds, () -> what);
    }

    /// Checks with words that are made only if they are needed.
    public static void must(boolean holds, java.util.function.Supplier<String> what) {
        if (!holds) {
            throw new AssertionError(what.get());
        }
    }
}
