package io.millwright.model.plantfile;

import java.util.Optional;

/// A mistake in a plant file.
///
/// @param file the name of the file, as it was given
/// @param line the line, from 1
/// @param column the character in the line, from 1, counted in Unicode code points
/// @param message what is wrong
/// @param suggestion what would be right, as far as that can be known
public record Problem(String file, int line, int column, String message, Optional<String> suggestion) {

    /// One line in the form that editors and build tools understand, e.g.
    /// `plant.yaml:14:12: error: unknown unit "m³/h"; write "m3/h"`.
    @Override
    public String toString() {
        return "%s:%d:%d: error: %s%s"
                .formatted(
                        file,
                        line,
                        column,
                        message,
                        suggestion.map(s -> "; " + s).orElse(""));
    }
}
