package io.millwright.plc;

import io.millwright.plc.pace.Timing;

/// What a task did so far. Read by any thread.
///
/// @param scans how many there were
/// @param skipped how many were left out because the task was late
public record TaskState(TaskSetting setting, Timing timing, long scans, long skipped) {}
