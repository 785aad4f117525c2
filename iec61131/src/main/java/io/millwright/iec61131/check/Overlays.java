package io.millwright.iec61131.check;

import io.millwright.iec61131.ir.Instruction;
import io.millwright.iec61131.ir.Place;
import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.machine.Stretch;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.type.ArrayType;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Packing;
import io.millwright.iec61131.type.ReferenceType;
import io.millwright.iec61131.type.StructureType;
import io.millwright.iec61131.type.TextType;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import java.util.ArrayList;
import java.util.List;

/// Fields of overlapping structures (6.4.4.9) and unions, which lie in the bytes of the structure.
///
/// A field that is an array or a structure is a view: it is looked into, and copied piece by piece. A text is read
/// and written as a whole, or byte by byte.
final class Overlays {
    private Overlays() {}

    /// Whether a place is a view.
    static boolean isView(Place place) {
        return isPacked(place) && !(place.type().resolved() instanceof TextType);
    }

    /// Whether a place is a view, or a text that lies in bytes.
    static boolean isPacked(Place place) {
        return place instanceof Place.Overlaid && place.type().isAggregate();
    }

    /// Whether a value lies in a view.
    static boolean isView(Term term) {
        return term instanceof Term.Load(var place) && isView(place);
    }

    /// A field of an overlapping structure or of a view; of anything else the field itself.
    static Place field(Term object, Variable variable) {
        if (object instanceof Term.Load(Place.Overlaid(var bytes, var firstBit, var type))
                && type.resolved() instanceof StructureType structure) {
            long before = Packing.firstBit(structure, variable);
            return new Place.Overlaid(bytes, sum(firstBit, whole(before)), variable.type());
        }
        boolean overlap = object.type().resolved() instanceof StructureType s && s.overlap() && Packing.isPlain(s);
        if (overlap) {
            var structure = (StructureType) object.type().resolved();
            Term bytes = new Term.Load(new Place.Field(object, structure.bytes()));
            return new Place.Overlaid(bytes, whole(Packing.firstBit(structure, variable)), variable.type());
        }
        return new Place.Field(object, variable);
    }

    /// An element of an array; of a view the bytes of it.
    static Place element(Term array, List<Term> indices, Type element) {
        boolean octets = array instanceof Term.Load(Place.Target(var reference, var pointed))
                && reference.type().resolved() instanceof ReferenceType(var kind, var _)
                && kind == ReferenceType.Kind.POINTER_TO
                && pointed.resolved() instanceof ArrayType of
                && Conversions.isOctets(of);
        if (octets) {
            return octet((Place.Target) ((Term.Load) array).place(), indices.getFirst(), element);
        }
        if (!(array instanceof Term.Load(Place.Overlaid(var bytes, var firstBit, var type)))) {
            return new Place.Element(array, indices, element);
        }
        var ranges = ((ArrayType) type.resolved()).ranges();
        Term at = whole(0);
        for (int i = 0; i < indices.size(); i++) {
            ArrayType.Range range = ranges.get(i);
            Term index = Folding.fold(new Term.Library(
                    "place", List.of(indices.get(i), whole(range.low()), whole(range.high())), Elementary.DINT));
            at = sum(product(at, whole(range.length())), index);
        }
        return new Place.Overlaid(bytes, sum(firstBit, product(at, whole(Packing.bytes(element) * 8))), element);
    }

    /// A character of a text, counted from 0; of one that lies in bytes these.
    static Place character(Term text, Term index, TextType of, Elementary type) {
        if (!(text instanceof Term.Load(Place.Overlaid(var bytes, var firstBit, var _)))) {
            return new Place.CharacterAt(text, index, type);
        }
        Term at = new Term.Library("place", List.of(index, whole(0), whole(of.capacity() - 1L)), Elementary.DINT);
        long width = of.wide() ? 16 : 8;
        return new Place.Overlaid(bytes, sum(firstBit, product(Folding.fold(at), whole(width))), type);
    }

    /// An element of an array of bytes behind a pointer, which may point to whatever lies in bytes.
    private static Place octet(Place.Target array, Term index, Type element) {
        var range = ((ArrayType) array.type().resolved()).ranges().getFirst();
        Term place =
                new Term.Library("place", List.of(index, whole(range.low()), whole(range.high())), Elementary.DINT);
        Term number = whole(Stretch.TYPES.indexOf(elementary(element)));
        Term pointer = new Term.Library(
                "viewed", List.of(array.reference(), number), array.reference().type());
        var byteAt = new ReferenceType(ReferenceType.Kind.POINTER_TO, element);
        return new Place.Target(new Term.Library("advance", List.of(pointer, place), byteAt), element);
    }

    /// Copies an aggregate of which one or both are views.
    static List<Instruction> copy(Context context, Place to, Place from, Span span) {
        Type type = to.type();
        List<Instruction> all = new ArrayList<>();
        switch (type.resolved()) {
            case ArrayType array -> {
                List<Term> indices = new ArrayList<>();
                List<Variable> counters = new ArrayList<>();
                for (int i = 0; i < array.ranges().size(); i++) {
                    Variable counter = context.temporary(Elementary.DINT, Variable.Role.TEMPORARY, span);
                    counters.add(counter);
                    indices.add(new Term.Load(new Place.Local(counter)));
                }
                List<Instruction> body = copy(
                        context,
                        element(new Term.Load(to), indices, array.element()),
                        element(new Term.Load(from), indices, array.element()),
                        span);
                for (int i = counters.size() - 1; i >= 0; i--) {
                    ArrayType.Range range = array.ranges().get(i);
                    Place counter = new Place.Local(counters.get(i));
                    body = List.of(new Instruction.For(
                            counter, whole(range.low()), whole(range.high()), whole(1), body, span));
                }
                all.addAll(body);
            }
            case StructureType structure
            when isView(to) || isView(from) -> {
                if (structure.overlap()) {
                    all.addAll(copy(context, bytes(to, structure), bytes(from, structure), span));
                } else {
                    for (Variable field : structure.fields()) {
                        Place target = field(new Term.Load(to), field);
                        all.addAll(copy(context, target, field(new Term.Load(from), field), span));
                    }
                }
            }
            default -> all.add(new Instruction.Assign(to, new Term.Load(from), span));
        }
        return all;
    }

    /// All bytes of an overlapping structure.
    private static Place bytes(Place place, StructureType structure) {
        Type type = structure.bytes().type();
        return place instanceof Place.Overlaid(var bytes, var firstBit, var _)
                ? new Place.Overlaid(bytes, firstBit, type)
                : new Place.Field(new Term.Load(place), structure.bytes());
    }

    private static Elementary elementary(Type type) {
        Elementary elementary = type.elementary();
        return elementary == null ? Elementary.BYTE : elementary;
    }

    private static Term sum(Term a, Term b) {
        if (isZero(a)) {
            return b;
        }
        return isZero(b) ? a : Folding.fold(new Term.Binary(Term.BinaryOperator.ADD, a, b));
    }

    private static Term product(Term a, Term b) {
        return isZero(a) ? a : Folding.fold(new Term.Binary(Term.BinaryOperator.MULTIPLY, a, b));
    }

    private static boolean isZero(Term term) {
        return term instanceof Term.Constant(var _, Value.Whole(long value)) && value == 0;
    }

    private static Term whole(long value) {
        return new Term.Constant(Elementary.DINT, new Value.Whole(value));
    }
}
