package io.millwright.iec61131.jvm;

import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import io.millwright.iec61131.ir.Place;
import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.machine.Checks;
import io.millwright.iec61131.type.ArrayType;
import io.millwright.iec61131.type.Defaults;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Elementary.Family;
import io.millwright.iec61131.type.OpenArrayType;
import io.millwright.iec61131.type.ReferenceType;
import io.millwright.iec61131.type.TextType;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.Value;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;

/// Code that pushes the values of terms.
final class Terms {
    private static final ClassDesc INTEGER = JavaTypes.desc(Integer.class);
    private static final ClassDesc LONG = JavaTypes.desc(Long.class);
    private static final ClassDesc CHECKS = JavaTypes.desc(Checks.class);

    private final Environment environment;
    private final CodeBuilder code;
    private final Places places;
    private final Calls calls;
    private final ConversionCode conversions;

    Terms(Environment environment) {
        this.environment = environment;
        this.code = environment.code();
        this.places = new Places(environment, this);
        this.calls = new Calls(environment, this, places);
        this.conversions = new ConversionCode(environment, this);
    }

    Calls calls() {
        return calls;
    }

    Places places() {
        return places;
    }

    void push(Term term) {
        switch (term) {
            case Term.Constant(var type, var value) -> constant(type, value);
            case Term.Load(var place) -> places.load(place);
            case Term.Self _ -> code.aload(environment.self());
            case Term.Null _ -> code.aconst_null();
            case Term.Reference(var place, var type) -> reference(place, type);
            case Term.Unary unary -> unary(unary);
            case Term.Binary(var operator, var left, var right) -> {
                push(left);
                push(right);
                notZero(operator, right);
                binary(operator, elementary(left.type()));
            }
            case Term.Compare _, Term.ShortCircuit _ -> truth(term);
            case Term.Convert(var operand, var type) -> conversions.push(operand, type);
            case Term.Checked checked -> checked(checked);
            case Term.Attempt(var operand, var type) -> attempt(operand, type);
            case Term.Library library -> calls.library(library);
            case Term.Select select -> select(select);
            case Term.Let(var variable, var value, var body) -> {
                push(value);
                TypeKind kind = environment.types().kind(variable.type());
                int slot = code.allocateLocal(kind);
                code.storeLocal(kind, slot);
                environment.homes().put(variable, new Environment.Home.InLocal(slot));
                push(body);
            }
            case Term.Call call -> calls.push(call);
            case Term.Placeholder _ -> throw new IllegalArgumentException("a placeholder has no value of its own");
            case Term.Bound(var upper, var array, var dimension) -> {
                push(array);
                code.loadConstant(dimension)
                        .invokevirtual(
                                JavaTypes.OPEN_ARRAY, upper ? "upper" : "lower", MethodTypeDesc.of(CD_int, CD_int));
            }
        }
    }

    static Elementary elementary(Type type) {
        Elementary elementary = type.elementary();
        if (elementary == null) {
            throw new IllegalArgumentException(type.name() + " is not elementary");
        }
        return elementary;
    }

    private void constant(Type type, Value value) {
        boolean object = type.isAggregate() && !(type.resolved() instanceof TextType);
        if (object) {
            Layouts.FrameClass frame = environment.layouts().constantFrame(type);
            int slot = calls.enter(frame);
            calls.keep(frame, slot);
            Field field = frame.fields().getFirst();
            code.aload(slot).getfield(field.owner(), field.name(), field.type()).dup();
            environment.storage().reset(code, type, value, Environment.MACHINE_SLOT);
        } else {
            Value first = value instanceof Value.Usual ? Defaults.of(type) : value;
            environment.constants().push(code, type, first);
        }
    }

    private void reference(Place place, Type type) {
        var references = new References(environment.storage());
        Type target = place.type();
        if (target.isAggregate()) {
            places.load(place);
            if (type.resolved() instanceof ReferenceType) {
                references.toObject(code, target, type);
            }
            return;
        }
        switch (place) {
            case Place.Element(var _, var _, var element) -> {
                places.prepare(place);
                references.toElement(code, element);
            }
            case Place.Target(var reference, var _) -> push(reference);
            case Place.Field(var object, var variable) -> {
                push(object);
                references.toField(code, variable, type);
            }
            case Place.Global(var variable) -> {
                code.aload(Environment.MACHINE_SLOT);
                references.toField(code, variable, type);
            }
            case Place.Local(var variable) -> {
                var home = (Environment.Home.InFrame) environment.home(variable);
                code.aload(home.slot());
                references.toField(code, home.field(), variable.type());
            }
            case Place.Part _, Place.Direct _, Place.CharacterAt _ ->
                throw new IllegalArgumentException("no reference to " + place);
        }
    }

    private void unary(Term.Unary unary) {
        Elementary type = elementary(unary.type());
        push(unary.operand());
        switch (unary.operator()) {
            case NEGATE -> {
                switch (environment.types().kind(type)) {
                    case LONG -> code.lneg();
                    case FLOAT -> code.fneg();
                    case DOUBLE -> code.dneg();
                    default -> code.ineg();
                }
            }
            case NOT -> {
                if (type == Elementary.BOOL) {
                    code.iconst_1().ixor();
                } else if (type.isLong()) {
                    code.loadConstant(-1L).lxor();
                } else {
                    code.iconst_m1().ixor();
                }
            }
        }
        normalize(type);
    }

    /// Brings an `int` on the stack back into the range of a type of less than 32 bits.
    void normalize(Elementary type) {
        switch (type) {
            case SINT -> code.i2b();
            case INT -> code.i2s();
            case UINT, WORD, WCHAR -> code.i2c();
            case USINT, BYTE, CHAR -> code.loadConstant(0xFF).iand();
            default -> {}
        }
    }

    /// Makes a divisor of zero a trap. Where the JVM finds it out by itself, hot code forgets where that was.
    private void notZero(Term.BinaryOperator operator, Term divisor) {
        Elementary type = elementary(divisor.type());
        boolean divides = operator == Term.BinaryOperator.DIVIDE || operator == Term.BinaryOperator.MODULO;
        if (!divides || divisor instanceof Term.Constant || type.family() == Family.REAL) {
            return;
        }
        Label other = code.newLabel();
        if (type.isLong()) {
            code.dup2().lconst_0().lcmp();
        } else {
            code.dup();
        }
        code.ifne(other).invokestatic(CHECKS, "divisionByZero", MethodTypeDesc.of(CD_void)).labelBinding(other);
    }

    private void binary(Term.BinaryOperator operator, Elementary type) {
        switch (environment.types().kind(type)) {
            case LONG -> binaryLong(operator, type);
            case FLOAT -> {
                switch (operator) {
                    case ADD -> code.fadd();
                    case SUBTRACT -> code.fsub();
                    case MULTIPLY -> code.fmul();
                    default -> code.fdiv();
                }
            }
            case DOUBLE -> {
                switch (operator) {
                    case ADD -> code.dadd();
                    case SUBTRACT -> code.dsub();
                    case MULTIPLY -> code.dmul();
                    default -> code.ddiv();
                }
            }
            default -> binaryInt(operator, type);
        }
    }

    private void binaryInt(Term.BinaryOperator operator, Elementary type) {
        boolean unsigned = type == Elementary.UDINT || type == Elementary.DWORD;
        MethodTypeDesc two = MethodTypeDesc.of(CD_int, CD_int, CD_int);
        switch (operator) {
            case ADD -> code.iadd();
            case SUBTRACT -> code.isub();
            case MULTIPLY -> code.imul();
            case DIVIDE -> {
                if (unsigned) {
                    code.invokestatic(INTEGER, "divideUnsigned", two);
                } else {
                    code.idiv();
                }
            }
            case MODULO -> {
                if (unsigned) {
                    code.invokestatic(INTEGER, "remainderUnsigned", two);
                } else {
                    code.irem();
                }
            }
            case AND -> code.iand();
            case OR -> code.ior();
            case XOR -> code.ixor();
        }
        boolean bits = operator == Term.BinaryOperator.AND
                || operator == Term.BinaryOperator.OR
                || operator == Term.BinaryOperator.XOR;
        if (!bits) {
            normalize(type);
        }
    }

    private void binaryLong(Term.BinaryOperator operator, Elementary type) {
        MethodTypeDesc two = MethodTypeDesc.of(CD_long, CD_long, CD_long);
        boolean unsigned = type.isUnsigned();
        switch (operator) {
            case ADD -> code.ladd();
            case SUBTRACT -> code.lsub();
            case MULTIPLY -> code.lmul();
            case DIVIDE -> {
                if (unsigned) {
                    code.invokestatic(LONG, "divideUnsigned", two);
                } else {
                    code.ldiv();
                }
            }
            case MODULO -> {
                if (unsigned) {
                    code.invokestatic(LONG, "remainderUnsigned", two);
                } else {
                    code.lrem();
                }
            }
            case AND -> code.land();
            case OR -> code.lor();
            case XOR -> code.lxor();
        }
    }

    /// Pushes 1 where a condition holds, else 0.
    private void truth(Term term) {
        Label isFalse = code.newLabel();
        Label end = code.newLabel();
        unless(term, isFalse);
        code.iconst_1().goto_(end).labelBinding(isFalse).iconst_0().labelBinding(end);
    }

    /// Jumps where a condition does not hold.
    void unless(Term term, Label target) {
        switch (term) {
            case Term.Compare(var relation, var left, var right) -> compare(relation, left, right, target, false);
            case Term.Unary(var operator, var operand) when operator == Term.Unary.UnaryOperator.NOT ->
                when(operand, target);
            case Term.ShortCircuit(var onlyIf, var left, var right) -> {
                if (onlyIf) {
                    unless(left, target);
                    unless(right, target);
                } else {
                    Label holds = code.newLabel();
                    when(left, holds);
                    unless(right, target);
                    code.labelBinding(holds);
                }
            }
            case Term.Binary(var operator, var left, var right)
            when Effects.isPure(right) && operator == Term.BinaryOperator.AND -> {
                unless(left, target);
                unless(right, target);
            }
            case Term.Binary(var operator, var left, var right)
            when Effects.isPure(right) && operator == Term.BinaryOperator.OR -> {
                Label holds = code.newLabel();
                when(left, holds);
                unless(right, target);
                code.labelBinding(holds);
            }
            default -> {
                push(term);
                code.ifeq(target);
            }
        }
    }

    /// Jumps where a condition holds.
    void when(Term term, Label target) {
        switch (term) {
            case Term.Compare(var relation, var left, var right) -> compare(relation, left, right, target, true);
            case Term.Unary(var operator, var operand) when operator == Term.Unary.UnaryOperator.NOT ->
                unless(operand, target);
            case Term.ShortCircuit _, Term.Binary _ -> {
                Label not = code.newLabel();
                unless(term, not);
                code.goto_(target).labelBinding(not);
            }
            default -> {
                push(term);
                code.ifne(target);
            }
        }
    }

    private void compare(Term.Relation relation, Term left, Term right, Label target, boolean jumpIfHolds) {
        push(left);
        push(right);
        Elementary type = left.type().elementary();
        if (type == null) {
            compareObjects(relation, left.type(), right.type(), target, jumpIfHolds);
            return;
        }
        // A NaN makes every relation but <> false: the jump when it does not hold must then be taken.
        boolean less = relation == Term.Relation.LESS || relation == Term.Relation.LESS_OR_EQUAL;
        switch (environment.types().kind(type)) {
            case LONG -> {
                if (type.isUnsigned() && type.family() != Family.CHARACTER && isOrder(relation)) {
                    code.invokestatic(LONG, "compareUnsigned", MethodTypeDesc.of(CD_int, CD_long, CD_long));
                } else {
                    code.lcmp();
                }
                code.branch(zero(relation, jumpIfHolds), target);
            }
            case FLOAT -> {
                if (less) {
                    code.fcmpg();
                } else {
                    code.fcmpl();
                }
                code.branch(zero(relation, jumpIfHolds), target);
            }
            case DOUBLE -> {
                if (less) {
                    code.dcmpg();
                } else {
                    code.dcmpl();
                }
                code.branch(zero(relation, jumpIfHolds), target);
            }
            default -> {
                boolean unsigned = type == Elementary.UDINT || type == Elementary.DWORD;
                if (unsigned && isOrder(relation)) {
                    code.invokestatic(INTEGER, "compareUnsigned", MethodTypeDesc.of(CD_int, CD_int, CD_int));
                    code.branch(zero(relation, jumpIfHolds), target);
                } else {
                    code.branch(two(relation, jumpIfHolds), target);
                }
            }
        }
    }

    private static boolean isOrder(Term.Relation relation) {
        return relation != Term.Relation.EQUAL && relation != Term.Relation.NOT_EQUAL;
    }

    private void compareObjects(
            Term.Relation relation, Type left, Type right, Label target, boolean jumpIfHolds) {
        if (left.resolved() instanceof TextType) {
            code.invokestatic(
                    JavaTypes.TEXT, "compare", MethodTypeDesc.of(CD_int, JavaTypes.TEXT, JavaTypes.TEXT));
            code.branch(zero(relation, jumpIfHolds), target);
            return;
        }
        boolean equal = (relation == Term.Relation.EQUAL) == jumpIfHolds;
        boolean pointers = isPointer(left) || isPointer(right);
        if (pointers) {
            code.invokestatic(
                    JavaTypes.POINTER, "same", MethodTypeDesc.of(CD_boolean, JavaTypes.POINTER, JavaTypes.POINTER));
            code.branch(equal ? Opcode.IFNE : Opcode.IFEQ, target);
        } else {
            code.branch(equal ? Opcode.IF_ACMPEQ : Opcode.IF_ACMPNE, target);
        }
    }

    private static boolean isPointer(Type type) {
        return type.resolved() instanceof ReferenceType reference
                && JavaTypes.isPointer(reference);
    }

    private static Opcode zero(Term.Relation relation, boolean holds) {
        return switch (relation) {
            case EQUAL -> holds ? Opcode.IFEQ : Opcode.IFNE;
            case NOT_EQUAL -> holds ? Opcode.IFNE : Opcode.IFEQ;
            case LESS -> holds ? Opcode.IFLT : Opcode.IFGE;
            case LESS_OR_EQUAL -> holds ? Opcode.IFLE : Opcode.IFGT;
            case GREATER -> holds ? Opcode.IFGT : Opcode.IFLE;
            case GREATER_OR_EQUAL -> holds ? Opcode.IFGE : Opcode.IFLT;
        };
    }

    private static Opcode two(Term.Relation relation, boolean holds) {
        return switch (relation) {
            case EQUAL -> holds ? Opcode.IF_ICMPEQ : Opcode.IF_ICMPNE;
            case NOT_EQUAL -> holds ? Opcode.IF_ICMPNE : Opcode.IF_ICMPEQ;
            case LESS -> holds ? Opcode.IF_ICMPLT : Opcode.IF_ICMPGE;
            case LESS_OR_EQUAL -> holds ? Opcode.IF_ICMPLE : Opcode.IF_ICMPGT;
            case GREATER -> holds ? Opcode.IF_ICMPGT : Opcode.IF_ICMPLE;
            case GREATER_OR_EQUAL -> holds ? Opcode.IF_ICMPGE : Opcode.IF_ICMPLT;
        };
    }

    private void checked(Term.Checked checked) {
        push(checked.operand());
        Elementary type = elementary(checked.type());
        if (type.isLong()) {
            code.loadConstant(checked.low()).loadConstant(checked.high());
            String method = type.isUnsigned() ? "inUnsignedRange" : "inRange";
            code.invokestatic(CHECKS, method, MethodTypeDesc.of(CD_long, CD_long, CD_long, CD_long));
        } else if (type == Elementary.UDINT || type == Elementary.DWORD) {
            code.i2l().loadConstant(0xFFFF_FFFFL).land();
            code.loadConstant(checked.low()).loadConstant(checked.high());
            code.invokestatic(CHECKS, "inRange", MethodTypeDesc.of(CD_long, CD_long, CD_long, CD_long));
            code.l2i();
        } else {
            code.loadConstant((int) checked.low()).loadConstant((int) checked.high());
            code.invokestatic(CHECKS, "inRange", MethodTypeDesc.of(CD_int, CD_int, CD_int, CD_int));
        }
    }

    private void attempt(Term operand, Type type) {
        ClassDesc wanted = environment.types().of(type);
        Label other = code.newLabel();
        Label end = code.newLabel();
        push(operand);
        code.dup().instanceOf(wanted).ifeq(other).checkcast(wanted).goto_(end);
        code.labelBinding(other).pop().aconst_null().labelBinding(end);
    }

    private void select(Term.Select select) {
        TypeKind kind = environment.types().kind(select.type());
        int condition = code.allocateLocal(TypeKind.INT);
        int ifFalse = code.allocateLocal(kind);
        int ifTrue = code.allocateLocal(kind);
        push(select.condition());
        code.istore(condition);
        push(select.ifFalse());
        code.storeLocal(kind, ifFalse);
        push(select.ifTrue());
        code.storeLocal(kind, ifTrue);
        Label other = code.newLabel();
        Label end = code.newLabel();
        code.iload(condition).ifeq(other).loadLocal(kind, ifTrue).goto_(end);
        code.labelBinding(other).loadLocal(kind, ifFalse).labelBinding(end);
    }

    /// Whether an aggregate of a type is given where an array of any bounds is asked for.
    static boolean opens(Type from, Type to) {
        return from.resolved() instanceof ArrayType
                && to.resolved() instanceof OpenArrayType;
    }
}
