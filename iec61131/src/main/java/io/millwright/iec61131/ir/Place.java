package io.millwright.iec61131.ir;

import io.millwright.iec61131.syntax.Address;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.Variable;
import java.util.List;

/// Where a value lies: what can be loaded, stored and referred to.
public sealed interface Place {
    Type type();

    /// Whether an object of its own lies there, an aggregate, which is copied into; not a text in bytes.
    default boolean isObject() {
        return type().isAggregate();
    }

    /// A parameter, result or temporary of the routine itself.
    record Local(Variable variable) implements Place {
        @Override
        public Type type() {
            return variable.type();
        }
    }

    /// A global variable.
    record Global(Variable variable) implements Place {
        @Override
        public Type type() {
            return variable.type();
        }
    }

    /// A variable of an instance or a field of a structure.
    record Field(Term object, Variable variable) implements Place {
        @Override
        public Type type() {
            return variable.type();
        }
    }

    /// An element of an array; each index is a DINT or LINT as the program counts. Outside the bounds is a
    /// trap.
    ///
    /// @param array of an [io.millwright.iec61131.type.ArrayType] or
    ///     [io.millwright.iec61131.type.OpenArrayType]
    record Element(Term array, List<Term> indices, Type type) implements Place {
        public Element {
            indices = List.copyOf(indices);
        }
    }

    /// One character of a text, counted from 0 as in common dialects; BYTE, or WORD of a wide text.
    record CharacterAt(Term text, Term index, Type type) implements Place {}

    /// What a reference points to; the null reference is a trap.
    record Target(Term reference, Type type) implements Place {}

    /// Some bits of a bit string or integer (6.5.5.5).
    ///
    /// @param type BOOL, BYTE, WORD or DWORD
    /// @param shift how many bits lie below
    record Part(Place whole, Elementary type, int shift) implements Place {}

    /// Bits of an array of BYTE seen as a value: a field of an overlapping structure (6.4.4.9), as
    /// [io.millwright.iec61131.type.Packing] says.
    ///
    /// @param bytes of an array of BYTE
    /// @param firstBit a DINT that lies within the array, a whole number of bytes unless the type is BOOL
    /// @param type elementary or a text, of which a load gives a copy; of another aggregate it is looked into alone
    record Overlaid(Term bytes, Term firstBit, Type type) implements Place {
        @Override
        public boolean isObject() {
            return false;
        }
    }

    /// A piece of the process image.
    record Direct(Address address, Elementary type) implements Place {}
}
