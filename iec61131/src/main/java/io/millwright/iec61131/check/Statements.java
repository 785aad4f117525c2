package io.millwright.iec61131.check;

import io.millwright.iec61131.ir.Instruction;
import io.millwright.iec61131.ir.Place;
import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.library.Whole;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Expression;
import io.millwright.iec61131.syntax.Statement;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.InterfaceType;
import io.millwright.iec61131.type.ReferenceType;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.UnknownType;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Turns statements into instructions (7.3.3). A statement with a mistake gives none.
final class Statements {
    private static final int LABELS_MAX = 2_000;
    private static final int BRANCHES_MAX = 5_000;

    private final Context context;
    private final Expressions expressions;
    private final Assertions assertions;
    private final Simulations simulations;
    private final Loops loops;

    Statements(Context context) {
        this.context = context;
        this.expressions = new Expressions(context);
        this.assertions = new Assertions(context, expressions);
        this.simulations = new Simulations(context, expressions);
        this.loops = new Loops(context, expressions, this);
    }

    /// The statements of a body, which may have labels.
    List<Instruction> body(List<Statement> statements) {
        return loops.body(statements);
    }

    List<Instruction> all(List<Statement> statements) {
        List<Instruction> instructions = new ArrayList<>();
        for (Statement statement : statements) {
            List<Instruction> own = one(statement);
            instructions.addAll(expressions.calls().takeBindings());
            instructions.addAll(own);
        }
        return instructions;
    }

    private List<Instruction> one(Statement statement) {
        return switch (statement) {
            case Statement.Assign assign -> assign(assign);
            case Statement.CallStatement(Expression.Call call, var span)
            when assertions.isOne(call) -> assertions.of(call, span);
            case Statement.CallStatement(Expression.Call call, var span)
            when simulations.isOne(call) -> simulations.of(call, span);
            case Statement.CallStatement(Expression.Call call, var span) ->
                expressions.calls().statement(call, span);
            case Statement.CallStatement(var expression, var span) -> notACall(expression, span);
            case Statement.If branches -> conditional(branches);
            case Statement.Case choice -> choice(choice);
            case Statement.For loop -> loops.counted(loop);
            case Statement.While loop -> loops.whileLoop(loop);
            case Statement.Repeat loop -> loops.repeat(loop);
            case Statement.Exit(var span) -> loops.inside("EXIT", new Instruction.Exit(span));
            case Statement.Continue(var span) -> loops.inside("CONTINUE", new Instruction.Continue(span));
            case Statement.Jump jump -> loops.jump(jump);
            case Statement.Label(var name, var span) -> {
                context.error(
                        "E614", span, "the label " + name + " stands within a statement; labels stand outside of all");
                yield List.of();
            }
            case Statement.Chain chain -> chain(chain);
            case Statement.Return(var span) -> List.of(new Instruction.Return(span));
            case Statement.Empty _, Statement.Broken _ -> List.of();
            case Statement.Mock mock -> assertions.mock(mock);
        };
    }

    private List<Instruction> notACall(Expression expression, Span span) {
        Entity entity = expressions.entity(expression);
        if (entity instanceof Entity.OfMethod || entity instanceof Entity.OfFunction) {
            return expressions.calls().statement(new Expression.Call(expression, List.of(), expression.span()), span);
        }
        if (entity != null) {
            context.error("E602", span, "this has no effect; an assignment is written with :=");
        }
        return List.of();
    }

    private List<Instruction> assign(Statement.Assign assign) {
        return switch (assign.operator()) {
            case ASSIGN -> store(assign);
            case ATTEMPT -> attempt(assign);
            case REFERENCE -> refer(assign);
            case SET, RESET -> setOrReset(assign);
        };
    }

    private List<Instruction> store(Statement.Assign assign) {
        Entity target = expressions.entity(assign.target());
        if (target instanceof Entity.OfProperty property) {
            return new Properties(context, expressions).write(property, assign.value(), assign.span());
        }
        Place place = writable(target, assign.target());
        Term value = place == null
                ? expressions.value(assign.value(), new UnknownType())
                : expressions.converted(assign.value(), place.type());
        if (place == null || value == null) {
            return List.of();
        }
        List<Instruction> store = Overlays.isView(place) && value instanceof Term.Load(var from)
                ? Overlays.copy(context, place, from, assign.span())
                : Overlays.isView(place)
                        ? viaVariable(place, value, assign.span())
                        : List.of(new Instruction.Assign(place, value, assign.span()));
        Term done = expressions.calls().enabling().done(value);
        return done == null ? store : List.of(when(done, store, assign.span()));
    }

    /// Puts a value that lies nowhere into a variable first.
    private List<Instruction> viaVariable(Place view, Term value, Span span) {
        Place copy = new Place.Local(context.temporary(value.type(), Variable.Role.TEMPORARY, span));
        List<Instruction> all = new ArrayList<>(List.of(new Instruction.Assign(copy, value, span)));
        all.addAll(Overlays.copy(context, view, copy, span));
        return all;
    }

    static Instruction when(Term condition, List<Instruction> body, Span span) {
        return new Instruction.If(List.of(new Instruction.Branch(condition, body, span)), List.of(), span);
    }

    /// The place that is stored into, or null after saying why nothing may be.
    @Nullable
    Place writable(@Nullable Entity target, Expression at) {
        if (target == null) {
            return null;
        }
        if (target instanceof Entity.OfValue(Term.Load(var place))) {
            return place;
        }
        if (!(target instanceof Entity.OfPlace(var place))) {
            context.error(
                    "E604",
                    at.span(),
                    at.span().text() + target.refusal(at.span().text()));
            return null;
        }
        Variable variable = root(place);
        if (variable != null && variable.isConstant()) {
            context.error("E604", at.span(), variable.name() + " is a constant");
            return null;
        }
        return place;
    }

    private static @Nullable Variable root(Place place) {
        return switch (place) {
            case Place.Local(var variable) -> variable;
            case Place.Global(var variable) -> variable;
            case Place.Field(Term.Load(var outer), var variable) -> variable.isConstant() ? variable : root(outer);
            case Place.Field(var _, var variable) -> variable;
            case Place.Element(Term.Load(var array), var _, var _) -> root(array);
            case Place.Part(var whole, var _, var _) -> root(whole);
            case Place.Overlaid(Term.Load(var whole), var _, var _) -> root(whole);
            default -> null;
        };
    }

    private List<Instruction> chain(Statement.Chain chain) {
        List<Instruction> all = new ArrayList<>();
        Expression value = chain.value();
        for (Expression target : chain.targets().reversed()) {
            List<Instruction> own =
                    store(new Statement.Assign(target, Statement.Assign.Operator.ASSIGN, value, chain.span()));
            all.addAll(expressions.calls().takeBindings());
            all.addAll(own);
            value = target;
        }
        return all;
    }

    private List<Instruction> attempt(Statement.Assign assign) {
        Place place = writable(expressions.entity(assign.target()), assign.target());
        Term value = expressions.value(assign.value(), null);
        if (place == null || value == null) {
            return List.of();
        }
        boolean references = isReference(place.type())
                && (isReference(value.type()) || value.type().isAggregate());
        if (!references) {
            context.error("E605", assign.span(), "?= goes with references and interfaces");
            return List.of();
        }
        Term source = value instanceof Term.Load(var from) && value.type().isAggregate()
                ? new Term.Reference(from, new ReferenceType(ReferenceType.Kind.REF_TO, value.type()))
                : value;
        return List.of(new Instruction.Assign(place, new Term.Attempt(source, place.type()), assign.span()));
    }

    private static boolean isReference(Type type) {
        return type.resolved() instanceof ReferenceType || type.resolved() instanceof InterfaceType;
    }

    private List<Instruction> refer(Statement.Assign assign) {
        context.beyondStandard(assign.span(), "REF=");
        Place reference = expressions.reference(assign.target());
        if (reference == null || !(reference.type().resolved() instanceof ReferenceType type)) {
            if (reference != null) {
                context.error("E606", assign.target().span(), "REF= goes with a reference");
            }
            return List.of();
        }
        Term value = expressions.value(assign.value(), reference.type());
        if (value == null) {
            return List.of();
        }
        if (value instanceof Term.Load(var place) && !(value.type().resolved() instanceof ReferenceType)) {
            if (!Intrinsics.hasPlace(context, place, assign.value().span())) {
                return List.of();
            }
            Intrinsics.markReferenced(place);
            value = new Term.Reference(place, new ReferenceType(type.kind(), place.type()));
        }
        Term adapted = expressions
                .conversions()
                .adapt(value, reference.type(), assign.value().span());
        return adapted == null ? List.of() : List.of(new Instruction.Assign(reference, adapted, assign.span()));
    }

    private List<Instruction> setOrReset(Statement.Assign assign) {
        context.beyondStandard(assign.span(), assign.operator().text());
        Place place = writable(expressions.entity(assign.target()), assign.target());
        Term value = expressions.converted(assign.value(), Elementary.BOOL);
        if (place == null || value == null) {
            return List.of();
        }
        if (!Context.isBool(place.type())) {
            context.error("E607", assign.target().span(), assign.operator().text() + " goes with BOOL");
            return List.of();
        }
        Term result =
                new Term.Constant(Elementary.BOOL, new Value.Truth(assign.operator() == Statement.Assign.Operator.SET));
        Instruction store = new Instruction.Assign(place, result, assign.span());
        var branch = new Instruction.Branch(value, List.of(store), assign.span());
        return List.of(new Instruction.If(List.of(branch), List.of(), assign.span()));
    }

    private List<Instruction> conditional(Statement.If branches) {
        if (!isBounded(branches.branches().size(), "an IF has at most %d ELSIF; write CASE", branches.span())) {
            return List.of();
        }
        return conditional(branches.branches(), branches);
    }

    private boolean isBounded(int number, String message, Span span) {
        if (number > BRANCHES_MAX) {
            context.error("E013", span, message.formatted(BRANCHES_MAX));
        }
        return number <= BRANCHES_MAX;
    }

    /// What a later condition needs before it is asked stands in the ELSE of the branches before it.
    private List<Instruction> conditional(List<Statement.If.Branch> branches, Statement.If all) {
        List<Instruction.Branch> done = new ArrayList<>();
        List<Instruction> before = List.of();
        boolean sound = true;
        for (int i = 0; i < branches.size(); i++) {
            Statement.If.Branch branch = branches.get(i);
            Term condition = expressions.converted(branch.condition(), Elementary.BOOL);
            List<Instruction> needed = expressions.calls().takeBindings();
            if (i > 0 && !needed.isEmpty()) {
                List<Instruction> rest = conditional(branches.subList(i, branches.size()), all);
                return sound ? List.of(new Instruction.If(done, rest, all.span())) : List.of();
            }
            before = i == 0 ? needed : before;
            List<Instruction> body = all(branch.body());
            sound &= condition != null;
            if (condition != null) {
                done.add(new Instruction.Branch(condition, body, branch.span()));
            }
        }
        List<Instruction> otherwise = all(all.otherwise());
        if (!sound) {
            return List.of();
        }
        List<Instruction> result = new ArrayList<>(before);
        result.add(new Instruction.If(done, otherwise, all.span()));
        return result;
    }

    private List<Instruction> choice(Statement.Case choice) {
        if (!isBounded(choice.alternatives().size(), "a CASE has at most %d alternatives", choice.span())) {
            return List.of();
        }
        Term selector = expressions.value(choice.selector(), null);
        List<Instruction> before = expressions.calls().takeBindings();
        Elementary type = selector == null ? null : selector.type().elementary();
        boolean whole = type != null && (type.isWhole() || type.family() == Elementary.Family.CHARACTER);
        if (selector != null && !whole) {
            context.error(
                    "E608",
                    choice.selector().span(),
                    "CASE chooses by a whole number or an enumeration, not by "
                            + selector.type().name());
        }
        List<Instruction.Choice> choices = new ArrayList<>();
        var taken = new TreeMap<Long, Long>();
        for (Statement.Case.Alternative alternative : choice.alternatives()) {
            List<Instruction.Interval> intervals = new ArrayList<>();
            for (Statement.Case.Label label : alternative.labels()) {
                Instruction.Interval interval =
                        selector == null || type == null || !whole ? null : interval(label, selector.type(), type);
                if (intervals.size() == LABELS_MAX) {
                    String message =
                            "one alternative of CASE has at most %d labels; write ranges, 1..9".formatted(LABELS_MAX);
                    context.error("E013", label.span(), message);
                    break;
                }
                if (interval != null) {
                    noted(interval, label, taken);
                    intervals.add(interval);
                }
            }
            choices.add(new Instruction.Choice(intervals, all(alternative.body()), alternative.span()));
        }
        List<Instruction> otherwise = choice.otherwise() == null ? List.of() : all(choice.otherwise());
        return selector == null || !whole
                ? List.of()
                : behind(before, new Instruction.Case(selector, choices, otherwise, choice.span()));
    }

    private Instruction.@Nullable Interval interval(Statement.Case.Label label, Type type, Elementary base) {
        Long first = label(label.first(), type);
        Long last = label.last() == null ? first : label(label.last(), type);
        if (first == null || last == null) {
            return null;
        }
        if (Whole.compare(base, first, last) > 0) {
            context.error("E609", label.span(), "the range ends before it begins");
            return null;
        }
        return new Instruction.Interval(first, last);
    }

    private @Nullable Long label(Expression expression, Type type) {
        Term term = expressions.converted(expression, type);
        if (term instanceof Term.Constant(var _, Value.Whole(long value))) {
            return value;
        }
        if (term != null) {
            context.error("E610", expression.span(), "a label of CASE must be known before the program runs");
        }
        return null;
    }

    /// Warns of a label that an earlier one covers.
    ///
    /// @param taken what earlier labels cover, in pieces: the last value of each by its first
    private void noted(Instruction.Interval interval, Statement.Case.Label label, NavigableMap<Long, Long> taken) {
        long first = interval.first();
        long last = interval.last();
        var below = taken.floorEntry(last);
        if (below != null && below.getValue() >= first) {
            context.warning("W611", label.span(), "an earlier label has this value already; that one is taken");
        }
        while (below != null && below.getValue() >= interval.first()) {
            first = Math.min(first, below.getKey());
            last = Math.max(last, below.getValue());
            taken.remove(below.getKey());
            below = taken.floorEntry(interval.last());
        }
        taken.put(first, last);
    }

    private static List<Instruction> behind(List<Instruction> before, Instruction instruction) {
        List<Instruction> all = new ArrayList<>(before);
        all.add(instruction);
        return all;
    }
}
