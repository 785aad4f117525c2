package io.millwright.iec61131.library;

import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.library.StandardFunction.Parameter;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.GenericType;
import io.millwright.iec61131.type.Type;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All standard functions by name (6.6.2.5).
///
/// Conversions (`INT_TO_REAL`) and the forms for one type (`ADD_INT`, Table 21) are made from their names.
public final class StandardFunctions {
    private static final Map<String, StandardFunction> OVERLOADED = overloaded();
    private static final Map<String, List<Method>> METHODS = methods();
    private static final Set<String> MAKERS =
            MakersFunctions.all().stream().map(StandardFunction::name).collect(Collectors.toUnmodifiableSet());

    private StandardFunctions() {}

    /// The function of a name in capitals, or null where the standard has none.
    public static @Nullable StandardFunction find(String name) {
        StandardFunction function = OVERLOADED.get(name);
        if (function != null) {
            return function;
        }
        StandardFunction conversion = ConversionFunctions.find(name);
        return conversion == null ? typed(name) : conversion;
    }

    /// The names of all overloaded functions, in capitals, but those for the standard library's own use.
    public static Collection<String> names() {
        return OVERLOADED.keySet().stream().filter(n -> !n.startsWith("__")).toList();
    }

    /// What a call of a standard function becomes in the standard's own dialect: a conversion between DWORD and
    /// REAL, or LWORD and LREAL, carries the bits over (Table 25).
    public static Term carried(Term made) {
        return ConversionFunctions.carried(made);
    }

    /// Whether a function goes beyond the standard.
    public static boolean isExtension(StandardFunction function) {
        return function.name().equals("PRINTF") || MAKERS.contains(function.name());
    }

    /// The type of `__SYSTEM_UP_TIME` or `__SYSTEM_UP_LTIME`, names of several makers for the time of this scan
    /// since the program was started, which read like global variables; null for any other name.
    public static @Nullable Elementary uptime(String name) {
        return switch (name) {
            case "__SYSTEM_UP_TIME" -> Elementary.TIME;
            case "__SYSTEM_UP_LTIME" -> Elementary.LTIME;
            default -> null;
        };
    }

    /// The Java methods that have a name, by which [io.millwright.iec61131.ir.Term.Library] calls them. Back
    /// ends choose the one whose parameters fit, as [Functions] says.
    public static List<Method> methods(String name) {
        return METHODS.getOrDefault(name, List.of());
    }

    private static Map<String, StandardFunction> overloaded() {
        Map<String, StandardFunction> all = new TreeMap<>();
        Stream.of(
                        NumericFunctions.all(),
                        TextFunctions.all(),
                        TimeFunctions.all(),
                        ConversionFunctions.all(),
                        MakersFunctions.all(),
                        List.of(Printing.function()))
                .flatMap(List::stream)
                .forEach(f -> all.put(f.name(), f));
        return all;
    }

    private static Map<String, List<Method>> methods() {
        Map<String, List<Method>> all = new HashMap<>();
        for (Class<?> group : List.of(
                Functions.class,
                Texts.class,
                Dates.class,
                Domains.class,
                Testing.class,
                Printing.class,
                MakersFunctions.class)) {
            for (Method method : group.getDeclaredMethods()) {
                if (Modifier.isPublic(method.getModifiers()) && Modifier.isStatic(method.getModifiers())) {
                    all.computeIfAbsent(method.getName(), _ -> new ArrayList<>())
                            .add(method);
                }
            }
        }
        return all;
    }

    /// `ADD_INT`: an overloaded function for one type (Table 21, number 3).
    private static @Nullable StandardFunction typed(String name) {
        int mark = name.lastIndexOf('_');
        StandardFunction general = mark < 0 ? null : OVERLOADED.get(name.substring(0, mark));
        Elementary type = mark < 0 ? null : Elementary.of(name.substring(mark + 1));
        if (general == null || type == null) {
            return null;
        }
        List<Parameter> parameters = new ArrayList<>();
        boolean narrowed = false;
        for (Parameter parameter : general.parameters()) {
            boolean shared = parameter.shared() && parameter.constraint() instanceof GenericType;
            if (shared && !((GenericType) parameter.constraint()).contains(type)) {
                return null;
            }
            narrowed |= shared;
            parameters.add(shared ? new Parameter(parameter.name(), type, false) : parameter);
        }
        Type result = general.result() == null ? type : general.result();
        return narrowed ? new StandardFunction(name, parameters, general.repeated(), result, general.meaning()) : null;
    }
}
