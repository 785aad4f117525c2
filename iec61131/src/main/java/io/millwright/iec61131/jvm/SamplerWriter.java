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
import java.util.stream.IntStream;

/// Writes classes that take the values of many variables, or put them: fields one after the other, elements
/// that follow each other in an array in a loop.
final class SamplerWriter {
    private static final String CLASS = "st.Sampler";

    /// The parameters of its methods: the objects in which variables lie, and where the values go or come from.
    static final MethodTypeDesc DESCRIPTOR = MethodTypeDesc.of(CD_void, CD_Object.arrayType(), CD_long.arrayType());

    /// How many fields one method takes: the JVM compiles none of more than 8000 bytes.
    private static final int PIECE = 200;

    /// How many objects one method reaches.
    private static final int RUNS = 50;

    /// How many methods one class has: a field takes up to five constants, and a class has 65 535 of them.
    private static final int PIECES = 25;

    private final Layouts layouts;
    private final boolean puts;
    private final List<Run> runs = new ArrayList<>();
    private final List<Integer> cuts = new ArrayList<>();
    private int weight = PIECE;

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

    /// @param puts whether values are put rather than taken
    SamplerWriter(Layouts layouts, boolean puts) {
        this.layouts = layouts;
        this.puts = puts;
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
            if (weight >= PIECE || runs.size() - cuts.getLast() >= RUNS) {
                cuts.add(runs.size());
                weight = 0;
            }
            runs.add(last);
        }
        if (last.slots().isEmpty() || slot.steps().getLast() instanceof Step.Member) {
            weight++;
        }
        last.slots().add(slot);
    }

    /// What its code depends on: equal ones have the same code, whatever the objects are.
    record Shape(boolean puts, List<Integer> cuts, List<Integer> firsts, List<List<Step>> places) {}

    Shape shape() {
        return new Shape(
                puts,
                List.copyOf(cuts),
                runs.stream().map(Run::first).toList(),
                runs.stream()
                        .map(r ->
                                r.slots().stream().map(s -> s.steps().getLast()).toList())
                        .toList());
    }

    Object[] owners() {
        return runs.stream().map(Run::owner).toArray();
    }

    /// A method to be called.
    record Piece(String className, String name) {}

    /// Its methods, in order.
    List<Piece> pieces() {
        return IntStream.range(0, cuts.size())
                .mapToObj(i -> new Piece(className(i / PIECES), "piece" + cuts.get(i)))
                .toList();
    }

    private static String className(int number) {
        return CLASS + number;
    }

    List<Layouts.Generated> write() {
        List<Layouts.Generated> classes = new ArrayList<>();
        for (int piece = 0; piece < cuts.size(); piece += PIECES) {
            classes.add(write(className(piece / PIECES), piece, Math.min(piece + PIECES, cuts.size())));
        }
        return classes;
    }

    private Layouts.Generated write(String name, int from, int to) {
        byte[] bytes = layouts.build(ClassDesc.of(name), c -> {
            c.withFlags(ACC_PUBLIC).withSuperclass(CD_Object);
            for (int piece = from; piece < to; piece++) {
                int first = cuts.get(piece);
                int end = piece + 1 < cuts.size() ? cuts.get(piece + 1) : runs.size();
                c.withMethodBody("piece" + first, DESCRIPTOR, ACC_PUBLIC | ACC_STATIC, code -> {
                    for (int i = first; i < end; i++) {
                        run(code, i);
                    }
                    code.return_();
                });
            }
        });
        return new Layouts.Generated(name, bytes);
    }

    private void run(CodeBuilder code, int number) {
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
            if (puts) {
                code.aload(object).aload(1).loadConstant(run.first() + i).laload();
                value(code, slot);
                code.putfield(field.owner(), field.name(), field.type());
            } else {
                code.aload(1).loadConstant(run.first() + i);
                code.aload(object).getfield(field.owner(), field.name(), field.type());
                bits(code, slot);
                code.lastore();
            }
        }
    }

    private Field field(Slot slot) {
        Variable variable = ((Step.Member) slot.steps().getLast()).variable();
        return layouts.storage().field(variable);
    }

    private void elements(CodeBuilder code, Run run, int array, int index, ClassDesc element) {
        int i = code.allocateLocal(TypeKind.INT);
        Label next = code.newLabel();
        Slot slot = run.slots().getFirst();
        code.iconst_0().istore(i).labelBinding(next);
        if (puts) {
            code.aload(array).iload(i).loadConstant(index).iadd();
            code.aload(1).iload(i).loadConstant(run.first()).iadd().laload();
            value(code, slot);
            code.arrayStore(TypeKind.from(element));
        } else {
            code.aload(1).iload(i).loadConstant(run.first()).iadd();
            code.aload(array).iload(i).loadConstant(index).iadd().arrayLoad(TypeKind.from(element));
            bits(code, slot);
            code.lastore();
        }
        code.iinc(i, 1).iload(i).loadConstant(run.slots().size()).if_icmplt(next);
    }

    /// Turns what [Slot#bits] gave into the value, as the JVM holds it. Bits that a type does not have are cut
    /// off, as [Slot#set(long)] does.
    private static void value(CodeBuilder code, Slot slot) {
        Elementary type = Terms.elementary(slot.type());
        if (type.family() == Family.REAL) {
            code.invokestatic(JavaTypes.desc(Double.class), "longBitsToDouble", MethodTypeDesc.ofDescriptor("(J)D"));
            if (type == Elementary.REAL) {
                code.d2f();
            }
        } else if (!type.isLong()) {
            code.l2i();
            switch (type) {
                case BOOL -> code.iconst_1().iand();
                case SINT -> code.i2b();
                case INT -> code.i2s();
                case USINT, BYTE, CHAR -> code.sipush(0xFF).iand();
                case UINT, WORD, WCHAR -> code.i2c();
                default -> {}
            }
        }
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
