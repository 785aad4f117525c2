package io.millwright.iec61131.jvm;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Variable;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;

/// What one method does with many variables; see [SamplerWriter]. Equal ones are the same code, whatever the
/// objects are.
sealed interface SamplerCode {
    Use use();

    /// How many numbers say where the values of one object are.
    int perOwner();

    /// How many fields it knows.
    int fields();

    /// What is done with the variables.
    enum Use {
        /// Values are written as [io.millwright.iec61131.machine.Slot#bits] gives them, each to one place.
        TAKE,
        /// The other way round.
        PUT,
        /// Values are written as they lie there, in 32 bits or in two times 32, the lower first.
        PACK;

        /// The parameters of the methods: the objects in which variables lie, for each where its values are
        /// ([#perOwner] numbers), and all values.
        MethodTypeDesc descriptor() {
            ClassDesc place = this == PACK ? CD_int : CD_long;
            return MethodTypeDesc.of(CD_void, CD_Object.arrayType(), CD_int.arrayType(), place.arrayType());
        }

        /// How many places a variable takes.
        int width(Elementary type) {
            return this == PACK && (type.isLong() || type == Elementary.LREAL) ? 2 : 1;
        }
    }

    /// Fields of an object, all of one class. Its number: the place of the first value.
    ///
    /// @param further how far from there the value of each is
    record Fields(Use use, List<Variable> variables, List<Integer> further) implements SamplerCode {
        public Fields {
            variables = List.copyOf(variables);
            further = List.copyOf(further);
        }

        @Override
        public int perOwner() {
            return 1;
        }

        @Override
        public int fields() {
            return variables.size();
        }
    }

    /// Elements of an array. Its numbers: the place of the first value, the first element, how many.
    ///
    /// @param element as the Java virtual machine has it
    record Elements(Use use, ClassDesc element, Elementary type) implements SamplerCode {
        @Override
        public int perOwner() {
            return 3;
        }

        @Override
        public int fields() {
            return 1;
        }
    }
}
