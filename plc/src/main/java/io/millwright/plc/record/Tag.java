package io.millwright.plc.record;

/// The first bytes of records.
final class Tag {
    /// A scan that ended well; the other bits say what follows.
    static final int SCAN = 0x80;
    /// It began exactly one interval after the one of the task before.
    static final int EXACT = 0x40;
    /// Inputs changed.
    static final int INPUTS = 0x20;
    /// The lower bits are the task, or this where it follows.
    static final int TASK_MORE = 0x1F;

    static final int HASH = 1;
    static final int WRITTEN = 2;
    static final int FORCED = 3;
    static final int RELEASED = 4;
    static final int ENTERED = 5;
    static final int FAULTED = 6;
    static final int TOOK_OVER = 7;

    private Tag() {}
}
