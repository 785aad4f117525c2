package io.millwright.node.data;

import io.millwright.node.command.UsageError;
import java.util.function.Function;

/// A piece of a file of history: its text, and where in the file it begins, both counted from 1.
record Cell(String text, int line, int column) {

    /// A piece that cannot be used. The message says why, beginning with line and column.
    static final class Wrong extends Exception {
        private static final long serialVersionUID = 1;

        Wrong(int line, int column, String why) {
            super(line + ":" + column + ": " + why);
        }
    }

    /// A cell that stands where another does.
    Cell with(String other) {
        return new Cell(other, line, column);
    }

    boolean isBlank() {
        return text.isBlank();
    }

    /// What the text stands for.
    ///
    /// @param reader refuses a text with an [IllegalArgumentException] or a [UsageError]
    <T> T read(Function<String, T> reader) throws Wrong {
        try {
            return reader.apply(text);
        } catch (NumberFormatException e) {
            throw wrong("\"" + text + "\" is not a number of the type given");
        } catch (IllegalArgumentException | UsageError e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    Wrong wrong(String why) {
        return new Wrong(line, column, why);
    }
}
