package io.millwright.iec61131.jvm;

import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import java.lang.invoke.VarHandle;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Ties the routines of one program together: every call of a routine goes through the one call site of that
/// routine, which the optimiser takes for a constant as long as it is not changed.
///
/// The methods without a caller here are those that generated code names as its bootstraps.
public final class Linkage {
    private final ConcurrentHashMap<Integer, LinkedRoutine> linked = new ConcurrentHashMap<>();
    private volatile List<Object> constants = List.of();
    private volatile @Nullable Routines routines;
    private final Poll poll;

    Linkage() {
        this.poll = new Poll();
    }

    /// Ties routines together of which many are those of another linkage.
    ///
    /// @param shared the numbers of routines that are the same there, with all that they call
    Linkage(Linkage other, Set<Integer> shared) {
        this.poll = other.poll;
        other.linked.forEach((number, routine) -> {
            if (shared.contains(number)) {
                linked.put(number, routine);
            }
        });
    }

    /// The question, at every turn of a loop, whether the program is to end: one for all programs that share
    /// code.
    private static final class Poll {
        private final MutableCallSite site = new MutableCallSite(MethodType.methodType(void.class, JvmMachine.class));
        private int stopping;

        Poll() {
            site.setTarget(MethodHandles.empty(site.type()));
        }

        synchronized void stopping(int by) throws ReflectiveOperationException {
            stopping += by;
            MethodHandle target = stopping > 0
                    ? MethodHandles.lookup()
                            .findVirtual(JvmMachine.class, "endIfStopped", MethodType.methodType(void.class))
                    : MethodHandles.empty(site.type());
            site.setTarget(target);
            MutableCallSite.syncAll(new MutableCallSite[] {site});
        }
    }

    /// Makes the code of a routine when it is called for the first time.
    interface Routines {
        LinkedRoutine link(int routine, MethodType type);
    }

    /// From now on routines find here what they call, those too that another linkage had before.
    void use(Routines source, List<Object> objects) {
        this.routines = source;
        this.constants = objects;
        linked.values().forEach(r -> r.belongsTo(this));
    }

    /// The routines that were called yet.
    Collection<LinkedRoutine> linked() {
        return linked.values();
    }

    /// A routine; null where it was not called yet.
    @Nullable
    LinkedRoutine linked(int routine) {
        return linked.get(routine);
    }

    /// The call site of a routine.
    MutableCallSite site(int routine, MethodType type) {
        LinkedRoutine known = linked.get(routine);
        if (known != null) {
            return known.site();
        }
        Routines source = routines;
        if (source == null) {
            throw new IllegalStateException("the program is not there yet");
        }
        LinkedRoutine made = source.link(routine, type);
        LinkedRoutine earlier = linked.putIfAbsent(routine, made);
        return (earlier == null ? made : earlier).site();
    }

    /// Lets calls of routines reach the code that these have now in all threads.
    static void publish(List<LinkedRoutine> changed) {
        MutableCallSite.syncAll(changed.stream().map(LinkedRoutine::site).toArray(MutableCallSite[]::new));
    }

    /// Makes loops ask their machine whether it is to stop, as long as any machine of the program is.
    ///
    /// @param by 1 for one more machine that is to stop, -1 for one less
    void stopping(int by) {
        try {
            poll.stopping(by);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Linkage of(Lookup lookup) {
        return ((CodeLoader) lookup.lookupClass().getClassLoader()).linkage();
    }

    /// Bootstrap of calls.
    public static CallSite call(Lookup lookup, String name, MethodType type, int routine) {
        return of(lookup).site(routine, type);
    }

    /// Bootstrap of the question, at every turn of a loop, whether the program is to end.
    public static CallSite poll(Lookup lookup, String name, MethodType type) {
        return of(lookup).poll.site;
    }

    /// Bootstrap of constants that are objects.
    public static Object constant(Lookup lookup, String name, Class<?> type, int number) {
        return of(lookup).constants.get(number);
    }

    /// Bootstrap of objects of running machines.
    public static Object met(Lookup lookup, String name, Class<?> type, int number) {
        return ((CodeLoader) lookup.lookupClass().getClassLoader()).met().object(number);
    }

    /// Bootstrap of handles of fields.
    public static VarHandle handle(
            Lookup lookup, String name, Class<?> type, String field, Class<?> owner, Class<?> fieldType)
            throws ReflectiveOperationException {
        return ((CodeLoader) owner.getClassLoader()).handle(owner, field, fieldType);
    }
}
