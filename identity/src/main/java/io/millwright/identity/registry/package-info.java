/// Where records are kept: the seams [Registry], to be read, and [Ledger], to be changed by a [Change] and followed by
/// mirrors; a ledger in memory; and what a plant registers.
@NullMarked
package io.millwright.identity.registry;

import org.jspecify.annotations.NullMarked;
