package io.millwright.iec61131.check;

import io.millwright.iec61131.ir.Instruction;
import io.millwright.iec61131.ir.Place;
import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.machine.Wire;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Expression;
import io.millwright.iec61131.syntax.Expression.Argument;
import io.millwright.iec61131.syntax.Name;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Elementary.Family;
import io.millwright.iec61131.type.ReferenceType;
import io.millwright.iec61131.type.ReferenceType.Kind;
import io.millwright.iec61131.type.TextType;
import io.millwright.iec61131.type.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The statements by which a TEST puts process models around a program: SIMULATE, which is written as a call of
/// a function block that is the model, and MODEL_FAULT.
final class Simulations {
    private static final TextType TEXT = new TextType(false, 255);

    private final Context context;
    private final Expressions expressions;

    Simulations(Context context, Expressions expressions) {
        this.context = context;
        this.expressions = expressions;
    }

    /// Whether a call is of one of them.
    boolean isOne(Expression.Call call) {
        TestWord word = TestWord.called(context, call);
        return word != null && word.isOfModels();
    }

    List<Instruction> of(Expression.Call call, Span span) {
        String name = ((Expression.Identifier) call.callee()).name().key();
        return name.equals("SIMULATE") ? simulate(call, span) : fault(call, span);
    }

    private List<Instruction> fault(Expression.Call call, Span span) {
        List<Term> texts = new ArrayList<>();
        for (Argument argument : call.arguments()) {
            Term text = argument instanceof Argument.Positional(var value) ? expressions.converted(value, TEXT) : null;
            if (text != null) {
                texts.add(text);
            }
        }
        if (texts.size() != 2 || call.arguments().size() != 2) {
            context.error("E625", call.span(), "MODEL_FAULT takes a port of a model and its fault: ('h1', 'lost')");
            return List.of();
        }
        return List.of(library("modelFault", texts, span));
    }

    private List<Instruction> simulate(Expression.Call call, Span span) {
        List<Argument> arguments = call.arguments();
        if (arguments.isEmpty() || !(arguments.getFirst() instanceof Argument.Positional(var first))) {
            context.error(
                    "E625",
                    call.span(),
                    "SIMULATE takes the name of a model, and then its inputs and outputs:"
                            + " ('quadruple-tank', v1 := p.Pump1, h1 => p.Level1)");
            return List.of();
        }
        List<Instruction> all = new ArrayList<>();
        Term model = expressions.converted(first, TEXT);
        for (Argument argument : arguments.subList(1, arguments.size())) {
            Instruction wire = switch (argument) {
                case Argument.In(var port, var value, var _) -> input(port, value, span);
                case Argument.Out(var port, var negated, var target, var at) -> {
                    if (negated || target == null) {
                        context.error("E625", at, "an output of a model is given to a variable: h1 => p.Level1");
                        yield null;
                    }
                    yield output(port, target, span);
                }
                case Argument.Positional positional -> {
                    context.error("E625", positional.span(), "name the input or output of the model: v1 := p.Pump1");
                    yield null;
                }
            };
            if (wire != null) {
                all.add(wire);
            }
        }
        if (model != null) {
            all.add(library("simulate", List.of(model), span));
        }
        return all;
    }

    /// A variable is read again and again; any other value once.
    private @Nullable Instruction input(Name port, Expression value, Span span) {
        boolean literal = value instanceof Expression.Literal;
        Term term = expressions.value(value, literal ? Elementary.LREAL : null);
        Elementary type = term == null ? null : term.type().elementary();
        if (term == null || type == null || !fits(type)) {
            return term == null ? null : unfit(value);
        }
        if (term instanceof Term.Load(var place) && isLasting(place)) {
            return wire(port, false, place, type, value, span);
        }
        Term number = type == Elementary.BOOL
                ? new Term.Select(term, real(0), real(1))
                : Conversions.convert(term, Elementary.LREAL);
        return library("modelGiven", List.of(text(port.text()), number), span);
    }

    /// Whether a place lies there as long as the test does, and may be looked at from outside.
    private static boolean isLasting(Place place) {
        return switch (place) {
            case Place.Global _, Place.Field _, Place.Element _ -> true;
            default -> false;
        };
    }

    private @Nullable Instruction output(Name port, Expression target, Span span) {
        Place place = expressions.place(target);
        Elementary type = place == null ? null : place.type().elementary();
        if (place == null || type == null || !fits(type)) {
            return place == null ? null : unfit(target);
        }
        return wire(port, true, place, type, target, span);
    }

    private @Nullable Instruction wire(
            Name port, boolean shows, Place place, Elementary type, Expression written, Span span) {
        if (!Intrinsics.hasPlace(context, place, written.span())) {
            return null;
        }
        Intrinsics.markReferenced(place);
        Term reference = new Term.Reference(place, new ReferenceType(Kind.REF_TO, place.type()));
        int kind = type == Elementary.BOOL
                ? Wire.TRUTH
                : type.family() == Family.REAL
                        ? Wire.REAL
                        : type.family() == Family.SIGNED ? type.bits() : -type.bits();
        Term shown = new Term.Constant(Elementary.BOOL, new Value.Truth(shows));
        Term kindTerm = new Term.Constant(Elementary.DINT, new Value.Whole(kind));
        return library("modelWire", List.of(text(port.text()), shown, reference, kindTerm), span);
    }

    private static boolean fits(Elementary type) {
        return type == Elementary.BOOL || type.family() == Family.REAL || type.isWhole();
    }

    private @Nullable Instruction unfit(Expression written) {
        context.error("E626", written.span(), "a model gives and takes numbers and truth values");
        return null;
    }

    private static Term real(double value) {
        return new Term.Constant(Elementary.LREAL, new Value.Real(value));
    }

    private static Term text(String value) {
        return new Term.Constant(TEXT, new Value.Text(value));
    }

    private static Instruction library(String method, List<Term> arguments, Span span) {
        return new Instruction.Evaluate(new Term.Library(method, arguments, Elementary.BOOL), span);
    }
}
