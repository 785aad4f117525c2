/// From the syntax tree to the intermediate form: names are resolved, types checked, constants computed, and
/// everything that is wrong is said, with its place and what would be right.
///
/// [Checker] goes through the declarations in four rounds: names, types, members, bodies. What could not be
/// understood is `null` from then on and is not spoken of again: one mistake, one message.
@NullMarked
package io.millwright.iec61131.check;

import org.jspecify.annotations.NullMarked;
