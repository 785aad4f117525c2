package io.millwright.node.st.doc;

import io.millwright.iec61131.source.Span;
import java.util.List;

/// What one page is about.
///
/// @param name with its namespaces
/// @param heading what a declaration of it begins with, such as `FUNCTION_BLOCK Tank EXTENDS Level`
/// @param comment that stands with it, or the empty text
/// @param span all of its text
/// @param page the file's name
record Topic(
        String name,
        Kind kind,
        String heading,
        String comment,
        Span span,
        String page,
        List<Table> tables,
        List<Member> members) {
    Topic {
        tables = List.copyOf(tables);
        members = List.copyOf(members);
    }

    /// In the order in which they are listed.
    enum Kind {
        PROGRAM(Label.PROGRAMS),
        FUNCTION_BLOCK(Label.FUNCTION_BLOCKS),
        CLASS(Label.CLASSES),
        INTERFACE(Label.INTERFACES),
        FUNCTION(Label.FUNCTIONS),
        TYPE(Label.TYPES),
        GLOBALS(Label.GLOBALS);

        private final Label plural;

        Kind(Label plural) {
            this.plural = plural;
        }

        Label plural() {
            return plural;
        }
    }

    /// Variables of one section.
    record Table(Label title, List<Row> rows) {
        Table {
            rows = List.copyOf(rows);
        }
    }

    /// A variable, a field, or the value of an enumeration; `type`, `initial` and `comment` may be empty.
    record Row(String name, String type, String initial, String comment) {}

    /// A method, property or action.
    record Member(String heading, String comment, List<Table> tables) {
        Member {
            tables = List.copyOf(tables);
        }
    }

    /// The rows of one section.
    List<Row> rows(Label section) {
        return tables.stream()
                .filter(t -> t.title() == section)
                .flatMap(t -> t.rows().stream())
                .toList();
    }
}
