package io.millwright.iec61131.library;

import static io.millwright.iec61131.library.StandardFunction.Parameter.of;

import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.ir.Term.BinaryOperator;
import io.millwright.iec61131.library.StandardFunction.Emission;
import io.millwright.iec61131.library.StandardFunction.Parameter;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Elementary.Family;
import io.millwright.iec61131.type.GenericType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Functions of durations, dates and times of day (Tables 35 and 36), and the time itself.
final class TimeFunctions {
    private TimeFunctions() {}

    static List<StandardFunction> all() {
        List<StandardFunction> all = new ArrayList<>();
        family(all, "", Elementary.TIME, Elementary.DATE, Elementary.TIME_OF_DAY, Elementary.DATE_AND_TIME);
        family(all, "L", Elementary.LTIME, Elementary.LDATE, Elementary.LTIME_OF_DAY, Elementary.LDATE_AND_TIME);
        concatenation(all, "CONCAT_DATE_TOD", Elementary.DATE, Elementary.TIME_OF_DAY, Elementary.DATE_AND_TIME);
        concatenation(all, "CONCAT_DATE_LTOD", Elementary.DATE, Elementary.LTIME_OF_DAY, Elementary.LDATE_AND_TIME);
        parts(all, "CONCAT_DATE", Elementary.DATE, "YEAR", "MONTH", "DAY");
        parts(all, "CONCAT_LDATE", Elementary.LDATE, "YEAR", "MONTH", "DAY");
        String[] clock = {"HOUR", "MINUTE", "SECOND", "MILLISECOND"};
        parts(all, "CONCAT_TOD", Elementary.TIME_OF_DAY, clock);
        parts(all, "CONCAT_LTOD", Elementary.LTIME_OF_DAY, clock);
        String[] both = {"YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND", "MILLISECOND"};
        parts(all, "CONCAT_DT", Elementary.DATE_AND_TIME, both);
        parts(all, "CONCAT_LDT", Elementary.LDATE_AND_TIME, both);
        all.add(new StandardFunction(
                "DAY_OF_WEEK",
                List.of(of("IN", Elementary.LDATE)),
                0,
                Elementary.INT,
                (a, type) -> new Term.Library("dayOfWeek", a, type)));
        for (String part : List.of("year", "month", "day")) {
            all.add(new StandardFunction(
                    "__" + part.toUpperCase(Locale.ROOT),
                    List.of(of("IN", Elementary.LDATE)),
                    0,
                    Elementary.INT,
                    (a, type) -> new Term.Library(part, a, type)));
        }
        for (Elementary duration : List.of(Elementary.TIME, Elementary.LTIME)) {
            all.add(new StandardFunction(
                    duration.name(), List.of(), 0, duration, (a, type) -> new Term.Library("now", a, type)));
        }
        return all;
    }

    /// ADD_TIME and its kin, for the short or the long types.
    private static void family(
            List<StandardFunction> all,
            String letter,
            Elementary time,
            Elementary date,
            Elementary clock,
            Elementary both) {
        String timeName = letter + "TIME";
        String dateName = letter + "DATE";
        String clockName = letter + "TOD";
        String bothName = letter + "DT";
        all.add(two("ADD_" + timeName, time, time, time, plain(BinaryOperator.ADD)));
        all.add(two("SUB_" + timeName, time, time, time, plain(BinaryOperator.SUBTRACT)));
        all.add(two(
                "ADD_%s_%s".formatted(clockName, timeName),
                clock,
                time,
                clock,
                (a, type) -> new Term.Library("addToTimeOfDay", a, type)));
        all.add(two(
                "SUB_%s_%s".formatted(clockName, timeName),
                clock,
                time,
                clock,
                (a, type) -> new Term.Library("subtractFromTimeOfDay", a, type)));
        all.add(two("ADD_%s_%s".formatted(bothName, timeName), both, time, both, plain(BinaryOperator.ADD)));
        all.add(two("SUB_%s_%s".formatted(bothName, timeName), both, time, both, plain(BinaryOperator.SUBTRACT)));
        all.add(two("SUB_%s_%s".formatted(dateName, dateName), date, date, time, plain(BinaryOperator.SUBTRACT)));
        all.add(two("SUB_%s_%s".formatted(clockName, clockName), clock, clock, time, plain(BinaryOperator.SUBTRACT)));
        all.add(two("SUB_%s_%s".formatted(bothName, bothName), both, both, time, plain(BinaryOperator.SUBTRACT)));
        scaled(all, "MUL_" + timeName, "multiplyTime", time);
        scaled(all, "DIV_" + timeName, "divideTime", time);
    }

    /// All count nanoseconds; another type means no work.
    private static Emission plain(BinaryOperator operator) {
        return (a, type) -> new Term.Binary(operator, Terms.convert(a.get(0), type), Terms.convert(a.get(1), type));
    }

    private static StandardFunction two(
            String name, Elementary first, Elementary second, Elementary result, Emission emission) {
        return new StandardFunction(name, List.of(of("IN1", first), of("IN2", second)), 0, result, emission);
    }

    private static void scaled(List<StandardFunction> all, String name, String method, Elementary time) {
        List<Parameter> parameters = List.of(of("IN1", time), of("IN2", GenericType.ANY_NUM));
        all.add(new StandardFunction(name, parameters, 0, time, (a, type) -> {
            boolean real = Terms.elementary(a.get(1).type()).family() == Family.REAL;
            Term factor = Terms.convert(a.get(1), real ? Elementary.LREAL : Elementary.LINT);
            return new Term.Library(method, List.of(a.get(0), factor), type);
        }));
    }

    private static void concatenation(
            List<StandardFunction> all, String name, Elementary date, Elementary clock, Elementary both) {
        List<Parameter> parameters = List.of(of("DATE", date), of("TOD", clock));
        all.add(new StandardFunction(
                name,
                parameters,
                0,
                both,
                (a, type) -> new Term.Binary(
                        BinaryOperator.ADD, Terms.convert(a.get(0), type), Terms.convert(a.get(1), type))));
    }

    private static void parts(List<StandardFunction> all, String name, Elementary result, String... parts) {
        List<Parameter> parameters = new ArrayList<>();
        for (String part : parts) {
            parameters.add(of(part, GenericType.ANY_INT));
        }
        String method = result.family() == Family.DATE ? "date" : parts.length == 4 ? "clock" : "dateAndTime";
        all.add(new StandardFunction(
                name,
                parameters,
                0,
                result,
                (a, type) -> new Term.Library(
                        method,
                        a.stream().map(t -> Terms.convert(t, Elementary.LINT)).toList(),
                        type)));
    }
}
