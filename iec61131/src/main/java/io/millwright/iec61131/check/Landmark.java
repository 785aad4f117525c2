package io.millwright.iec61131.check;

import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Name;
import java.util.Map;

/// A name that stands for no value: that of a label, or of a part of a configuration (6.8).
///
/// @param kind what it is the name of
/// @param name as it is first written
/// @param text the line that declares it
/// @param declared where it is first written; where it is declared twice, which is an error, one stands for both
public record Landmark(Kind kind, String name, String text, Span declared) {
    /// What can have such a name.
    public enum Kind {
        LABEL,
        CONFIGURATION,
        RESOURCE,
        TASK,
        /// An instance of a program.
        INSTANCE
    }

    /// Notes a declaration.
    ///
    /// @param known those of its region, by the form in which names are compared; grows
    /// @param text of the declaration
    static void declare(Map<String, Landmark> known, Kind kind, Name name, String text, Usages usages) {
        if (!name.text().isEmpty()) {
            String line = text.lines().findFirst().orElse("");
            usages.add(
                    name.span(),
                    known.computeIfAbsent(name.key(), _ -> new Landmark(kind, name.text(), line, name.span())));
        }
    }

    /// Notes a use, where there is one of the name.
    static void use(Map<String, Landmark> known, Name name, Usages usages) {
        Landmark used = known.get(name.key());
        if (used != null) {
            usages.add(name.span(), used);
        }
    }
}
