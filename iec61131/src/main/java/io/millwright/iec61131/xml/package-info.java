/// Programs as XML: PLCopen TC6 version 2.01, and IEC 61131-10 where it differs.
///
/// Reading makes Structured Text of function block and ladder diagrams, and textual charts of sequential function
/// charts; the text then goes the way of every other one, its places told in the XML.
@NullMarked
package io.millwright.iec61131.xml;

import org.jspecify.annotations.NullMarked;
