package io.millwright.node.st.lsp;

import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.source.Span;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;

/// Places of the protocol, which counts lines and UTF-16 units from 0, and places of the compiler.
final class Positions {
    private Positions() {}

    /// The offset of a place; one beyond the end of its line or of the text is the end.
    static int offset(Source source, Position position) {
        if (position.getLine() >= source.lines()) {
            return source.text().length();
        }
        int line = Math.max(0, position.getLine()) + 1;
        int start = source.lineStart(line);
        return start
                + Math.clamp(position.getCharacter(), 0, source.lineText(line).length());
    }

    static Position position(Source source, int offset) {
        return new Position(source.line(offset) - 1, source.column(offset) - 1);
    }

    static Range range(Span place) {
        Span span = place.known();
        return new Range(position(span.source(), span.start()), position(span.source(), span.end()));
    }

    static Location location(Span span) {
        return new Location(span.source().name(), range(span));
    }
}
