package io.millwright.iec61131.jvm;

import static java.lang.classfile.ClassFile.ACC_PUBLIC;
import static java.lang.classfile.ClassFile.ACC_STATIC;
import static java.lang.constant.ConstantDescs.CD_Object;

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

/// Writes classes with methods that take, put or pack the values of many variables. Each method is a loop over
/// objects of one class, which has some of their fields; or over arrays of one type, which has a
/// loop over their elements.
record SamplerWriter(Layouts layouts) {
    /// How many fields one method knows: the JVM compiles none of more than 8000 bytes.
    static final int FIELDS_MAX = 200;

    /// How many fields one class knows: each is up to six constants, and a class has 65 535 of them.
    private static final int CLASS_FIELDS_MAX = 5000;

    private static final String CLASS = "st.Sampler";
    private static final int OWNERS = 0;
    private static final int WHERE = 1;
    private static final int VALUES = 2;

    /// A method that was written.
    record Method(SamplerCode code, String className, String name) {}

    /// Classes and the methods that they have.
    record Written(List<Layouts.Generated> classes, List<Method> methods) {}

    Written write(List<? extends SamplerCode> codes) {
        List<Layouts.Generated> classes = new ArrayList<>();
        List<Method> methods = new ArrayList<>();
        int from = 0;
        while (from < codes.size()) {
            int to = from;
            for (int fields = 0; to < codes.size() && fields <= CLASS_FIELDS_MAX - FIELDS_MAX; to++) {
                fields += codes.get(to).fields();
            }
            classes.add(write(CLASS + classes.size(), codes.subList(from, to), methods));
            from = to;
        }
        return new Written(classes, methods);
    }

    private Layouts.Generated write(String name, List<? extends SamplerCode> codes, List<Method> methods) {
        byte[] bytes = layouts.build(ClassDesc.of(name), c -> {
            c.withFlags(ACC_PUBLIC).withSuperclass(CD_Object);
            for (SamplerCode code : codes) {
                var method = new Method(code, name, "piece" + methods.size());
                MethodTypeDesc descriptor = code.use().descriptor();
                c.withMethodBody(method.name(), descriptor, ACC_PUBLIC | ACC_STATIC, b -> owners(b, code));
                methods.add(method);
            }
        });
        return new Layouts.Generated(name, bytes);
    }

    private void owners(CodeBuilder code, SamplerCode content) {
        int i = code.allocateLocal(TypeKind.INT);
        int at = code.allocateLocal(TypeKind.INT);
        int owner = code.allocateLocal(TypeKind.REFERENCE);
        Label next = code.newLabel();
        Label end = code.newLabel();
        code.iconst_0().istore(i).labelBinding(next);
        code.iload(i).aload(OWNERS).arraylength().if_icmpge(end);
        number(code, content, i, 0).istore(at);
        code.aload(OWNERS).iload(i).aaload();
        switch (content) {
            case SamplerCode.Fields fields -> fields(code, fields, owner, at);
            case SamplerCode.Elements elements -> elements(code, elements, owner, i, at);
        }
        code.iinc(i, 1).goto_(next).labelBinding(end).return_();
    }

    /// Loads one of the numbers that say where the values of an object are.
    private static CodeBuilder number(CodeBuilder code, SamplerCode content, int i, int which) {
        code.aload(WHERE).iload(i);
        return code.loadConstant(content.perOwner())
                .imul()
                .loadConstant(which)
                .iadd()
                .iaload();
    }

    private void fields(CodeBuilder code, SamplerCode.Fields content, int owner, int at) {
        Field first = layouts.storage().field(content.variables().getFirst());
        code.checkcast(first.owner()).astore(owner);
        int between = code.allocateLocal(TypeKind.LONG);
        for (int i = 0; i < content.variables().size(); i++) {
            Variable variable = content.variables().get(i);
            Field field = layouts.storage().field(variable);
            Elementary type = Terms.elementary(variable.type());
            var value = new Place(code, type, at, content.further().get(i), between);
            switch (content.use()) {
                case TAKE, PACK -> {
                    code.aload(owner).getfield(field.owner(), field.name(), field.type());
                    value.store(content.use());
                }
                case PUT -> {
                    code.aload(owner);
                    value.load();
                    code.putfield(field.owner(), field.name(), field.type());
                }
            }
        }
    }

    private static void elements(CodeBuilder code, SamplerCode.Elements content, int owner, int i, int at) {
        int from = code.allocateLocal(TypeKind.INT);
        int to = code.allocateLocal(TypeKind.INT);
        Label next = code.newLabel();
        Label end = code.newLabel();
        TypeKind kind = TypeKind.from(content.element());
        code.checkcast(content.element().arrayType()).astore(owner);
        number(code, content, i, 1).istore(from);
        number(code, content, i, 2).iload(from).iadd().istore(to);
        code.labelBinding(next).iload(from).iload(to).if_icmpge(end);
        var value = new Place(code, content.type(), at, 0, code.allocateLocal(TypeKind.LONG));
        code.aload(owner).iload(from);
        switch (content.use()) {
            case TAKE, PACK -> {
                code.arrayLoad(kind);
                value.store(content.use());
            }
            case PUT -> {
                value.load();
                code.arrayStore(kind);
            }
        }
        code.iinc(at, content.use().width(content.type())).iinc(from, 1);
        code.goto_(next).labelBinding(end);
    }

    /// Where the value of one variable is.
    ///
    /// @param at the local variable with the place of the first value
    /// @param further how far from there
    private record Place(CodeBuilder code, Elementary type, int at, int further, int between) {
        /// Takes the value from the stack.
        void store(SamplerCode.Use use) {
            if (use == SamplerCode.Use.TAKE) {
                bits();
                code.lstore(between);
                index(further).lload(between).lastore();
            } else if (use.width(type) == 1) {
                packed();
            } else {
                wide();
            }
        }

        /// Puts the value on the stack.
        void load() {
            index(further).laload();
            value();
        }

        private CodeBuilder index(int place) {
            return code.aload(VALUES).iload(at).loadConstant(place).iadd();
        }

        private void packed() {
            if (type == Elementary.REAL) {
                code.invokestatic(
                        JavaTypes.desc(Float.class), "floatToRawIntBits", MethodTypeDesc.ofDescriptor("(F)I"));
            }
            code.istore(between);
            index(further).iload(between).iastore();
        }

        private void wide() {
            if (type == Elementary.LREAL) {
                rawBits();
            }
            code.lstore(between);
            index(further).lload(between).l2i().iastore();
            index(further + 1)
                    .lload(between)
                    .loadConstant(Integer.SIZE)
                    .lushr()
                    .l2i()
                    .iastore();
        }

        private void rawBits() {
            code.invokestatic(JavaTypes.desc(Double.class), "doubleToRawLongBits", MethodTypeDesc.ofDescriptor("(D)J"));
        }

        /// Turns the value on the stack into what [io.millwright.iec61131.machine.Slot#bits] gives.
        private void bits() {
            if (type.family() == Family.REAL) {
                if (type == Elementary.REAL) {
                    code.f2d();
                }
                rawBits();
            } else if (!type.isLong()) {
                code.i2l();
                if (type.isUnsigned() && type != Elementary.BOOL) {
                    code.loadConstant((1L << type.bits()) - 1).land();
                }
            }
        }

        /// Turns what bits gives into the value, as the Java virtual machine holds it. Bits that a type does
        /// not have are cut off, as [io.millwright.iec61131.machine.Slot#set(long)] does.
        private void value() {
            if (type.family() == Family.REAL) {
                code.invokestatic(
                        JavaTypes.desc(Double.class), "longBitsToDouble", MethodTypeDesc.ofDescriptor("(J)D"));
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
    }
}
