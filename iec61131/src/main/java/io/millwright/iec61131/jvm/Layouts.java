package io.millwright.iec61131.jvm;

import static java.lang.classfile.ClassFile.ACC_ABSTRACT;
import static java.lang.classfile.ClassFile.ACC_INTERFACE;
import static java.lang.classfile.ClassFile.ACC_PUBLIC;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.library.Lets;
import io.millwright.iec61131.machine.Frame;
import io.millwright.iec61131.syntax.Declaration.Modifier;
import io.millwright.iec61131.type.InterfaceType;
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.StructureType;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.Variable;
import io.millwright.iec61131.type.Variable.Role;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The classes in which the state of a program lies: one for each unit, structure and shape of frames, and one
/// for the machine, whose fields are the globals. Each can make itself, set itself to its first values, and
/// copy itself.
final class Layouts {
    private static final MethodTypeDesc NOTHING = MethodTypeDesc.of(CD_void);
    private static final ClassDesc FRAME = JavaTypes.desc(Frame.class);
    private static final ClassDesc JVM_MACHINE = JavaTypes.desc(JvmMachine.class);
    private static final ClassDesc LINKAGE = JavaTypes.desc(Linkage.class);

    /// The class of the machine, and the package of all generated classes.
    static final ClassDesc MACHINE = ClassDesc.of("st.Machine");

    private final Program program;
    private final JavaTypes types = new JavaTypes();
    private final IdentityHashMap<Variable, Field> fields = new IdentityHashMap<>();
    private final Map<ClassDesc, ClassDesc> superclasses = new HashMap<>();
    private final Set<ClassDesc> interfaces = new HashSet<>();
    private final Map<FrameShape, FrameClass> frames = new LinkedHashMap<>();
    private final Map<List<Variable>, FrameClass> frameClasses = new HashMap<>();
    private final Map<Type, FrameClass> constantFrames = new HashMap<>();
    private final Map<Signature, Integer> routines = new ConcurrentHashMap<>();
    private final Constants constants = new Constants(types);
    private final Storage storage = new Storage(types, fields, constants, MACHINE);
    private final List<Generated> classes = new ArrayList<>();
    private int frameKinds;

    /// A class of frames.
    ///
    /// @param kind the number under which the machine keeps free ones
    /// @param fields in the order of the shape
    record FrameClass(ClassDesc type, int kind, List<Field> fields) {}

    /// A class as bytes.
    record Generated(String name, byte[] bytes) {}

    Layouts(Program program) {
        this.program = program;
        name();
        superclasses.put(MACHINE, JVM_MACHINE);
        program.routines().keySet().forEach(s -> routines.put(s, routines.size()));
    }

    JavaTypes types() {
        return types;
    }

    Storage storage() {
        return storage;
    }

    Constants constants() {
        return constants;
    }

    /// Gives numbers to the routines of another program with the same types.
    void number(Set<Signature> signatures) {
        signatures.forEach(s -> routines.putIfAbsent(s, routines.size()));
    }

    int routine(Signature signature) {
        Integer number = routines.get(signature);
        if (number == null) {
            throw new IllegalArgumentException("no routine was made for " + signature);
        }
        return number;
    }

    /// Fixes all names first: classes refer to each other.
    private void name() {
        program.structures().forEach(s -> declare(s, "Structure", s.name()));
        program.interfaces().forEach(i -> declare(i, "Interface", i.name()));
        program.units().forEach(u -> declare(u, "Unit", u.name()));
        program.interfaces().forEach(i -> interfaces.add(types.of(i)));
        for (UnitType unit : program.units()) {
            superclasses.put(types.of(unit), unit.base() == null ? CD_Object : types.of(unit.base()));
            declareFields(types.of(unit), unit.variables());
        }
        program.structures().forEach(s -> declareFields(types.of(s), s.stored()));
        declareFields(MACHINE, program.globals());
    }

    private void declare(Type type, String kind, String name) {
        ClassDesc generated = ClassDesc.of("st." + kind + superclasses.size() + "_" + clean(name));
        types.declare(type, generated);
        superclasses.put(generated, CD_Object);
    }

    private void declareFields(ClassDesc owner, List<Variable> variables) {
        for (Variable variable : variables) {
            String name = "f" + fields.size() + "_" + clean(variable.name());
            fields.put(variable, new Field(owner, name, types.of(variable.type())));
        }
    }

    private static String clean(String name) {
        return name.replaceAll("[^\\p{Alnum}_]", "");
    }

    /// The frames of a routine, or null where it needs none.
    @Nullable
    FrameClass frame(Signature signature) {
        if (!FrameShape.isNeeded(signature)) {
            return null;
        }
        return frames.computeIfAbsent(FrameShape.of(signature), _ -> frameClass(FrameShape.variables(signature)));
    }

    /// A class of frames for some variables.
    FrameClass frameClass(List<Variable> variables) {
        return frameClasses.computeIfAbsent(List.copyOf(variables), this::newFrameClass);
    }

    private FrameClass newFrameClass(List<Variable> variables) {
        ClassDesc owner = ClassDesc.of("st.Frame" + frameKinds);
        superclasses.put(owner, FRAME);
        List<Field> list = new ArrayList<>();
        for (Variable variable : variables) {
            list.add(new Field(owner, "o" + list.size(), types.of(variable.type())));
        }
        emit(owner, FRAME, List.of(), code -> {
            for (Field field : list) {
                code.withField(field.name(), field.type(), ACC_PUBLIC);
            }
            code.withMethodBody("<init>", MethodTypeDesc.of(CD_void), ACC_PUBLIC, body -> {
                body.aload(0).invokespecial(FRAME, "<init>", MethodTypeDesc.of(CD_void));
                for (int i = 0; i < list.size(); i++) {
                    if (owned(variables.get(i))) {
                        allocate(body, variables.get(i).type(), list.get(i));
                    }
                }
                body.return_();
            });
        });
        return new FrameClass(owner, frameKinds++, list);
    }

    /// A class of frames for one aggregate that stands as a value in the code.
    FrameClass constantFrame(Type type) {
        return constantFrames.computeIfAbsent(type, t -> newFrameClass(List.of(Lets.variable(t))));
    }

    private void allocate(CodeBuilder code, Type type, Field field) {
        if (type.isAggregate()) {
            code.aload(0);
            storage.allocate(code, type);
            code.putfield(field.owner(), field.name(), field.type());
        }
    }

    /// The Java parameters and result of a routine.
    ///
    /// @param self the class of the instance, which is the first parameter after the machine; null for none,
    ///     and for the stubs of methods, where it is the receiver
    MethodTypeDesc descriptor(Signature signature, @Nullable ClassDesc self) {
        List<ClassDesc> parameters = new ArrayList<>();
        parameters.add(MACHINE);
        if (self != null) {
            parameters.add(self);
        }
        FrameClass frame = frame(signature);
        if (frame != null) {
            parameters.add(frame.type());
        }
        passed(signature).forEach(p -> parameters.add(types.of(p.type())));
        Type result = FrameShape.plainResult(signature);
        return MethodTypeDesc.of(result == null ? CD_void : types.of(result), parameters);
    }

    /// The parameters that are given as Java parameters, in order.
    static List<Variable> passed(Signature signature) {
        return signature.parameters().stream()
                .filter(p -> p.role() == Role.INPUT
                        || p.role() == Role.IN_OUT && p.type().isAggregate())
                .toList();
    }

    /// The Java name of a routine where it is called on an instance.
    static String method(Signature signature) {
        String prefix = switch (signature.kind()) {
            case GETTER -> "get_";
            case SETTER -> "set_";
            case BODY -> "body";
            default -> "call_";
        };
        return signature.kind() == Signature.Kind.BODY
                ? prefix
                : prefix
                        + signature
                                .key()
                                .replace('[', '{')
                                .replace('.', ':')
                                .replace(';', '|')
                                .replace('/', '|');
    }

    /// Makes all classes; frames that only routines need come later.
    void define(CodeLoader loader) {
        program.interfaces().forEach(this::interfaceClass);
        for (StructureType structure : program.structures()) {
            emit(
                    types.of(structure),
                    CD_Object,
                    List.of(),
                    c -> state(c, types.of(structure), CD_Object, structure.stored()));
        }
        program.units().forEach(this::unitClass);
        emit(MACHINE, JVM_MACHINE, List.of(), this::machineClass);
        program.routines().keySet().forEach(this::frame);
        drain(loader);
    }

    /// Hands over the classes that were made since the last time.
    void drain(CodeLoader loader) {
        loader.add(List.copyOf(classes));
        classes.clear();
    }

    /// Writes a class, with everything known about the others.
    byte[] build(ClassDesc type, Consumer<ClassBuilder> content) {
        ClassHierarchyResolver known = ((ClassHierarchyResolver) this::known)
                .orElse(ClassHierarchyResolver.ofClassLoading(Layouts.class.getClassLoader()));
        return ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(known)).build(type, content);
    }

    private ClassHierarchyResolver.@Nullable ClassHierarchyInfo known(ClassDesc type) {
        if (interfaces.contains(type)) {
            return ClassHierarchyResolver.ClassHierarchyInfo.ofInterface();
        }
        ClassDesc superclass = superclasses.get(type);
        return superclass == null ? null : ClassHierarchyResolver.ClassHierarchyInfo.ofClass(superclass);
    }

    private void emit(ClassDesc type, ClassDesc superclass, List<ClassDesc> faces, Consumer<ClassBuilder> content) {
        byte[] bytes = build(type, c -> {
            c.withFlags(ACC_PUBLIC).withSuperclass(superclass).withInterfaceSymbols(faces);
            content.accept(c);
        });
        classes.add(new Generated(name(type), bytes));
    }

    static String name(ClassDesc type) {
        return type.packageName() + "." + type.displayName();
    }

    private void interfaceClass(InterfaceType face) {
        ClassDesc type = types.of(face);
        byte[] bytes = build(type, c -> {
            c.withFlags(ACC_PUBLIC | ACC_INTERFACE | ACC_ABSTRACT)
                    .withInterfaceSymbols(face.bases().stream().map(types::of).toList());
            face.methods()
                    .forEach(m -> c.withMethod(method(m), descriptor(m, null), ACC_PUBLIC | ACC_ABSTRACT, _ -> {}));
            face.methods().forEach(m -> new Dispatch(program, this).write(c, face, m));
        });
        classes.add(new Generated(name(type), bytes));
    }

    private void unitClass(UnitType unit) {
        ClassDesc type = types.of(unit);
        ClassDesc superclass = unit.base() == null ? CD_Object : types.of(unit.base());
        emit(type, superclass, unit.interfaces().stream().map(types::of).toList(), c -> {
            state(c, type, superclass, unit.variables());
            unit.methods().forEach(m -> stub(c, type, m));
            if (unit.body() != null) {
                stub(c, type, unit.body());
            }
        });
    }

    /// The Java method through which a routine is found by the class of the instance.
    private void stub(ClassBuilder c, ClassDesc self, Signature signature) {
        boolean isAbstract = signature.modifiers().contains(Modifier.ABSTRACT);
        if (!isAbstract && !routines.containsKey(signature)) {
            return;
        }
        MethodTypeDesc descriptor = descriptor(signature, null);
        c.withMethodBody(method(signature), descriptor, ACC_PUBLIC, code -> {
            if (isAbstract) {
                code.aconst_null().athrow(); // every unit that has instances has one of its own
                return;
            }
            code.aload(1).aload(0);
            for (int i = 1; i < descriptor.parameterCount(); i++) {
                code.loadLocal(Calling.kind(descriptor.parameterType(i)), code.parameterSlot(i));
            }
            Calling.invoke(code, routine(signature), descriptor(signature, self));
            code.return_(Calling.kind(descriptor.returnType()));
        });
    }

    /// Fields, constructor, `reset` and `copyFrom`.
    private void state(ClassBuilder c, ClassDesc type, ClassDesc superclass, List<Variable> variables) {
        variables.forEach(
                v -> c.withField(storage.field(v).name(), storage.field(v).type(), ACC_PUBLIC));
        List<Variable> owned = variables.stream().filter(Layouts::owned).toList();
        Consumer<CodeBuilder> first = code -> code.aload(0).invokespecial(superclass, "<init>", NOTHING);
        new StateMethod("<init>", NOTHING, type).write(c, owned, this::allocateField, first, this::helper);
        StateMethod reset = new StateMethod("reset", MethodTypeDesc.of(CD_void, MACHINE), type);
        reset.write(
                c, owned, (code, v) -> resetField(code, v, 1), inherited(superclass, "reset", MACHINE), this::helper);
        StateMethod copy = new StateMethod("copyFrom", MethodTypeDesc.of(CD_void, type), type);
        copy.write(c, variables, this::copyField, inherited(superclass, "copyFrom", superclass), this::helper);
    }

    /// Calls the method of a base that has one.
    private static Consumer<CodeBuilder> inherited(ClassDesc superclass, String name, ClassDesc parameter) {
        return code -> {
            if (!superclass.equals(CD_Object)) {
                code.aload(0).aload(1).invokespecial(superclass, name, MethodTypeDesc.of(CD_void, parameter));
            }
        };
    }

    private void helper(ClassDesc type, Consumer<ClassBuilder> content) {
        emit(type, CD_Object, List.of(), content);
    }

    private void allocateField(CodeBuilder code, Variable variable) {
        allocate(code, variable.type(), storage.field(variable));
    }

    private void resetField(CodeBuilder code, Variable variable, int machineSlot) {
        code.aload(0);
        storage.resetField(code, variable, variable.initial(), machineSlot);
        code.pop();
    }

    private void copyField(CodeBuilder code, Variable variable) {
        Field field = storage.field(variable);
        boolean deep = owned(variable) && variable.type().isAggregate();
        code.aload(0);
        if (deep) {
            code.getfield(field.owner(), field.name(), field.type());
        }
        code.aload(1).getfield(field.owner(), field.name(), field.type());
        if (deep) {
            storage.copy(code, variable.type());
        } else {
            code.putfield(field.owner(), field.name(), field.type());
        }
    }

    /// Whether an object belongs to its variable: that of an in-out belongs to the caller.
    private static boolean owned(Variable variable) {
        return variable.role() != Role.IN_OUT || !variable.type().isAggregate();
    }

    private void machineClass(ClassBuilder c) {
        List<Variable> globals = program.globals();
        globals.forEach(
                g -> c.withField(storage.field(g).name(), storage.field(g).type(), ACC_PUBLIC));
        MethodTypeDesc constructor = MethodTypeDesc.of(CD_void, LINKAGE, CD_int);
        new StateMethod("<init>", constructor, MACHINE)
                .write(
                        c,
                        globals,
                        this::allocateField,
                        code -> code.aload(0).aload(1).iload(2).invokespecial(JVM_MACHINE, "<init>", constructor),
                        this::helper);
        new StateMethod("reset", NOTHING, MACHINE)
                .write(c, globals, (code, g) -> resetField(code, g, 0), _ -> {}, this::helper);
    }
}
