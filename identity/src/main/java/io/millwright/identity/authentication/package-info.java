/// Proofs of who somebody is, and keys of sessions (RFC 3652, sections 3.5 and 3.8): an [Identity] answers a challenge
/// by a secret or a private key, [Proof] checks the answer with the value that holds the key, and a [SessionKey] signs
/// and encrypts the messages of a session. No I/O; randomness is handed in.
@NullMarked
package io.millwright.identity.authentication;

import org.jspecify.annotations.NullMarked;
