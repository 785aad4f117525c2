/// Model predictive control of linear processes with several inputs and outputs.
///
/// A [io.millwright.plc.mpc.LinearModel] says how the process moves, [io.millwright.plc.mpc.MpcSettings] what
/// is wanted and what is not allowed. In each period a [io.millwright.plc.mpc.ModelPredictiveController]
/// estimates the state and what disturbs it (a Kalman filter), plans the moves of the inputs over a horizon (a
/// quadratic program) and gives the first. A [io.millwright.plc.mpc.MpcStep] is the seam to a program of IEC
/// 61131-3: it takes set points and measurements from variables of the program and puts the inputs into others,
/// between two scans.
@NullMarked
package io.millwright.plc.mpc;

import org.jspecify.annotations.NullMarked;
