package io.millwright.iec61131.jvm;

import static java.lang.classfile.ClassFile.ACC_PUBLIC;
import static java.lang.classfile.ClassFile.ACC_STATIC;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import io.millwright.iec61131.machine.Slot;
import io.millwright.iec61131.machine.Step;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Elementary.Family;
import io.millwright.iec61131.type.Variable;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;

/// Writes a class that takes the values of many variables: fields one after the other, elements that follow
/// each other in an array in a loop.
final class SamplerWriter {
    /// What the class is called.
    static final String CLASS = "st.Sampler";

    /// The parameters of its methods: the objects in which variables lie, and where the values go.
    static final MethodTypeDesc DESCRIPTOR = MethodTypeDesc.of(CD_void, CD_Object.arrayType(), CD_long.arrayType());

    /// How many fields one method takes: more than 8000 bytes of code would never be compiled by HotSpot.
    private static final int PIECE = 200;

    private final Layouts layouts;
    private final List<Run> runs = new ArrayList<>();

    /// Variables that follow each other in the list and in one object.
    ///
    /// @param slots fields of the object; or elements of an array, one after the other
    private record Run(Object owner, int first, List<Slot> slots) {
        @SuppressWarnings("ReferenceEquality") // It is that very object.
        boolean goesOnWith(Object other, Slot next) {
            Step last = slots.getLast().steps().getLast();
            return switch (next.steps().getLast()) {
                case Step.Member _ -> other == owner && slots.size() < PIECE;
                case Step.Element(int place) ->
                    other == owner && last instanceof Step.Element(int before) && place == before + 1;
            };
        }
    }

    SamplerWriter(Layouts layouts) {
        this.layouts = layouts;
    }

    /// Takes a variable along.
    ///
    /// @param owner the object or array in which it lies
    /// @param place in the list of all variables
    void add(Object owner, Slot slot, int place) {
        Run last = runs.isEmpty() ? null : runs.getLast();
        boolean goesOn = last != null && place == last.first() + last.slots().size() && last.goesOnWith(owner, slot);
        if (last == null || !goesOn) {
            last = new Run(owner, place, new ArrayList<>());
            runs.add(last);
        }
        last.slots().add(slot);
    }

    Object[] owners() {
        return runs.stream().map(Run::owner).toArray();
    }

    /// The names of its methods, each to be called.
    List<String> methods() {
        return starts().stream().map(from -> "take" + from).toList();
    }

    /// The first run of each method.
    private List<Integer> starts() {
        List<Integer> starts = new ArrayList<>();
        int pieces = PIECE;
        for (int i = 0; i < runs.size(); i++) {
            List<Slot> slots = runs.get(i).slots();
            // A loop is about as long as the code for a few fields.
            int own = slots.getFirst().steps().getLast() instanceof Step.Element ? 4 : slots.size();
            if (pieces + own > PIECE) {
                starts.add(i);
                pieces = 0;
            }
            pieces += own;
        }
        return starts;
    }

    Layouts.Generated write() {
        ClassDesc type = ClassDesc.of(CLASS);
        byte[] bytes = layouts.build(type, c -> {
            c.withFlags(ACC_PUBLIC).withSuperclass(CD_Object);
            List<Integer> starts = starts();
            for (int method = 0; method < starts.size(); method++) {
                int first = starts.get(method);
                int end = method + 1 < starts.size() ? starts.get(method + 1) : runs.size();
                c.withMethodBody("take" + first, DESCRIPTOR, ACC_PUBLIC | ACC_STATIC, code -> {
                    for (int i = first; i < end; i++) {
                        take(code, i);
                    }
                    code.return_();
                });
            }
        });
        return new Layouts.Generated(CLASS, bytes);
    }

    private void take(CodeBuilder code, int number) {
        Run run = runs.get(number);
        int object = code.allocateLocal(TypeKind.REFERENCE);
        code.aload(0).loadConstant(number).aaload();
        Slot first = run.slots().getFirst();
        if (first.steps().getLast() instanceof Step.Element(int index)) {
            ClassDesc element = layouts.types().element(first.type());
            code.checkcast(element.arrayType()).astore(object);
            elements(code, run, object, index, element);
            return;
        }
        code.checkcast(field(first).owner()).astore(object);
        for (int i = 0; i < run.slots().size(); i++) {
            Slot slot = run.slots().get(i);
            Field field = field(slot);
            code.aload(1).loadConstant(run.first() + i);
            code.aload(object).getfield(field.owner(), field.name(), field.type());
            bits(code, slot);
            code.lastore();
        }
    }

    private Field field(Slot slot) {
        Variable variable = ((Step.Member) slot.steps().getLast()).variable();
        return layouts.storage().field(variable);
    }

    private static void elements(CodeBuilder code, Run run, int array, int index, ClassDesc element) {
        int i = code.allocateLocal(TypeKind.INT);
        Label next = code.newLabel();
        code.iconst_0().istore(i).labelBinding(next);
        code.aload(1).iload(i).loadConstant(run.first()).iadd();
        code.aload(array).iload(i).loadConstant(index).iadd().arrayLoad(TypeKind.from(element));
        bits(code, run.slots().getFirst());
        code.lastore().iinc(i, 1).iload(i).loadConstant(run.slots().size()).if_icmplt(next);
    }

    /// Turns the value on the stack into what [Slot#bits] gives.
    private static void bits(CodeBuilder code, Slot slot) {
        Elementary type = Terms.elementary(slot.type());
        if (type.family() == Family.REAL) {
            if (type == Elementary.REAL) {
                code.f2d();
            }
            code.invokestatic(JavaTypes.desc(Double.class), "doubleToRawLongBits", MethodTypeDesc.ofDescriptor("(D)J"));
        } else if (!type.isLong()) {
            code.i2l();
            if (type.isUnsigned() && type != Elementary.BOOL) {
                code.loadConstant((1L << type.bits()) - 1).land();
            }
        }
    }
}
