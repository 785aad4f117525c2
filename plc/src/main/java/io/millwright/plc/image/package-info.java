/// The process image: values of signals that are copied into variables before a scan and out of them after it,
/// with their quality and what is to be done where it is bad.
@NullMarked
package io.millwright.plc.image;

import org.jspecify.annotations.NullMarked;
