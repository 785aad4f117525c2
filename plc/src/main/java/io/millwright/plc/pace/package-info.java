/// When scans begin: clocks that are real or virtual, what the operating system grants, and how late scans
/// were.
@NullMarked
package io.millwright.plc.pace;

import org.jspecify.annotations.NullMarked;
