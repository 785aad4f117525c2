package io.millwright.plc.change;

import io.millwright.iec61131.machine.Forces;
import io.millwright.iec61131.machine.Slot;
import io.millwright.iec61131.syntax.Name;
import io.millwright.model.Told;
import io.millwright.plc.Loaded;
import io.millwright.plc.change.Finding.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A plan and what is needed to carry it out.
///
/// @param alike aggregates of both programs that references can refer to
/// @param steps the flags of steps of charts that are gone: none may be set when the change is made
record Planned(ChangePlan plan, List<Counterpart> alike, List<Slot> steps) {

    static Planned of(Loaded running, Loaded next, Set<String> accepted) {
        var findings = new Findings();
        var comparison = new Comparison(running, next, accepted, findings);
        var around = new Surroundings(running, next, findings);
        around.tasks();
        around.bindings();
        around.predictive();
        if (!running.run().forces().isEmpty()) {
            Surroundings.forces(running.run().forces(), byName(comparison.copies()), next, findings);
        }
        boolean canRefer =
                running.run().machine().canRefer() && next.run().machine().canRefer();
        List<Reference> references = canRefer ? comparison.references() : List.of();
        if (!canRefer) {
            comparison
                    .references()
                    .forEach(r -> findings.ask(
                            Kind.REFERENCE,
                            r.path(),
                            "",
                            "",
                            "",
                            Told.of(
                                    "reference-unknown",
                                    "{subject} refers to something that cannot be found again; it would refer to"
                                            + " what it is declared with")));
        }
        var plan = new ChangePlan(findings.list(), comparison.copies(), references, accepted);
        var planned = new Planned(plan, canRefer ? comparison.counterparts() : List.of(), comparison.steps());
        return planned.withDangling(running, next);
    }

    private Planned withDangling(Loaded running, Loaded next) {
        List<String> lost = plan.references().isEmpty()
                ? List.of()
                : migration(running, next).lookAtReferences();
        if (lost.isEmpty()) {
            return this;
        }
        var findings = new Findings();
        lost.forEach(path -> findings.ask(
                Kind.REFERENCE,
                path,
                "",
                "",
                "",
                Told.of(
                        "reference-gone",
                        "{subject} refers to something that is no longer there; it would refer to what it is"
                                + " declared with")));
        List<Finding> all = new ArrayList<>(plan.findings());
        all.addAll(findings.list());
        return new Planned(new ChangePlan(all, plan.copies(), plan.references(), plan.accepted()), alike, steps);
    }

    Migration migration(Loaded running, Loaded next) {
        return new Migration(running, next, plan.copies(), plan.references(), alike);
    }

    Migration back(Loaded next, Loaded running) {
        return Migration.back(next, running, plan.copies(), plan.references(), alike);
    }

    /// What variables of the running program are called in the new one, by their names' keys, where that is not
    /// the same.
    Map<String, String> names() {
        Map<String, String> names = new HashMap<>();
        for (Copy copy : plan.copies()) {
            if (!copy.from().name().equals(copy.to().name())) {
                names.put(Name.key(copy.from().name()), copy.to().name());
            }
        }
        return names;
    }

    /// The step that is gone and active.
    Optional<String> activeStep() {
        return steps.stream().filter(s -> s.bits() != 0).findFirst().map(Slot::name);
    }

    private static Map<String, Copy> byName(List<Copy> copies) {
        Map<String, Copy> byName = new HashMap<>();
        copies.forEach(c -> byName.put(Name.key(c.from().name()), c));
        return byName;
    }

    /// Lets the same be forced in the one program as in the other. Does nothing where it is so already;
    /// otherwise it takes its time.
    void force(Loaded from, Loaded to, boolean back) {
        List<Forces.Force> there = from.run().forces();
        List<Forces.Force> here = to.run().forces();
        if (there.isEmpty() && here.isEmpty()) {
            return;
        }
        Map<String, Copy> byName = byName(back ? Migration.turned(plan.copies()) : plan.copies());
        List<Forces.Force> wanted = Surroundings.forces(there, byName, to, new Findings());
        if (same(wanted, here)) {
            return;
        }
        here.forEach(f -> to.run().release(f.slot()));
        wanted.forEach(f -> to.run().force(f.slot(), f.value()));
    }

    private static boolean same(List<Forces.Force> a, List<Forces.Force> b) {
        boolean same = a.size() == b.size();
        for (int i = 0; same && i < a.size(); i++) {
            same = a.get(i).value().equals(b.get(i).value())
                    && Name.key(a.get(i).slot().name())
                            .equals(Name.key(b.get(i).slot().name()));
        }
        return same;
    }
}
