/// Where records are kept: the seam [Registry], one in memory, and what a plant registers.
@NullMarked
package io.millwright.identity.registry;

import org.jspecify.annotations.NullMarked;
