/// Checks schedules of gates (IEEE 802.1Q-2022, 8.6.8.4) by doing what the network would do.
///
/// [ScheduleChecker][io.millwright.certificate.schedule.ScheduleChecker] reads the tables, puts them together
/// (`Assembly`: routes are trees, queues and gates are there), and lets a `Replay` send every frame of the
/// hyperperiod through ports that know their gates, their queues and nothing of the plan's intentions. An
/// `Inspector` watches every frame that is sent and received.
@NullMarked
package io.millwright.certificate.schedule;

import org.jspecify.annotations.NullMarked;
