/// Certificates, and the checker that trusts nobody: it shares no code with what plans, uses nothing but
/// `java.base`, computes in whole numbers and fractions, and finds out for itself what a plan leads to.
///
/// A checker takes what is given (a network, its traffic) and what is claimed (a plan, its figures) and answers
/// with a [Verdict][io.millwright.certificate.Verdict]. Every kind of claim has a package of its own with one
/// entry point; they share the verdict and the violation, and fractions:
///
/// - `schedule`: gate schedules. The network is replayed frame by frame.
/// - `bounds`: bounds of delays through servers. Their derivation is done again, step by step.
/// - `ports`: bounds of delays at ports of bridges. What each queue is claimed to delay is held against what its
///   port leaves it.
@NullMarked
package io.millwright.certificate;

import org.jspecify.annotations.NullMarked;
