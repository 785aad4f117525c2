package io.millwright.iec61131.jvm;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_byte;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import io.millwright.iec61131.ir.Place;
import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.machine.Checks;
import io.millwright.iec61131.machine.Image;
import io.millwright.iec61131.machine.Machine;
import io.millwright.iec61131.syntax.Address;
import io.millwright.iec61131.type.ArrayType;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.OpenArrayType;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.Variable;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Code that loads from places and stores into them.
///
/// A place is first prepared: what is needed to reach it (an object, an array and an index, a pointer, or
/// nothing) is pushed. Then it is loaded from, or a value is pushed and stored.
final class Places {
    private static final ClassDesc CHECKS = JavaTypes.desc(Checks.class);

    private final Environment environment;
    private final CodeBuilder code;
    private final Terms terms;
    private final FarValues values;
    private final GuardedStores guarded;

    Places(Environment environment, Terms terms) {
        this.environment = environment;
        this.code = environment.code();
        this.terms = terms;
        this.values = new FarValues(environment, terms);
        this.guarded = new GuardedStores(environment);
    }

    /// Pushes the value of a place; of an aggregate the object, which is there.
    void load(Place place) {
        prepare(place);
        loadPrepared(place);
        if (place.type().isAggregate() && (place instanceof Place.Target || isAlias(place))) {
            notNull();
        }
    }

    private static boolean isAlias(Place place) {
        return place instanceof Place.Field(var _, var variable) && variable.role() == Variable.Role.IN_OUT;
    }

    /// Makes the null reference on the stack a trap, where a receiver may be one.
    void notNull(Term receiver) {
        boolean there = receiver instanceof Term.Self || receiver.type().resolved() instanceof UnitType;
        if (!there) {
            notNull();
        }
    }

    private void notNull() {
        code.dup()
                .invokestatic(JavaTypes.desc(Objects.class), "requireNonNull", MethodTypeDesc.of(CD_Object, CD_Object))
                .pop();
    }

    /// A place whose preparation was put into locals, so that it is loaded from and stored into as found.
    ///
    /// @param slots of an object, and of an index, as far as it has them
    record Found(Place place, List<Integer> slots) {}

    /// Finds a place once and for all.
    Found find(Place place) {
        prepare(place);
        checkPrepared(place);
        Place outer = environment.own(place instanceof Place.Part(var whole, var _, var _) ? whole : place);
        int values = switch (outer) {
            case Place.Local(var variable) -> environment.home(variable) instanceof Environment.Home.InFrame ? 1 : 0;
            case Place.Element _, Place.CharacterAt _, Place.Overlaid _ -> 2;
            default -> 1;
        };
        List<Integer> slots = new ArrayList<>();
        for (int i = values; i > 0; i--) {
            TypeKind kind = i == 2 ? TypeKind.INT : TypeKind.REFERENCE;
            int slot = code.allocateLocal(kind);
            code.storeLocal(kind, slot);
            slots.addFirst(slot);
        }
        return new Found(place, slots);
    }

    private void push(Found found) {
        for (int i = 0; i < found.slots().size(); i++) {
            code.loadLocal(
                    i == 1 ? TypeKind.INT : TypeKind.REFERENCE, found.slots().get(i));
        }
    }

    void load(Found found) {
        push(found);
        loadPrepared(found.place());
    }

    /// Stores a term, no aggregate.
    void store(Found found, Term value) {
        push(found);
        storePrepared(found.place(), value);
    }

    /// Looks whether the place that is prepared on the stack is there: what a store would find out only after
    /// its value was worked out.
    private void checkPrepared(Place place) {
        switch (place) {
            case Place.Element(var _, var _, var type) -> {
                code.dup2().arrayLoad(TypeKind.from(environment.types().element(type)));
                if (environment.types().kind(type).slotSize() == 2) {
                    code.pop2();
                } else {
                    code.pop();
                }
            }
            case Place.CharacterAt _ ->
                code.dup2()
                        .invokevirtual(JavaTypes.TEXT, "at", MethodTypeDesc.of(CD_int, CD_int))
                        .pop();
            case Place.Target _ -> notNull();
            case Place.Part(var whole, var _, var _) -> checkPrepared(whole);
            default -> {}
        }
    }

    /// Pushes what is needed to reach a place.
    void prepare(Place place) {
        switch (environment.own(place)) {
            case Place.Local(var variable) -> {
                if (environment.home(variable) instanceof Environment.Home.InFrame(int slot, var _)) {
                    code.aload(slot);
                }
            }
            case Place.Global _ -> code.aload(Environment.MACHINE_SLOT);
            case Place.Field(var object, var _) -> terms.push(object);
            case Place.Element(var array, var indices, var _) -> element(array, indices);
            case Place.CharacterAt(var text, var index, var _) -> {
                terms.push(text);
                index(index);
            }
            case Place.Overlaid(var bytes, var firstBit, var _) -> {
                terms.push(bytes);
                terms.push(firstBit);
            }
            case Place.Target(var reference, var _) -> terms.push(reference);
            case Place.Part(var whole, var _, var _) -> prepare(whole);
            case Place.Direct(var address, var _) -> image(address.area());
        }
    }

    /// Pushes an area of the process image.
    void image(Address.Area part) {
        String area = switch (part) {
            case INPUT -> "inputs";
            case OUTPUT -> "outputs";
            case MEMORY -> "memory";
            case STRUCTURE -> throw new IllegalArgumentException("a structure is no area of the image");
        };
        code.aload(Environment.MACHINE_SLOT)
                .invokevirtual(JavaTypes.desc(Machine.class), area, MethodTypeDesc.of(CD_byte.arrayType()));
    }

    private void index(Term index) {
        terms.push(index);
        if (environment.types().kind(index.type()) == TypeKind.LONG) {
            code.invokestatic(CHECKS, "index", MethodTypeDesc.of(CD_int, CD_long));
        }
    }

    private void element(Term array, List<Term> indices) {
        terms.push(array);
        if (array.type().resolved() instanceof OpenArrayType open) {
            openElement(open, indices);
            return;
        }
        List<ArrayType.Range> ranges = ((ArrayType) array.type().resolved()).ranges();
        if (ranges.size() == 1) {
            index(indices.getFirst());
            int low = ranges.getFirst().low();
            if (low != 0) {
                code.loadConstant(low).isub();
            }
            return;
        }
        for (int i = 0; i < ranges.size(); i++) {
            ArrayType.Range range = ranges.get(i);
            index(indices.get(i));
            code.loadConstant(range.low())
                    .loadConstant(range.high())
                    .invokestatic(CHECKS, "index", MethodTypeDesc.of(CD_int, CD_int, CD_int, CD_int));
            if (i > 0) {
                code.iadd();
            }
            if (i < ranges.size() - 1) {
                code.loadConstant((int) ranges.get(i + 1).length()).imul();
            }
        }
    }

    private void openElement(OpenArrayType open, List<Term> indices) {
        int slot = code.allocateLocal(TypeKind.REFERENCE);
        code.astore(slot).aload(slot);
        code.invokevirtual(JavaTypes.OPEN_ARRAY, "array", MethodTypeDesc.of(CD_Object));
        code.checkcast(environment.types().element(open.element()).arrayType());
        int before = code.allocateLocal(TypeKind.INT);
        code.iconst_0().istore(before);
        for (int i = 0; i < indices.size(); i++) {
            code.aload(slot).loadConstant(i + 1).iload(before);
            index(indices.get(i));
            code.invokevirtual(JavaTypes.OPEN_ARRAY, "index", MethodTypeDesc.of(CD_int, CD_int, CD_int, CD_int))
                    .istore(before);
        }
        code.iload(before);
    }

    /// Loads from a place whose preparation is on the stack.
    void loadPrepared(Place place) {
        switch (environment.own(place)) {
            case Place.Local(var variable) -> {
                if (environment.home(variable) instanceof Environment.Home.InFrame(int _, var field)) {
                    getField(field);
                } else {
                    environment.load(variable);
                }
            }
            case Place.Global(var variable) -> getField(environment.storage().field(variable));
            case Place.Field(var _, var variable) ->
                getField(environment.storage().field(variable));
            case Place.Element(var _, var _, var type) -> loadElement(type);
            case Place.CharacterAt _ -> code.invokevirtual(JavaTypes.TEXT, "at", MethodTypeDesc.of(CD_int, CD_int));
            case Place.Target target -> values.loadTarget(target);
            case Place.Part(var whole, var type, int shift) -> {
                loadPrepared(whole);
                values.loadPart(whole.type(), type, shift);
            }
            case Place.Direct(var address, var type) -> {
                code.loadConstant(Image.firstBit(address));
                values.loadPacked(type);
            }
            case Place.Overlaid(var _, var _, var type) -> values.loadPacked(type);
        }
    }

    private void getField(Field field) {
        code.getfield(field.owner(), field.name(), field.type());
    }

    private void loadElement(Type type) {
        code.arrayLoad(TypeKind.from(environment.types().element(type)));
        Elementary elementary = type.elementary();
        if (elementary != null && elementary.bits() == 8 && elementary.isUnsigned()) {
            code.loadConstant(0xFF).iand();
        }
    }

    /// Stores the value on the stack into a place whose preparation lies below it. Not for aggregates.
    void storePrepared(Place place) {
        guarded.store(place, this::storePlain);
    }

    /// Lets the in-out whose preparation lies below it stand for the object on the stack.
    void bindPrepared(Place place) {
        storePlain(place);
    }

    private void storePlain(Place place) {
        switch (environment.own(place)) {
            case Place.Local(var variable) -> {
                switch (environment.home(variable)) {
                    case Environment.Home.InLocal(int slot) ->
                        code.storeLocal(environment.types().kind(variable.type()), slot);
                    case Environment.Home.Split split -> SplitVariables.store(environment, variable, split);
                    case Environment.Home.InFrame(int _, var field) -> putField(field);
                }
            }
            case Place.Global(var variable) -> putField(environment.storage().field(variable));
            case Place.Field(var _, var variable) ->
                putField(environment.storage().field(variable));
            case Place.Element(var _, var _, var type) ->
                code.arrayStore(TypeKind.from(environment.types().element(type)));
            case Place.CharacterAt _ ->
                code.invokevirtual(JavaTypes.TEXT, "put", MethodTypeDesc.of(CD_void, CD_int, CD_int));
            case Place.Target target -> values.storeTarget(target);
            case Place.Part part -> throw new IllegalArgumentException("a part is stored as its whole: " + part);
            case Place.Direct(var address, var type) -> {
                values.toBits(type);
                int value = code.allocateLocal(TypeKind.LONG);
                code.lstore(value).loadConstant(Image.firstBit(address));
                values.storeBits(type, value);
            }
            case Place.Overlaid(var _, var _, var type) -> values.storePacked(type);
        }
    }

    private void putField(Field field) {
        code.putfield(field.owner(), field.name(), field.type());
    }

    /// Doubles the preparation of a place on the stack.
    private void duplicatePrepared(Place place) {
        switch (environment.own(place)) {
            case Place.Local(var variable) -> {
                if (environment.home(variable) instanceof Environment.Home.InFrame) {
                    code.dup();
                }
            }
            case Place.Element _, Place.CharacterAt _, Place.Overlaid _ -> code.dup2();
            case Place.Part(var whole, var _, var _) -> duplicatePrepared(whole);
            default -> code.dup();
        }
    }

    /// Stores a term of the place's type. Aggregates are copied.
    void store(Place place, Term value) {
        if (place.isObject()) {
            load(place);
            terms.push(value);
            environment.storage().assign(code, place.type(), Effects.isNewText(value));
            guarded.copied(place);
            return;
        }
        if (!SplitVariables.store(environment, terms, place, value)) {
            prepare(place);
            if (!Effects.isPure(value)) {
                checkPrepared(place);
            }
            storePrepared(place, value);
        }
    }

    private void storePrepared(Place place, Term value) {
        if (place instanceof Place.Part part) {
            storePart(part, value);
        } else {
            terms.push(value);
            storePrepared(place);
        }
    }

    /// Changes some bits of a whole: those are masked out, and the new ones put in.
    private void storePart(Place.Part part, Term value) {
        Place whole = part.whole();
        TypeKind kind = environment.types().kind(part.type());
        int bits = code.allocateLocal(kind);
        boolean isLong = environment.types().kind(whole.type()) == TypeKind.LONG;
        long mask = (part.type().bits() == 64 ? -1L : (1L << part.type().bits()) - 1) << part.shift();
        terms.push(value);
        code.storeLocal(kind, bits);
        duplicatePrepared(whole);
        loadPrepared(whole);
        if (isLong) {
            code.loadConstant(~mask).land().loadLocal(kind, bits);
            if (part.type().bits() < 64) {
                code.i2l().loadConstant((1L << part.type().bits()) - 1).land();
            }
            code.loadConstant(part.shift()).lshl().lor();
        } else {
            code.loadConstant((int) ~mask).iand().loadLocal(kind, bits);
            code.loadConstant(part.shift()).ishl().ior();
            Elementary elementary = whole.type().elementary();
            if (elementary != null) {
                terms.normalize(elementary);
            }
        }
        storePrepared(whole);
    }
}
