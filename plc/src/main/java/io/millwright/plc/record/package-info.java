/// What a virtual PLC did, kept so that it can be done again: scans with their inputs, times and commands in a
/// ring of files, and their replay bit for bit.
///
/// A [ScanLog] sees the PLC and encodes; a [Recorder] takes the bytes out of it and writes files; a [Recording]
/// reads them; a [Replay] does the scans again, and a [Comparison] does them with another program.
@NullMarked
package io.millwright.plc.record;

import org.jspecify.annotations.NullMarked;
