/// The disk as durable programs see it: a [Disk] is one folder of [DiskFile]s, handed in, so that tests can hand in one
/// that loses what was not forced.
///
/// Two rules of POSIX file systems shape it. Bytes written survive a power cut only after [DiskFile#force]; a name that
/// was created, renamed or deleted does so only after [Disk#forceNames].
@NullMarked
package io.millwright.model.disk;

import org.jspecify.annotations.NullMarked;
