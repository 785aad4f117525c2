package io.millwright.iec61131.interpret;

import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.library.StandardFunctions;
import io.millwright.iec61131.library.Whole;
import io.millwright.iec61131.machine.Machine;
import io.millwright.iec61131.machine.Pointer;
import io.millwright.iec61131.machine.Text;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.TextType;
import io.millwright.iec61131.type.Type;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Calls functions of the library, which take Java values as [io.millwright.iec61131.library.Functions] says.
record LibraryCall(@Nullable Machine machine, Term.Library term) {
    /// What a function gives that needs neither the time nor the output.
    static Object pure(Term.Library term, List<@Nullable Object> arguments) {
        return Objects.requireNonNull(new LibraryCall(null, term).result(arguments));
    }

    /// @param arguments their values here
    @Nullable
    Object result(List<@Nullable Object> arguments) {
        Method method = method();
        List<@Nullable Object> java = new ArrayList<>();
        if (takesMachine(method)) {
            java.add(machine);
        }
        for (int i = 0; i < arguments.size(); i++) {
            java.add(java(term.arguments().get(i).type(), arguments.get(i)));
        }
        if (term.type().resolved() instanceof TextType text) {
            java.add(new Text(text.capacity()));
        }
        return here(invoke(method, java));
    }

    private static @Nullable Object invoke(Method method, List<@Nullable Object> arguments) {
        try {
            return method.invoke(null, arguments.toArray());
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean takesMachine(Method method) {
        return method.getParameterCount() > 0 && method.getParameterTypes()[0] == Machine.class;
    }

    private Method method() {
        List<Class<?>> wanted = new ArrayList<>();
        term.arguments().forEach(a -> wanted.add(javaType(a.type())));
        if (term.type().resolved() instanceof TextType) {
            wanted.add(Text.class);
        }
        for (Method method : StandardFunctions.methods(term.method())) {
            List<Class<?>> own = List.of(method.getParameterTypes());
            if (wanted.equals(takesMachine(method) ? own.subList(1, own.size()) : own)) {
                return method;
            }
        }
        throw new IllegalArgumentException("the library has no " + term.method() + " of " + wanted);
    }

    private static Class<?> javaType(Type type) {
        Elementary elementary = type.elementary();
        if (elementary == null) {
            return type.resolved() instanceof TextType ? Text.class : Pointer.class;
        }
        return switch (elementary) {
            case BOOL -> boolean.class;
            case REAL -> float.class;
            case LREAL -> double.class;
            default -> elementary.isLong() ? long.class : int.class;
        };
    }

    private static @Nullable Object java(Type type, @Nullable Object value) {
        Elementary elementary = type.elementary();
        return switch (value) {
            case Long whole when elementary != null && !elementary.isLong() -> whole.intValue();
            case Double real when elementary == Elementary.REAL -> real.floatValue();
            case null, default -> value;
        };
    }

    private @Nullable Object here(@Nullable Object java) {
        return switch (java) {
            case Integer whole -> Whole.wrap(Arithmetic.elementary(term.type()), whole);
            case Float real -> real.doubleValue();
            case null, default -> java;
        };
    }
}
