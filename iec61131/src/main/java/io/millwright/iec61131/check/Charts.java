package io.millwright.iec61131.check;

import io.millwright.iec61131.source.Diagnostics;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Body;
import io.millwright.iec61131.syntax.Declaration;
import io.millwright.iec61131.syntax.Expression;
import io.millwright.iec61131.syntax.Expression.BinaryOperator;
import io.millwright.iec61131.syntax.Initializer;
import io.millwright.iec61131.syntax.Name;
import io.millwright.iec61131.syntax.Statement;
import io.millwright.iec61131.syntax.TypeSyntax;
import io.millwright.iec61131.syntax.VariableBlock;
import io.millwright.iec61131.syntax.VariableDeclaration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Turns sequential function charts (6.7) into Structured Text with the state of their steps in variables of
/// the unit: for each step a structure with the step flag `X` and the elapsed time `T` (6.7.2), and others
/// whose names begin with `~`.
///
/// A call of a unit evaluates its chart once: elapsed times; transitions, by priority and then as written
/// (6.7.3); flags of the steps left and entered, all at once (6.7.5, rules 2 to 4); actions (6.7.4). The first
/// evaluation tests no transition, since the initial steps have had no effect yet (rule 6).
final class Charts {
    private final Declaration.Unit unit;
    private final Diagnostics diagnostics;
    private final List<VariableDeclaration> lasting = new ArrayList<>();
    private final List<VariableDeclaration> passing = new ArrayList<>();
    private final Set<String> actions = new HashSet<>();
    private final Set<String> steps = new HashSet<>();
    private int number;

    private Charts(Declaration.Unit unit, Diagnostics diagnostics) {
        this.unit = unit;
        this.diagnostics = diagnostics;
        unit.actions().forEach(a -> actions.add(a.name().key()));
    }

    /// The declarations with no chart left in them.
    static List<Declaration> without(List<Declaration> declarations, Diagnostics diagnostics) {
        return declarations.stream().map(d -> without(d, diagnostics)).toList();
    }

    private static Declaration without(Declaration declaration, Diagnostics diagnostics) {
        return switch (declaration) {
            case Declaration.Unit unit -> new Charts(unit, diagnostics).lowered();
            case Declaration.Namespace n ->
                new Declaration.Namespace(
                        n.name(),
                        n.internal(),
                        n.using(),
                        without(n.declarations(), diagnostics),
                        n.documentation(),
                        n.span());
            default -> declaration;
        };
    }

    private Declaration.Unit lowered() {
        boolean charts = unit.body() instanceof Body.Chart
                || unit.actions().stream().anyMatch(a -> a.body() instanceof Body.Chart);
        if (!charts) {
            return unit;
        }
        if (unit.kind() == Declaration.Unit.Kind.FUNCTION) {
            diagnostics.error(
                    "E692",
                    unit.name().span(),
                    "a function keeps no steps from call to call; write the chart in a FUNCTION_BLOCK or PROGRAM");
        }
        Body body = body(unit.body());
        List<Declaration.Action> lowered = unit.actions().stream()
                .map(a -> new Declaration.Action(a.name(), body(a.body()), a.span()))
                .toList();
        List<VariableBlock> variables = new ArrayList<>(unit.variables());
        Span span = unit.name().span();
        variables.add(new VariableBlock(VariableBlock.Section.VAR, Set.of(), lasting, span));
        variables.add(new VariableBlock(VariableBlock.Section.VAR_TEMP, Set.of(), passing, span));
        return new Declaration.Unit(
                unit.kind(),
                unit.name(),
                unit.modifiers(),
                unit.base(),
                unit.interfaces(),
                unit.result(),
                unit.using(),
                variables,
                unit.methods(),
                unit.properties(),
                lowered,
                body,
                unit.documentation(),
                unit.span());
    }

    private Body body(Body body) {
        return body instanceof Body.Chart chart ? new Body.StructuredText(evaluation(chart)) : body;
    }

    private List<Statement> evaluation(Body.Chart chart) {
        declare(chart);
        if (!known(chart)) {
            return List.of();
        }
        Build build = new Build(chart.steps().getFirst().span());
        String started = last(build, "started", "BOOL");
        List<Statement> first = new ArrayList<>();
        List<Statement> later = new ArrayList<>();
        first.add(build.assign(build.variable(started), build.truth(true)));
        for (Body.Chart.Step step : chart.steps()) {
            Build at = new Build(step.name().span());
            if (step.initial()) {
                first.add(at.assign(at.variable(entered(step.name())), at.truth(true)));
            }
            later.add(at.when(at.member(step.name().text(), "X"), at.assign(time(at, step.name()), elapsed(at, step))));
        }
        chart.transitions().stream()
                .sorted(Comparator.comparingInt(Body.Chart.Transition::priority))
                .forEach(t -> later.add(transition(t)));
        List<Statement> all = new ArrayList<>();
        all.add(build.when(build.variable(started), later, first));
        chart.steps().forEach(s -> all.add(flag(s)));
        all.addAll(actions(chart));
        return all;
    }

    private void declare(Body.Chart chart) {
        for (Body.Chart.Step step : chart.steps()) {
            Build at = new Build(step.name().span());
            if (!steps.add(step.name().key())) {
                diagnostics.error("E693", step.name().span(), "there is already a step " + step.name());
                continue;
            }
            List<VariableDeclaration> fields =
                    List.of(at.declaration("X", at.type("BOOL"), null), at.declaration("T", at.type("TIME"), null));
            Initializer initial = step.initial()
                    ? new Initializer.Structure(
                            List.of(new Initializer.Structure.Field(
                                    at.name("X"), new Initializer.Single(at.truth(true)))),
                            at.span())
                    : null;
            TypeSyntax type = new TypeSyntax.Structure(false, null, fields, at.span());
            lasting.add(at.declaration(step.name().text(), type, initial));
            lasting.add(at.declaration(since(step.name()), at.type("TIME"), null));
            passing.add(at.declaration(entered(step.name()), at.type("BOOL"), null));
            passing.add(at.declaration(left(step.name()), at.type("BOOL"), null));
        }
    }

    private boolean known(Body.Chart chart) {
        if (chart.steps().isEmpty()) {
            chart.transitions().forEach(t -> diagnostics.error("E694", t.span(), "a chart has at least one step"));
            return false;
        }
        if (chart.steps().stream().noneMatch(Body.Chart.Step::initial)) {
            diagnostics.error(
                    "E694",
                    chart.steps().getFirst().name().span(),
                    "a chart begins with an initial step; write INITIAL_STEP for one of them");
        }
        Set<String> own = new HashSet<>();
        List<String> names = new ArrayList<>();
        chart.steps().forEach(s -> own.add(s.name().key()));
        chart.steps().forEach(s -> names.add(s.name().text()));
        boolean all = true;
        for (Body.Chart.Transition transition : chart.transitions()) {
            List<Name> used = new ArrayList<>(transition.from());
            used.addAll(transition.to());
            for (Name name : used) {
                if (!own.contains(name.key())) {
                    String near = Similar.to(name.text(), names);
                    diagnostics.error(
                            "E695",
                            name.span(),
                            "there is no step " + name + (near == null ? "" : "; did you mean " + near + "?"));
                    all = false;
                }
            }
        }
        return all;
    }

    private static String entered(Name step) {
        return "~" + step + "~entered";
    }

    /// The variable for `action.Q`.
    static String shown(String action) {
        return "~Q~" + Name.key(action);
    }

    private static String left(Name step) {
        return "~" + step + "~left";
    }

    private static String since(Name step) {
        return "~" + step + "~since";
    }

    private static Expression time(Build at, Name step) {
        return at.member(step.text(), "T");
    }

    private static Expression elapsed(Build at, Body.Chart.Step step) {
        return at.binary(BinaryOperator.SUBTRACT, at.call("TIME"), at.variable(since(step.name())));
    }

    private String last(Build at, String name, String type) {
        String unique = "~" + number++ + "~" + name;
        lasting.add(at.declaration(unique, at.type(type), null));
        return unique;
    }

    /// `IF all before are active and not just left AND_THEN condition THEN leave them; enter all behind END_IF`
    private static Statement transition(Body.Chart.Transition transition) {
        Build at = new Build(transition.condition().span());
        List<Expression> parts = new ArrayList<>();
        List<Statement> body = new ArrayList<>();
        for (Name step : transition.from()) {
            parts.add(at.and(at.member(step.text(), "X"), at.not(at.variable(left(step)))));
            body.add(at.assign(at.variable(left(step)), at.truth(true)));
        }
        parts.add(transition.condition());
        transition.to().forEach(s -> body.add(at.assign(at.variable(entered(s)), at.truth(true))));
        Expression condition = parts.getFirst();
        for (Expression part : parts.subList(1, parts.size())) {
            condition = at.binary(BinaryOperator.AND_THEN, condition, part);
        }
        return at.when(condition, body, List.of());
    }

    private static Statement flag(Body.Chart.Step step) {
        Build at = new Build(step.name().span());
        Name name = step.name();
        List<Statement> enter = List.of(
                at.assign(at.member(name.text(), "X"), at.truth(true)),
                at.assign(time(at, name), at.zeroTime()),
                at.assign(at.variable(since(name)), at.call("TIME")));
        Statement leave = at.when(at.variable(left(name)), at.assign(at.member(name.text(), "X"), at.truth(false)));
        return at.when(at.variable(entered(name)), enter, List.of(leave));
    }

    /// An action, with the steps it stands at.
    private record Use(Name step, Body.Chart.Association association) {}

    private List<Statement> actions(Body.Chart chart) {
        Map<String, List<Use>> uses = new LinkedHashMap<>();
        for (Body.Chart.Step step : chart.steps()) {
            for (Body.Chart.Association association : step.associations()) {
                uses.computeIfAbsent(Name.key(written(association.action())), _ -> new ArrayList<>())
                        .add(new Use(step.name(), association));
            }
        }
        List<Statement> all = new ArrayList<>();
        uses.values().forEach(u -> all.addAll(control(u)));
        return all;
    }

    /// An action as it is written, without blanks.
    private static String written(Expression action) {
        return action instanceof Expression.Identifier(var name)
                ? name.text()
                : action.span().text().replaceAll("\\s+", "");
    }

    private static String named(Expression action) {
        return written(action).replaceAll("\\W", "_");
    }

    /// The control of one action (6.7.4.6, Tables 59 and 60): `Q` by the qualifiers; the action is evaluated
    /// while `Q` is TRUE and once more after that. P, P1 and P0 evaluate it exactly once, without that last
    /// time.
    private List<Statement> control(List<Use> uses) {
        Expression action = uses.getFirst().association().action();
        String name = named(action);
        Build at = new Build(uses.getFirst().association().span());
        List<Statement> all = new ArrayList<>();
        List<Statement> reset = new ArrayList<>();
        List<Expression> levels = new ArrayList<>();
        List<Expression> pulses = new ArrayList<>();
        List<Expression> resets = new ArrayList<>();
        for (Use use : uses) {
            Association one = new Association(use, all, reset);
            switch (use.association().qualifier()) {
                case "P", "P0", "P1" -> pulses.add(one.pulse());
                case "R" -> resets.add(one.active());
                default -> levels.add(one.level());
            }
        }
        Expression free = at.not(at.any(resets));
        Expression level = resets.isEmpty() ? at.any(levels) : at.and(free, at.any(levels));
        Expression pulse = resets.isEmpty() ? at.any(pulses) : at.and(free, at.any(pulses));
        if (!resets.isEmpty() && !reset.isEmpty()) {
            all.add(at.when(at.any(resets), reset, List.of()));
        }
        if (!actions.contains(Name.key(written(action)))) {
            List<Expression> both = pulses.isEmpty() ? List.of(level) : List.of(level, pulse);
            all.add(at.assign(action, at.any(both)));
            return all;
        }
        String shown = shown(name);
        lasting.add(at.declaration(shown, at.type("BOOL"), null));
        all.add(at.assign(at.variable(shown), at.any(List.of(level, pulse))));
        Expression run = pulse;
        String now = last(at, name + "~now", "BOOL");
        if (!levels.isEmpty()) {
            String before = last(at, name + "~Q", "BOOL");
            all.add(at.assign(at.variable(now), at.any(List.of(level, at.variable(before), pulse))));
            all.add(at.assign(at.variable(before), level));
            run = at.variable(now);
        }
        Expression call = new Expression.Call(action, List.of(), at.span());
        all.add(at.when(run, new Statement.CallStatement(call, at.span())));
        return all;
    }

    /// What one association does to `Q`: `before` gets what is to be done before `Q` is formed, `reset` what is
    /// to be done where the action is reset.
    private final class Association {
        private final Name step;
        private final Body.Chart.Association association;
        private final List<Statement> before;
        private final List<Statement> reset;
        private final Build at;

        Association(Use use, List<Statement> before, List<Statement> reset) {
            this.step = use.step();
            this.association = use.association();
            this.before = before;
            this.reset = reset;
            this.at = new Build(association.span());
        }

        Expression active() {
            return at.member(step.text(), "X");
        }

        Expression pulse() {
            Expression entering = at.variable(entered(step));
            return association.qualifier().equals("P0") ? at.and(at.variable(left(step)), at.not(entering)) : entering;
        }

        Expression level() {
            Expression reached = at.binary(BinaryOperator.GREATER_OR_EQUAL, time(at, step), duration());
            return switch (association.qualifier()) {
                case "S" -> stored(active());
                case "L" -> at.and(active(), at.not(reached));
                case "D" -> at.and(active(), reached);
                case "DS" -> stored(at.and(active(), reached));
                case "SD" -> timed(BinaryOperator.GREATER_OR_EQUAL);
                case "SL" -> timed(BinaryOperator.LESS);
                default -> active();
            };
        }

        private Expression duration() {
            Expression time = association.time();
            return time == null ? at.zeroTime() : time;
        }

        private Expression stored(Expression set) {
            String flag = last(at, named(association.action()) + "~stored", "BOOL");
            before.add(at.when(set, at.assign(at.variable(flag), at.truth(true))));
            reset.add(at.assign(at.variable(flag), at.truth(false)));
            return at.variable(flag);
        }

        /// Stored, and counted from when it was stored.
        private Expression timed(BinaryOperator relation) {
            String flag = last(at, named(association.action()) + "~stored", "BOOL");
            String since = last(at, named(association.action()) + "~since", "TIME");
            before.add(at.when(
                    at.and(active(), at.not(at.variable(flag))),
                    at.assign(at.variable(flag), at.truth(true)),
                    at.assign(at.variable(since), at.call("TIME"))));
            reset.add(at.assign(at.variable(flag), at.truth(false)));
            Expression passed = at.binary(BinaryOperator.SUBTRACT, at.call("TIME"), at.variable(since));
            return at.and(at.variable(flag), at.binary(relation, passed, duration()));
        }
    }
}
