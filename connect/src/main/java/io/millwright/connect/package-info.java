/// Device access. A [Protocol] opens a [Link] to one device or server; a link delivers the samples of the signals
/// it was given for as long as it is open, through every failure of the device, and reads, writes and browses
/// single points.
///
/// One package per protocol beneath this one. What they share is here: the state of a link, the retry schedule,
/// addresses.
@NullMarked
package io.millwright.connect;

import org.jspecify.annotations.NullMarked;
