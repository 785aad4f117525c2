/// Tests written in Structured Text: TEST … END_TEST with assertions, virtual time and mocks, and which
/// branches of the program they reach.
///
/// The checker makes a program of every TEST ([io.millwright.iec61131.check.Checked.Test]); [TestRunner] runs
/// each on a fresh machine.
@NullMarked
package io.millwright.iec61131.test;

import org.jspecify.annotations.NullMarked;
