package io.millwright.node.id;

import io.millwright.identity.code.Code;
import io.millwright.node.command.FailedError;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Parameters;

/// The codes a command works on: its arguments, or the lines of standard input.
final class CodeArguments {

    private static final String STANDARD_INPUT = "-";

    @Parameters(
            arity = "1..*",
            paramLabel = "CODE",
            description = "The code, in quotes where it has brackets; - takes one from each line of standard input.")
    private List<String> codes = new ArrayList<>();

    /// Whether there can be more than one.
    boolean several() {
        return codes.size() > 1 || codes.contains(STANDARD_INPUT);
    }

    /// Hands over each code, in order.
    void forEach(Consumer<String> each) {
        for (var code : codes) {
            if (code.equals(STANDARD_INPUT)) {
                lines(each);
            } else {
                each.accept(code);
            }
        }
    }

    private static void lines(Consumer<String> each) {
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try {
            for (var line = line(in); line != null; line = line(in)) {
                if (!line.isBlank()) {
                    each.accept(line);
                }
            }
        } catch (IOException e) {
            throw new FailedError("standard input cannot be read: " + e.getMessage());
        }
    }

    /// The next line, cut off behind what is too long for a code anyhow; null at the end.
    private static @org.jspecify.annotations.Nullable String line(Reader in) throws IOException {
        int c = in.read();
        if (c < 0) {
            return null;
        }
        var line = new StringBuilder();
        while (c >= 0 && c != '\n') {
            if (line.length() <= Code.MAX_LENGTH + 1) {
                line.append((char) c);
            }
            c = in.read();
        }
        return line.toString();
    }
}
