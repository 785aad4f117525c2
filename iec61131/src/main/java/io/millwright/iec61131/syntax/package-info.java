/// The syntax of IEC 61131-3 ed. 3, as written: tokens, and a tree of records in which every node knows its
/// place.
///
/// The tree says what the text says and no more: names are not resolved, literals are not yet of a type.
/// `check` does that. A text with errors still gives a tree; what could not be read stands in it as
/// [Expression.Broken] or [Statement.Broken].
@NullMarked
package io.millwright.iec61131.syntax;

import org.jspecify.annotations.NullMarked;
