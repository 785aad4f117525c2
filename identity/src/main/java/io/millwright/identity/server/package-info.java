/// A node that answers for its prefixes over UDP, TCP and HTTP: [HandleServer]. What is answered is decided by one
/// pure function, `Responder`; the doors only carry bytes.
@NullMarked
package io.millwright.identity.server;

import org.jspecify.annotations.NullMarked;
