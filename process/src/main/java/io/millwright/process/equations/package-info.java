/// The equations of machines and processes, each from a published source that its class names. Pure: no clock, no
/// input or output; randomness comes from a seed that is handed in.
@NullMarked
package io.millwright.process.equations;

import org.jspecify.annotations.NullMarked;
