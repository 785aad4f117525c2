package io.millwright.plc.change;

import io.millwright.iec61131.machine.Step;
import io.millwright.iec61131.type.ArrayType;
import io.millwright.iec61131.type.Variable;
import java.util.ArrayList;
import java.util.List;

/// Where a comparison is.
///
/// @param name the path as a program would write it
/// @param steps the way from a global
record At(String name, List<Step> steps) {
    static At global(Variable variable) {
        return new At(variable.name(), List.of(new Step.Member(variable)));
    }

    At member(Variable variable) {
        return then(name + "." + variable.name(), new Step.Member(variable));
    }

    At element(ArrayType array, int place) {
        return then(name + Places.indices(array, place), new Step.Element(place));
    }

    private At then(String longer, Step step) {
        List<Step> all = new ArrayList<>(steps.size() + 1);
        all.addAll(steps);
        all.add(step);
        return new At(longer, all);
    }
}
