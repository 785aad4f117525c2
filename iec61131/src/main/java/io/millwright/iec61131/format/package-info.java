/// Structured Text in one layout: [io.millwright.iec61131.format.Formatter] lays out a text and keeps its
/// comments, [io.millwright.iec61131.format.TreePrinter] writes the text of a tree.
@NullMarked
package io.millwright.iec61131.format;

import org.jspecify.annotations.NullMarked;
