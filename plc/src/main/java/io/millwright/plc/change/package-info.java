/// Online change: another program in the place of the one that runs, between two scans.
///
/// [io.millwright.plc.change.OnlineChange] compares both programs and makes a
/// [io.millwright.plc.change.ChangePlan]: what every variable becomes, what would be lost, what somebody has to
/// consent to. Then the new program runs in shadow on the inputs of the running one, is put in its place, and
/// is on trial for some scans, during which the old one comes back by itself where the new one fails.
@NullMarked
package io.millwright.plc.change;

import org.jspecify.annotations.NullMarked;
