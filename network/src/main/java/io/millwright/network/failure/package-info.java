/// What failures do to a schedule of gates, and what is done about each beforehand.
///
/// [Failures] names what may fail, [Atlas] takes a [schedule][io.millwright.network.schedule.Schedule] and
/// finds the [Consequence] of each [Failure]: which streams go on, which cannot be saved and why, and an
/// alternative schedule for the rest, in which all others keep their ways and times. [Recovery] bounds how long
/// a stream is away.
@NullMarked
package io.millwright.network.failure;

import org.jspecify.annotations.NullMarked;
