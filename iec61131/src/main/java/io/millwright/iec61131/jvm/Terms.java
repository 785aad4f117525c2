package io.millwright.iec61131.jvm;

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
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayDeque;

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
    private final Conditions conditions;

    Terms(Environment environment) {
        this.environment = environment;
        this.code = environment.code();
        this.places = new Places(environment, this);
        this.calls = new Calls(environment, this, places);
        this.conversions = new ConversionCode(environment, this);
        this.conditions = new Conditions(environment, this);
    }

    Conditions conditions() {
        return conditions;
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
            case Term.ImageBytes(var area) -> places.image(area);
            case Term.Reference(var place, var type) -> reference(place, type);
            case Term.Unary unary -> unary(unary);
            case Term.Binary binary -> binary(binary);
            case Term.Compare _, Term.ShortCircuit _ -> conditions.push(term);
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
        var references = new References(environment.storage(), true);
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
            case Place.Part _, Place.Direct _, Place.Overlaid _, Place.CharacterAt _ ->
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

    /// A chain of operators leans to the left. It is gone along and not into, as it may be long.
    private void binary(Term.Binary binary) {
        var chain = new ArrayDeque<Term.Binary>();
        Term left = binary;
        while (left instanceof Term.Binary inner) {
            if (SplitVariables.push(environment, this, inner)) {
                break;
            }
            chain.push(inner);
            left = inner.left();
        }
        if (!(left instanceof Term.Binary)) {
            push(left);
        }
        chain.forEach(this::withRight);
    }

    /// The left operand is on the stack.
    private void withRight(Term.Binary binary) {
        push(binary.right());
        Elementary type = elementary(binary.left().type());
        switch (binary.operator()) {
            case DIVIDE -> divide(type, binary.right());
            case MODULO -> modulo(type, binary.right());
            case ADD, SUBTRACT, MULTIPLY, AND, OR, XOR -> binary(binary.operator(), type);
        }
    }

    /// Makes a divisor of zero a trap. Where the JVM finds it out by itself, hot code forgets where that was.
    private void divide(Elementary type, Term divisor) {
        if (type.family() != Family.REAL && !(divisor instanceof Term.Constant)) {
            Label other = code.newLabel();
            branchUnlessZero(type, other);
            code.invokestatic(CHECKS, "divisionByZero", MethodTypeDesc.of(CD_void))
                    .labelBinding(other);
        }
        binary(Term.BinaryOperator.DIVIDE, type);
    }

    /// A divisor of zero gives zero (Table 29, 5).
    private void modulo(Elementary type, Term divisor) {
        if (divisor instanceof Term.Constant(var _, Value.Whole(long value)) && value != 0) {
            binary(Term.BinaryOperator.MODULO, type);
            return;
        }
        Label other = code.newLabel();
        Label end = code.newLabel();
        branchUnlessZero(type, other);
        if (type.isLong()) {
            code.pop2().pop2().lconst_0();
        } else {
            code.pop2().iconst_0();
        }
        code.goto_(end).labelBinding(other);
        binary(Term.BinaryOperator.MODULO, type);
        code.labelBinding(end);
    }

    private void branchUnlessZero(Elementary type, Label other) {
        if (type.isLong()) {
            code.dup2().lconst_0().lcmp();
        } else {
            code.dup();
        }
        code.ifne(other);
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
        return from.resolved() instanceof ArrayType && to.resolved() instanceof OpenArrayType;
    }
}
