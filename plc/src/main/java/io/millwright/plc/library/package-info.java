/// Libraries of blocks in Structured Text that come with the program; see `docs/reference/control-library.md`.
@NullMarked
package io.millwright.plc.library;

import org.jspecify.annotations.NullMarked;
