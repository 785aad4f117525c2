/// The commands of `mw`, one class each.
///
/// A command reports through [Output]: people get text on standard output, `--json` gives JSON alone; whatever else
/// there is to say goes to standard error. It returns an [ExitStatus]; what the user did wrong is a [UsageError],
/// whose message alone is shown.
@NullMarked
package io.millwright.node.command;

import org.jspecify.annotations.NullMarked;
