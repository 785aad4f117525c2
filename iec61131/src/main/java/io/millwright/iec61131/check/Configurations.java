package io.millwright.iec61131.check;

import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.syntax.Declaration;
import io.millwright.iec61131.syntax.Expression;
import io.millwright.iec61131.syntax.LiteralValue;
import io.millwright.iec61131.syntax.Name;
import io.millwright.iec61131.type.Defaults;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import io.millwright.iec61131.type.Variable.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Instances of programs and the tasks that run them (6.8). A program that no configuration names gets one
/// instance of its own name and runs in no task.
final class Configurations {
    private final Declared declared;
    private final Declarations declarations;
    private final List<Variable> before;
    private final List<Program.Task> tasks = new ArrayList<>();
    private final Set<UnitType> instantiated = new HashSet<>();

    /// @param before the instances of an earlier state of the program, which stay the same objects
    Configurations(Declared declared, Declarations declarations, List<Variable> before) {
        this.declared = declared;
        this.declarations = declarations;
        this.before = new ArrayList<>(before);
    }

    List<Program.Task> all() {
        for (Declared.Configuration configuration : declared.configurations) {
            Declaration.Configuration syntax = configuration.syntax();
            Usages usages = declarations.context(configuration.scope()).usages();
            Landmark.declare(
                    new HashMap<>(),
                    Landmark.Kind.CONFIGURATION,
                    syntax.name(),
                    syntax.span().text(),
                    usages);
            for (Declaration.Resource resource : configuration.syntax().resources()) {
                resource(resource, configuration.syntax(), declarations.context(configuration.scope()));
            }
        }
        for (Declared.Unit unit : declared.units) {
            boolean alone = unit.type().kind() == Declaration.Unit.Kind.PROGRAM && instantiated.add(unit.type());
            if (alone) {
                declared.hidden.add(instance(unit.type().name(), unit.type()));
            }
        }
        return tasks;
    }

    private Variable instance(String name, UnitType type) {
        return known(new Variable(name, type, Role.GLOBAL, Set.of(), Defaults.of(type), null, null, type.declared()));
    }

    /// The instance of an earlier state that is the same as one of now, if there is one; each is one instance, since
    /// two configurations may have instances that look alike.
    private Variable known(Variable now) {
        for (int i = 0; i < before.size(); i++) {
            Variable known = before.get(i);
            boolean same = known.type().equals(now.type())
                    && known.name().equals(now.name())
                    && known.properties().equals(now.properties())
                    && known.initial().equals(now.initial());
            if (same) {
                return before.remove(i);
            }
        }
        return now;
    }

    private void resource(Declaration.Resource resource, Declaration.Configuration configuration, Context context) {
        Map<String, Landmark> names = new HashMap<>();
        Usages usages = context.usages();
        Landmark.declare(
                declared.resources,
                Landmark.Kind.RESOURCE,
                resource.name(),
                resource.span().text(),
                usages);
        resource.tasks()
                .forEach(t -> Landmark.declare(
                        names, Landmark.Kind.TASK, t.name(), t.span().text(), usages));
        Map<String, Landmark> instances =
                declared.instances.computeIfAbsent(resource.name().key(), _ -> new HashMap<>());
        resource.instances()
                .forEach(i -> Landmark.declare(
                        instances, Landmark.Kind.INSTANCE, i.name(), i.span().text(), usages));
        List<List<Variable>> byTask = new ArrayList<>();
        resource.tasks().forEach(_ -> byTask.add(new ArrayList<>()));
        for (Declaration.Instance instance : resource.instances()) {
            Type type = Names.type(context, instance.type());
            if (type == null) {
                continue;
            }
            if (!(type instanceof UnitType unit)) {
                context.error("E570", instance.type().span(), type.name() + " is not a program");
                continue;
            }
            var connections = new Connections(declared, context, resource, instance, unit);
            Variable variable = known(connections.variable(configuration));
            declared.hidden.add(variable);
            Landmark landmark = instances.get(instance.name().key());
            if (landmark != null) {
                declared.programs.put(landmark, variable);
            }
            instantiated.add(unit);
            int task = task(resource, instance.task(), context, names);
            if (task >= 0) {
                byTask.get(task).add(variable);
            }
            var blocks = new BlockTasks(declared, context, new HashSet<>());
            for (Declaration.Instance.BlockTask block : instance.blockTasks()) {
                int own = task(resource, block.task(), context, names);
                Variable step = blocks.step(variable, block);
                if (own >= 0 && step != null) {
                    byTask.get(own).add(step);
                }
            }
        }
        for (int i = 0; i < resource.tasks().size(); i++) {
            tasks.add(task(resource.tasks().get(i), byTask.get(i), context, configuration.resources()));
        }
    }

    /// @param names of the tasks
    private static int task(
            Declaration.Resource resource, @Nullable Name task, Context context, Map<String, Landmark> names) {
        if (task == null) {
            return -1;
        }
        Landmark.use(names, task, context.usages());
        for (int i = 0; i < resource.tasks().size(); i++) {
            if (resource.tasks().get(i).name().key().equals(task.key())) {
                return i;
            }
        }
        context.unknown(
                "E571",
                task.span(),
                "there is no task " + task,
                task.text(),
                resource.tasks().stream().map(t -> t.name().text()).toList());
        return -1;
    }

    private Program.Task task(
            Declaration.Task task, List<Variable> instances, Context context, List<Declaration.Resource> resources) {
        long interval = whole(context, task.interval(), Elementary.TIME, "the interval of a task");
        long priority = whole(context, task.priority(), Elementary.UINT, "the priority of a task");
        boolean never =
                task.single() instanceof Expression.Literal(var _, LiteralValue.Truth(boolean on), var _) && !on;
        String single = task.single() == null || never ? "" : single(task.single(), context, resources);
        return new Program.Task(task.name().text(), interval, single, (int) priority, instances);
    }

    /// What starts a task: a global variable, a variable of a program, or an address (6.8.2); empty after saying
    /// that it is none of them.
    private String single(Expression expression, Context context, List<Declaration.Resource> resources) {
        var paths = new AccessPath(declared, context, null, resources);
        AccessPath.Found found = expression instanceof Expression.Direct(var address, var span)
                ? paths.direct(address, Elementary.BOOL, span)
                : paths.found(expression);
        if (found != null && !Context.isBool(found.type()) && !found.type().isMistaken()) {
            context.error(
                    "E572",
                    expression.span(),
                    "SINGLE takes a BOOL: a global variable, one of a program, such as p.done, or an address");
        }
        return found == null ? "" : found.path();
    }

    private static long whole(Context context, @Nullable Expression expression, Elementary type, String what) {
        if (expression == null) {
            return 0;
        }
        Term term = new Expressions(context).converted(expression, type);
        if (term instanceof Term.Constant(var _, Value.Whole(long value))) {
            return value;
        }
        if (term != null) {
            context.error("E509", expression.span(), what + " must be known before the program runs");
        }
        return 0;
    }
}
