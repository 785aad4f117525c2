package io.millwright.iec61131.interpret;

import io.millwright.iec61131.ir.Place;
import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.library.Whole;
import io.millwright.iec61131.machine.Image;
import io.millwright.iec61131.machine.Pointer;
import io.millwright.iec61131.machine.Text;
import io.millwright.iec61131.machine.Trap;
import io.millwright.iec61131.machine.TrapSignal;
import io.millwright.iec61131.syntax.Address;
import io.millwright.iec61131.type.ArrayType;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Elementary.Family;
import io.millwright.iec61131.type.TextType;
import io.millwright.iec61131.type.Type;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Finds places.
record Places(InterpretMachine machine, Activation activation, Evaluator evaluator) {
    Location locate(Place place) {
        return switch (place) {
            case Place.Local(var variable) -> activation.cell(variable);
            case Place.Global(var variable) -> machine.variables().globals().cell(variable);
            case Place.Field(var object, var variable) -> ((Instance) evaluator.there(object)).cell(variable);
            case Place.Element(var array, var indices, var _) -> {
                var elements = (Elements) evaluator.there(array);
                yield elements.cells().get(index(elements, array.type(), indices));
            }
            case Place.CharacterAt(var text, var index, var _) ->
                new CharacterPlace((Text) evaluator.there(text), evaluator.whole(index));
            case Place.Target(var reference, var type) -> target(evaluator.there(reference), type);
            case Place.Part(var whole, var type, int shift) ->
                new Bits(locate(whole), Arithmetic.elementary(whole.type()), type, shift);
            case Place.Direct(var address, var type) -> direct(machine, address, type);
            case Place.Overlaid(var array, var first, var type) -> {
                Object held = evaluator.there(array);
                Bytes bytes = held instanceof Elements elements ? Bytes.of(elements) : Bytes.of((byte[]) held);
                int firstBit = (int) evaluator.whole(first);
                yield type.resolved() instanceof TextType text
                        ? new TextPiece(bytes, firstBit, text)
                        : new Piece(bytes, firstBit, Arithmetic.elementary(type));
            }
        };
    }

    /// A piece of the process image.
    static Location direct(InterpretMachine machine, Address address, Elementary type) {
        return new Piece(Bytes.of(image(machine, address)), Image.firstBit(address), type);
    }

    private static byte[] image(InterpretMachine machine, Address address) {
        return switch (address.area()) {
            case INPUT -> machine.inputs();
            case OUTPUT -> machine.outputs();
            case MEMORY -> machine.memory();
            case STRUCTURE -> throw new IllegalArgumentException("no place of its own: " + address);
        };
    }

    /// The place of an element, counted by the bounds that the program sees: a pointer or an in-out may have
    /// others than the array. Of one index alone the array itself says where it ends.
    private int index(Elements elements, Type seen, List<Term> indices) {
        if (!(seen.resolved() instanceof ArrayType array)) {
            return index(elements.type().ranges(), indices);
        }
        if (array.ranges().size() > 1) {
            return index(array.ranges(), indices);
        }
        ArrayType.Range range = array.ranges().getFirst();
        long place = evaluator.whole(indices.getFirst()) - range.low();
        if (place < 0 || place >= elements.cells().size()) {
            throw new TrapSignal(Trap.Kind.OUT_OF_BOUNDS, (place + range.low()) + " is not in " + range);
        }
        return (int) place;
    }

    private int index(List<ArrayType.Range> ranges, List<Term> indices) {
        int place = 0;
        for (int i = 0; i < ranges.size(); i++) {
            ArrayType.Range range = ranges.get(i);
            long index = evaluator.whole(indices.get(i));
            if (index < range.low() || index > range.high()) {
                throw new TrapSignal(Trap.Kind.OUT_OF_BOUNDS, index + " is not in " + range);
            }
            place = place * (int) range.length() + (int) (index - range.low());
        }
        return place;
    }

    /// A reference to a place of a type that is no aggregate.
    Object pointer(Place place) {
        if (place instanceof Place.Element(var array, var indices, var _)) {
            var elements = (Elements) evaluator.there(array);
            return CellPointer.toElement(elements, index(elements, array.type(), indices));
        }
        if (locate(place) instanceof Cell cell) {
            return CellPointer.toVariable(cell);
        }
        throw new IllegalArgumentException("no reference to " + place);
    }

    /// What a reference refers to.
    static Location target(Object reference, Type type) {
        return reference instanceof Pointer pointer ? new Pointed(pointer, type) : new Cell(type, reference);
    }

    /// What a reference points to, seen as a type.
    private record Pointed(Pointer pointer, Type type) implements Location {
        @Override
        public @Nullable Object load() {
            Elementary elementary = type.elementary();
            if (elementary == null) {
                boolean array = type.resolved() instanceof ArrayType;
                return array ? pointer.loadArray() : pointer.loadObject();
            }
            return switch (elementary) {
                case BOOL -> pointer.loadTruth();
                case REAL, LREAL -> Arithmetic.rounded(pointer.loadReal(), elementary);
                default -> Whole.wrap(elementary, pointer.loadWhole());
            };
        }

        @Override
        public void store(@Nullable Object value) {
            Pointer to = pointer;
            switch (value) {
                case Boolean truth -> to.storeTruth(truth);
                case Double real -> to.storeReal(real);
                case Long whole -> to.storeWhole(whole);
                case null, default -> to.storeObject(value);
            }
        }
    }

    /// A character of a text.
    private record CharacterPlace(Text text, int index) implements Location {
        CharacterPlace(Text text, long index) {
            if (index < 0 || index >= text.capacity()) {
                throw new TrapSignal(Trap.Kind.OUT_OF_BOUNDS, index + " is not in 0.." + (text.capacity() - 1));
            }
            this(text, (int) index);
        }

        @Override
        public Object load() {
            return (long) text.at(index);
        }

        @Override
        public void store(@Nullable Object value) {
            text.put(index, ((Long) Objects.requireNonNull(value)).intValue());
        }
    }

    /// Some bits of a whole number.
    private record Bits(Location whole, Elementary type, Elementary part, int shift) implements Location {
        private long mask() {
            return part.bits() == 64 ? -1 : (1L << part.bits()) - 1;
        }

        private long wholeValue() {
            return (Long) Objects.requireNonNull(whole.load());
        }

        @Override
        public Object load() {
            long bits = wholeValue() >>> shift & mask();
            return part == Elementary.BOOL ? (Object) (bits != 0) : (Object) bits;
        }

        @Override
        public void store(@Nullable Object value) {
            long bits = value instanceof Boolean truth ? truth ? 1 : 0 : (Long) Objects.requireNonNull(value);
            long others = wholeValue() & ~(mask() << shift);
            whole.store(Whole.wrap(type, others | (bits & mask()) << shift));
        }
    }

    /// A text in the process image or in the bytes of a structure: what is loaded is a copy.
    private record TextPiece(Bytes bytes, int firstBit, TextType type) implements Location {
        @Override
        public Object load() {
            return bytes.text(firstBit, type);
        }

        @Override
        public void store(@Nullable Object value) {
            bytes.store(firstBit, (Text) Objects.requireNonNull(value), type);
        }
    }

    /// A piece of the process image or of the bytes of a structure.
    private record Piece(Bytes image, int firstBit, Elementary type) implements Location {
        @Override
        public Object load() {
            long bits = image.load(firstBit, type.bits());
            return switch (type) {
                case BOOL -> bits != 0;
                case REAL -> (double) Float.intBitsToFloat((int) bits);
                case LREAL -> Double.longBitsToDouble(bits);
                default -> Whole.wrap(type, bits);
            };
        }

        @Override
        public void store(@Nullable Object value) {
            long bits = switch (Objects.requireNonNull(value)) {
                case Boolean truth -> truth ? 1 : 0;
                case Double real
                when type.family() == Family.REAL && type.bits() == 32 -> Float.floatToIntBits(real.floatValue());
                case Double real -> Double.doubleToLongBits(real);
                case Long whole -> whole;
                default -> throw new IllegalArgumentException("no bits: " + value);
            };
            image.store(firstBit, type.bits(), bits);
        }
    }
}
