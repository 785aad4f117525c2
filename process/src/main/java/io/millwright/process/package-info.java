/// Simulated machines and processes from published equations, served over real protocols, and the replay of
/// recordings.
///
/// [Machines] starts the demonstration plant's devices: equations (`equations`) are stepped by one thread and show as
/// points (`plant`) that servers offer (`serve`). `replay` serves recorded data through the same servers.
@NullMarked
package io.millwright.process;

import org.jspecify.annotations.NullMarked;
