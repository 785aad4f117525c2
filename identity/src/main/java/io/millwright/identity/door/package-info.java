/// The records of a node as other systems ask for them: each door takes a request, asks the [Node], and gives an
/// answer, without sockets, threads or clocks of its own. [WebDoors] tells which door a web request is for; [DnsDoor]
/// answers DNS messages. What a value of a record means at each door is told in `docs/reference/doors.md`.
@NullMarked
package io.millwright.identity.door;

import org.jspecify.annotations.NullMarked;
