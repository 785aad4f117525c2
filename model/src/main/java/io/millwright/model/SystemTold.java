package io.millwright.model;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Why the operating system refused something, for people. Its usual reasons have codes, so that they are said in other
/// languages too; any other is told as it came.
public final class SystemTold {
    /// As Linux words them (strerror); `about` is the file or address, where that is known.
    private static final List<Told> REASONS = List.of(
            Told.of("system-no-space", "{about: }No space left on device"),
            Told.of("system-quota", "{about: }Disk quota exceeded"),
            Told.of("system-read-only", "{about: }Read-only file system"),
            Told.of("system-denied", "{about: }Permission denied"),
            Told.of("system-not-permitted", "{about: }Operation not permitted"),
            Told.of("system-none", "{about: }No such file or directory"),
            Told.of("system-input-output", "{about: }Input/output error"),
            Told.of("system-too-many-files", "{about: }Too many open files"),
            Told.of("system-refused", "{about: }Connection refused"),
            Told.of("system-reset", "{about: }Connection reset"),
            Told.of("system-reset-by-peer", "{about: }Connection reset by peer"),
            Told.of("system-pipe", "{about: }Broken pipe"),
            Told.of("system-timed-out", "{about: }Connection timed out"),
            Told.of("system-connect-timed-out", "{about: }Connect timed out"),
            Told.of("system-read-timed-out", "{about: }Read timed out"),
            Told.of("system-no-route", "{about: }No route to host"),
            Told.of("system-unreachable", "{about: }Network is unreachable"),
            Told.of("system-in-use", "{about: }Address already in use"),
            Told.of("system-not-here", "{about: }Cannot assign requested address"));

    private SystemTold() {}

    /// The reason, with the file or address it is about where that is known.
    public static Told of(IOException e) {
        return switch (e) {
            case AccessDeniedException denied ->
                about(Told.of("system-no-access", "{about} may not be accessed"), denied);
            case NoSuchFileException missing -> about(Told.of("system-missing", "there is no {about}"), missing);
            case FileAlreadyExistsException there -> about(Told.of("system-no-folder", "{about} is no folder"), there);
            case FileSystemException other
            when other.getReason() != null -> of(other.getFile() + ": " + other.getReason());
            default -> of(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        };
    }

    /// The same of a reason in words. In English it is told as it came.
    public static Told said(@Nullable String message) {
        Told told = of(String.valueOf(message));
        return new Told(told.code(), "{problem}", told.arguments()).with("problem", message);
    }

    private static Told about(Told told, FileSystemException e) {
        return told.with("about", String.valueOf(e.getFile()));
    }

    private static Told of(String message) {
        String small = message.toLowerCase(Locale.ROOT);
        for (Told reason : REASONS) {
            String said = reason.text().toLowerCase(Locale.ROOT);
            int rest = message.length() - said.length();
            if (small.equals(said)) {
                return reason;
            }
            if (small.endsWith(": " + said)) {
                return reason.with("about", message.substring(0, rest - 2));
            }
            if (small.endsWith(" (" + said + ")")) {
                return reason.with("about", message.substring(0, rest - 3));
            }
            if (small.startsWith(said + ": ")) {
                return reason.with("about", message.substring(said.length() + 2));
            }
        }
        return Told.problem(message);
    }
}
