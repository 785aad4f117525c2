package io.millwright.plc.change;

import io.millwright.model.Told;

/// One difference between the running and the new program, and what it means for the plant.
///
/// @param subject what it is about: the path of a variable in the new program or, of one that is gone, in the
///     old one; a signal; a task. Of equal differences in the elements of an array the first stands for all
/// @param before as it is in the running program: a type, a value, an interval; or the empty text
/// @param after as it is in the new one, or the empty text
/// @param present the value the variable has now, or the empty text
/// @param told all of it, for people; its arguments besides those above
public record Finding(Kind kind, Need need, String subject, String before, String after, String present, Told told) {

    /// What has changed.
    public enum Kind {
        /// A variable is new and starts with its first value.
        ADDED,
        /// A variable is gone.
        REMOVED,
        /// A variable has another name, as `{was: oldName}` or somebody's consent says.
        RENAMED,
        /// A variable may be another one renamed: same type, same place in the declaration.
        RENAMED_PERHAPS,
        /// A variable has a type that holds every value of the old one.
        WIDENED,
        /// A variable has a type that does not hold every value of the old one.
        NARROWED,
        /// A variable has a type to which its value cannot be brought; it starts anew.
        RESET,
        /// An array has other bounds.
        RESIZED,
        /// Names of an enumeration stand for other numbers; values follow the names.
        RENUMBERED,
        /// The first value is another one; the variable goes on with the value it has.
        INITIAL,
        /// A constant has another value.
        CONSTANT,
        /// RETAIN, PERSISTENT or an address has changed.
        PROPERTY,
        /// A reference, pointer or interface: what it refers to.
        REFERENCE,
        /// A step of a sequential function chart.
        STEP,
        /// A task.
        TASK,
        /// What a variable stands for.
        BINDING,
        /// A predictive controller.
        PREDICTIVE,
        /// A variable that is forced.
        FORCE,
        /// What was seen in the shadow run.
        SHADOW
    }

    /// What has to happen before the change is made.
    public enum Need {
        /// Nothing; for the record.
        NOTE,
        /// Nothing; to be looked at.
        WARNING,
        /// Somebody accepts the subject.
        CONSENT,
        /// The change cannot be made.
        REFUSAL
    }

    /// All of it, in English.
    public String message() {
        return told.with("subject", subject)
                .with("before", before)
                .with("after", after)
                .with("present", present)
                .text();
    }

    @Override
    public String toString() {
        return switch (need) {
            case NOTE, WARNING -> message();
            case CONSENT -> message() + "; say --accept " + subject;
            case REFUSAL -> "cannot: " + message();
        };
    }
}
