package io.millwright.iec61131.ir;

import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.Variable;
import java.util.List;

/// A function, method, action, side of a property, or the body of a unit, ready for a back end.
///
/// @param temporaries its variables that start anew with every call, besides the parameters and the result of
///     the signature
/// @param usesImage whether it reads or writes the process image itself
public record Routine(Signature signature, List<Variable> temporaries, List<Instruction> body, boolean usesImage) {
    public Routine {
        temporaries = List.copyOf(temporaries);
        body = List.copyOf(body);
    }

    public Routine(Signature signature, List<Variable> temporaries, List<Instruction> body) {
        this(signature, temporaries, body, usesImage(body));
    }

    private static boolean usesImage(List<Instruction> body) {
        var found = new boolean[1];
        Walk.stores(body, place -> found[0] |= isOfImage(place));
        Walk.instructions(body, i -> Walk.terms(i).forEach(t -> Walk.deep(t, part -> found[0] |= isOfImage(part))));
        return found[0];
    }

    private static boolean isOfImage(Term term) {
        return switch (term) {
            case Term.ImageBytes _ -> true;
            case Term.Load(var place) -> isOfImage(place);
            case Term.Reference(var place, var _) -> isOfImage(place);
            default -> false;
        };
    }

    private static boolean isOfImage(Place place) {
        return place instanceof Place.Direct
                || place instanceof Place.Part(var whole, var _, var _) && isOfImage(whole);
    }
}
