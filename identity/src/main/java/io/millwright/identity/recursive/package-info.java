/// A node that asks others on behalf of its clients and keeps what they say for as long as they allow:
/// [RecursiveNode].
@NullMarked
package io.millwright.identity.recursive;

import org.jspecify.annotations.NullMarked;
