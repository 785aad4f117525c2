package io.millwright.plc.change;

import java.util.List;
import java.util.Set;

/// What an online change does: every difference, and where every value goes.
///
/// @param findings in the order of the new program; what is equal is not mentioned
/// @param copies values that go on, those that stay as they are and those that are converted
/// @param references references, pointers and interfaces that are found again, by the paths to them
/// @param accepted the subjects that somebody has consented to
public record ChangePlan(List<Finding> findings, List<Copy> copies, List<Reference> references, Set<String> accepted) {
    public ChangePlan {
        findings = List.copyOf(findings);
        copies = List.copyOf(copies);
        references = List.copyOf(references);
        accepted = Set.copyOf(accepted);
    }

    /// What cannot be done at all.
    public List<Finding> refusals() {
        return of(Finding.Need.REFUSAL);
    }

    /// What somebody still has to consent to.
    public List<Finding> open() {
        return of(Finding.Need.CONSENT).stream()
                .filter(f -> !Subjects.covers(accepted, f.subject()))
                .toList();
    }

    private List<Finding> of(Finding.Need need) {
        return findings.stream().filter(f -> f.need() == need).toList();
    }
}
