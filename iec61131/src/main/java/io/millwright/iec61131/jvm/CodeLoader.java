package io.millwright.iec61131.jvm;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Loads the classes of one program, or one version of one routine of it.
final class CodeLoader extends ClassLoader {
    private final Supplier<Linkage> linkage;
    private final MetObjects met;
    private final ConcurrentHashMap<String, byte[]> waiting = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, VarHandle> handles = new ConcurrentHashMap<>();

    /// @param linkage where its classes find the routines that they call; asked when one is called for the first
    ///     time
    /// @param met the objects that its classes ask for
    CodeLoader(ClassLoader parent, Supplier<Linkage> linkage, MetObjects met) {
        super(parent);
        this.linkage = linkage;
        this.met = met;
    }

    MetObjects met() {
        return met;
    }

    Linkage linkage() {
        return linkage.get();
    }

    /// Makes classes known; each is defined when it is first needed.
    void add(List<Layouts.Generated> classes) {
        classes.forEach(c -> waiting.put(c.name(), c.bytes()));
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = waiting.remove(name);
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
    }

    /// The handle of a field of one of the classes of this loader: one for all that ask, so that references to
    /// the same variable are known as such.
    VarHandle handle(Class<?> owner, String field, Class<?> type) throws ReflectiveOperationException {
        String name = owner.getName() + "." + field;
        VarHandle known = handles.get(name);
        if (known == null) {
            VarHandle made = MethodHandles.publicLookup().findVarHandle(owner, field, type);
            VarHandle earlier = handles.putIfAbsent(name, made);
            known = earlier == null ? made : earlier;
        }
        return known;
    }
}
