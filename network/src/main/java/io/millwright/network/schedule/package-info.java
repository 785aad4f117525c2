/// Schedules of gates: when every frame of every stream is sent on every link, so that all arrive in time
/// (IEEE 802.1Q-2022, 8.6.8.4 and 8.6.9).
///
/// [ProblemFiles] reads a [Problem]: a [Topology] and its [Stream]s. [Scheduler] looks for a [Schedule] and
/// says what came of it ([Outcome]); [ScheduleFiles] writes it. All times are whole nanoseconds in 64 bits.
///
/// Frames of a stream are sent strictly periodically, so that two streams on a link meet or do not meet
/// whatever the hyperperiod is: see [Timeline]. Nothing is ever unrolled to the hyperperiod but the output.
@NullMarked
package io.millwright.network.schedule;

import org.jspecify.annotations.NullMarked;
