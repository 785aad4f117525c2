package io.millwright.node.st.debug;

import io.millwright.iec61131.ir.Program;

/// What a session runs, on the thread of the program.
interface Course {
    /// Runs it to its end.
    ///
    /// @return the status with which the session ends, 0 for well
    int run();

    /// The program that runs now.
    Program program();

    /// The time that the program sees, in nanoseconds.
    long nowNanos();

    /// The number of the scan that runs, from 1; 0 in a test.
    long scan();

    /// When this was, for people; empty for what was never before.
    default String date() {
        return "";
    }

    /// Whether it was before, so that it can go back, and nothing of it can be changed.
    default boolean isRecorded() {
        return false;
    }

    /// Ends the routine that runs. By any thread.
    void stop();
}
