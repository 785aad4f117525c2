package io.millwright.iec61131.syntax;

import io.millwright.iec61131.source.Span;
import java.util.List;

/// The initial value of a variable or a type (6.5.1.3).
public sealed interface Initializer {
    Span span();

    /// `:= 5`.
    record Single(Expression value) implements Initializer {
        @Override
        public Span span() {
            return value.span();
        }
    }

    /// `[1, 2, 3(0), 4]`.
    record Array(List<Item> items, Span span) implements Initializer {
        public Array {
            items = List.copyOf(items);
        }

        /// `times(value, …)`: the values, in order, so many times; one value once is the plain form.
        public record Item(Expression times, List<Initializer> values, Span span) {
            public Item {
                values = List.copyOf(values);
            }
        }
    }

    /// `(x := 1, y := [2, 3])`.
    record Structure(List<Field> fields, Span span) implements Initializer {
        public Structure {
            fields = List.copyOf(fields);
        }

        public record Field(Name name, Initializer value) {}
    }
}
