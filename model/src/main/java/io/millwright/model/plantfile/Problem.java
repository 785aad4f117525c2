package io.millwright.model.plantfile;

import io.millwright.model.text.Phrase;
import java.util.Optional;

/// A mistake in a plant file.
///
/// @param file the name of the file, as it was given
/// @param line the line, from 1
/// @param column the character in the line, from 1, counted in Unicode code points
/// @param place what it is about, where that has a name
/// @param what what is wrong
/// @param remedy what would be right, as far as that can be known
public record Problem(String file, int line, int column, Optional<Place> place, Phrase what, Optional<Phrase> remedy) {

    /// A thing of the file.
    ///
    /// @param kind what it is, e.g. `stream`
    /// @param name what it is called
    /// @param key which of its keys; empty where it is about the whole
    public record Place(String kind, String name, String key) {}

    /// One that is told in English only, about the file as a whole.
    public Problem(String file, int line, int column, String message, Optional<String> suggestion) {
        this(file, line, column, Optional.empty(), Phrase.plain(message), suggestion.map(Phrase::plain));
    }

    /// What is wrong, in English.
    public String message() {
        return what.toString();
    }

    /// What would be right, in English.
    public Optional<String> suggestion() {
        return remedy.map(Phrase::toString);
    }

    /// One line in the form that editors and build tools understand, e.g.
    /// `plant.yaml:14:12: error: unknown unit "m³/h"; write "m3/h"`.
    @Override
    public String toString() {
        return "%s:%d:%d: error: %s%s"
                .formatted(
                        file,
                        line,
                        column,
                        message(),
                        suggestion().map(s -> "; " + s).orElse(""));
    }
}
