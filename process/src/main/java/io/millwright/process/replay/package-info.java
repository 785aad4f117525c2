/// Replay of recordings: files of a folder are read as a [RecordingFormat] says, or as one of the known ones, and
/// their values served in real or accelerated time.
@NullMarked
package io.millwright.process.replay;

import org.jspecify.annotations.NullMarked;
