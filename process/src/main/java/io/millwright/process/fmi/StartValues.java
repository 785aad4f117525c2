package io.millwright.process.fmi;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/// Values that variables start with, as people write them.
public final class StartValues {

    private StartValues() {}

    /// Reads values by the names of their variables, structural parameters first, as they say how many elements
    /// others have.
    ///
    /// @param texts in the notation of [Values#parse]; the elements of an array with blanks between
    /// @throws FmuError if there is no such variable, it cannot be set, or a text is no value of it
    public static SequencedMap<Variable, Values> parse(Fmu fmu, Map<String, String> texts) {
        var first = new LinkedHashMap<Variable, Values>();
        var then = new LinkedHashMap<Variable, Values>();
        texts.forEach((name, text) -> {
            var variable = settable(fmu, name);
            boolean structural = variable.causality() == Causality.STRUCTURAL_PARAMETER;
            (structural ? first : then).put(variable, values(fmu, variable, text));
        });
        first.putAll(then);
        return first;
    }

    private static Variable settable(Fmu fmu, String name) {
        var variable = fmu.description()
                .variable(name)
                .orElseThrow(() -> new FmuError(fmu.name() + ": has no variable " + Shown.quoted(name)));
        if (!variable.isSettable()) {
            throw new FmuError(fmu.name() + ": " + name + " cannot be set: it is a "
                    + DescriptionReader.camel(variable.variability().name()) + " "
                    + DescriptionReader.camel(variable.causality().name())
                    + "; parameters, inputs and what has an exact start can be");
        }
        return variable;
    }

    private static Values values(Fmu fmu, Variable variable, String text) {
        try {
            return Values.parse(variable.type(), Values.split(variable.type(), text));
        } catch (IllegalArgumentException e) {
            throw new FmuError(fmu.name() + ": " + variable.name() + ": " + e.getMessage());
        }
    }
}
