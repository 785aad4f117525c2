package io.millwright.iec61131.test;

import java.util.List;

/// What came of all tests of a program.
///
/// @param branches how often the tests together reached each branch; empty where that was not asked for
public record TestRun(List<TestResult> results, List<Branch> branches) {
    public TestRun {
        results = List.copyOf(results);
        branches = List.copyOf(branches);
    }

    public boolean passed() {
        return results.stream().allMatch(TestResult::passed);
    }

    public long failures() {
        return results.stream().filter(r -> !r.passed()).count();
    }
}
