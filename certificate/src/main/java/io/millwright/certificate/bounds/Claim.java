package io.millwright.certificate.bounds;

import io.millwright.certificate.Fraction;
import java.util.BitSet;

/// What comes of some flows to a server is within a burst and their rates.
///
/// @param inOrder whether it holds only where servers serve in order of arrival
/// @param flows who they are; all come from the same server, or all from their sources
/// @param server where they come to
/// @param without the flow for whose bound it holds alone, as that one waits for all others on its way; or
///     [Given#NONE]
/// @param burst the burst
record Claim(boolean inOrder, BitSet flows, int server, int without, Fraction burst) {}
