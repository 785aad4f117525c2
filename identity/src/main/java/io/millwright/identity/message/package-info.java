/// The messages of the Handle protocol, versions 2.1 to 2.11 (RFC 3652, section 2.2): codec only, no I/O.
///
/// A [Message] is a [Header], a [Body] whose form follows from operation and response code, and possibly a
/// [Credential]; on its way each packet of it has an [Envelope] in front, and over UDP [Fragments] cut it to size.
/// Codes, flags and types without a name are kept as numbers, never refused; lengths and counts that cannot be are a
/// [io.millwright.identity.wire.MalformedException].
@NullMarked
package io.millwright.identity.message;

import org.jspecify.annotations.NullMarked;
