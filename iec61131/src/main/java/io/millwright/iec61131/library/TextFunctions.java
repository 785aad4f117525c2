package io.millwright.iec61131.library;

import static io.millwright.iec61131.library.StandardFunction.Parameter.of;
import static io.millwright.iec61131.library.StandardFunction.Parameter.shared;

import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.library.StandardFunction.Parameter;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.GenericType;
import io.millwright.iec61131.type.TextType;
import io.millwright.iec61131.type.Type;
import java.util.ArrayList;
import java.util.List;

/// Functions of texts (Table 34). Positions count from 1.
final class TextFunctions {
    private static final Parameter LENGTH = of("L", GenericType.ANY_INT);
    private static final Parameter POSITION = of("P", GenericType.ANY_INT);

    private TextFunctions() {}

    static List<StandardFunction> all() {
        Parameter text = shared("IN", GenericType.ANY_CHARS);
        Parameter first = shared("IN1", GenericType.ANY_CHARS);
        Parameter second = shared("IN2", GenericType.ANY_CHARS);
        List<StandardFunction> all = new ArrayList<>();
        all.add(new StandardFunction(
                "LEN", List.of(text), 0, GenericType.ANY_INT, (a, asked) -> counted("length", a, asked)));
        all.add(new StandardFunction(
                "FIND", List.of(first, second), 0, GenericType.ANY_INT, (a, asked) -> counted("find", a, asked)));
        all.add(made("LEFT", text, LENGTH));
        all.add(made("RIGHT", text, LENGTH));
        all.add(made("MID", text, LENGTH, POSITION));
        all.add(made("INSERT", first, second, POSITION));
        all.add(made("DELETE", text, LENGTH, POSITION));
        all.add(made("REPLACE", first, second, LENGTH, POSITION));
        all.add(new StandardFunction("CONCAT", List.of(first, second), 1, null, (a, _) -> joined(a)));
        return all;
    }

    private static StandardFunction made(String name, Parameter... parameters) {
        return new StandardFunction(name, List.of(parameters), 0, null, (a, _) -> {
            List<Term> terms = new ArrayList<>();
            int capacity = 0;
            boolean wide = false;
            for (Term argument : a) {
                Term term = plain(argument);
                terms.add(term);
                if (term.type().resolved() instanceof TextType text) {
                    capacity += text.capacity();
                    wide = text.wide();
                }
            }
            return new Term.Library(
                    Terms.methodName(name), terms, new TextType(wide, Math.min(capacity, TextType.MAX)));
        });
    }

    private static Term joined(List<Term> arguments) {
        Term all = text(arguments.getFirst());
        for (Term next : arguments.subList(1, arguments.size())) {
            Term term = text(next);
            TextType a = (TextType) all.type().resolved();
            TextType b = (TextType) term.type().resolved();
            int capacity = Math.min(a.capacity() + b.capacity(), TextType.MAX);
            all = new Term.Library("concat", List.of(all, term), new TextType(a.wide(), capacity));
        }
        return all;
    }

    private static Term counted(String method, List<Term> arguments, Type asked) {
        List<Term> texts = arguments.stream().map(TextFunctions::text).toList();
        Term count = new Term.Library(method, texts, Elementary.DINT);
        return asked.elementary() == null ? count : Terms.convert(count, asked);
    }

    /// Numbers as LINT, all else as text.
    private static Term plain(Term argument) {
        Elementary elementary = argument.type().elementary();
        boolean number = elementary != null && elementary.family() != Elementary.Family.CHARACTER;
        return number ? Terms.convert(argument, Elementary.LINT) : text(argument);
    }

    /// A character as a text of one.
    static Term text(Term argument) {
        Elementary elementary = argument.type().elementary();
        return elementary == null
                ? Terms.unwrapped(argument)
                : Terms.convert(argument, new TextType(elementary == Elementary.WCHAR, 1));
    }
}
