package io.millwright.plc;

import io.millwright.iec61131.Run;
import io.millwright.iec61131.State;
import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.machine.Backend;
import io.millwright.iec61131.machine.Machine;
import io.millwright.iec61131.machine.Slot;
import io.millwright.iec61131.machine.Trap;
import io.millwright.iec61131.syntax.Name;
import io.millwright.iec61131.type.Variable;
import io.millwright.plc.image.Binding;
import io.millwright.plc.image.InputPoint;
import io.millwright.plc.image.OutputPoint;
import io.millwright.plc.image.SignalTable;
import io.millwright.plc.mpc.MpcStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A program made ready to run: every variable at its first value, every name found. Making it takes time,
/// running it looks nothing up; so that a program can be changed between two scans it is made beforehand, by
/// another thread.
public final class Loaded {
    private final Project project;
    private final Program program;
    private final Run run;
    private final State state;
    private final List<LoadedTask> tasks;
    private final List<InputPoint> inputs;
    private final List<OutputPoint> outputs;
    private final InputPoint[] given;
    private final Variable[][] programs;
    private final List<MpcStep> predictive;
    private long scans;

    /// A task whose programs are found.
    ///
    /// @param single the variable that starts it
    /// @param trigger what this variable stands for, where it is an input
    public record LoadedTask(
            TaskSetting setting, Optional<Slot> single, Optional<InputPoint> trigger, List<Variable> instances) {
        public LoadedTask {
            instances = List.copyOf(instances);
        }
    }

    private Loaded(Project project, Program program, SignalTable signals, Backend backend) throws ProjectError {
        this.project = project;
        this.program = program;
        this.run = Run.start(program, backend);
        this.state = run.state();
        List<InputPoint> in = new ArrayList<>();
        List<OutputPoint> out = new ArrayList<>();
        for (Binding binding : project.bindings()) {
            bind(binding, signals, in, out);
        }
        this.inputs = List.copyOf(in);
        this.outputs = List.copyOf(out);
        this.tasks = findTasks();
        this.given = in.toArray(InputPoint[]::new);
        this.programs =
                tasks.stream().map(t -> t.instances().toArray(Variable[]::new)).toArray(Variable[][]::new);
        this.predictive = findPredictive();
        tasks.forEach(t -> t.instances().forEach(run.machine()::prepareRun));
    }

    /// @throws ProjectError where a task, a binding or a predictive controller names what the program does not have,
    ///     where its model cannot be, or where there is no room for so many variables
    public static Loaded of(Project project, Program program, SignalTable signals, Backend backend)
            throws ProjectError {
        VariableCount.check(program, Runtime.getRuntime().maxMemory());
        return new Loaded(project, program, signals, backend);
    }

    private void bind(Binding binding, SignalTable signals, List<InputPoint> in, List<OutputPoint> out)
            throws ProjectError {
        Slot slot = run.slot(binding.variable())
                .orElseThrow(() -> new ProjectError("there is no variable " + binding.variable()
                        + " that could stand for the signal " + binding.signal()
                        + ": write the path of a number or truth value, e.g. Program.Variable"));
        if (binding instanceof Binding.Input && !slot.isWritable()) {
            throw new ProjectError(binding.variable() + " is READ_ONLY and takes no signal such as " + binding.signal()
                    + "; VAR_ACCESS would have to say READ_WRITE");
        }
        try {
            switch (binding) {
                case Binding.Input input -> in.add(new InputPoint(input, slot, signals.input(input.signal())));
                case Binding.Output output -> out.add(new OutputPoint(output, slot, signals.output(output.signal())));
            }
        } catch (IllegalArgumentException e) {
            throw new ProjectError(String.valueOf(e.getMessage()));
        }
    }

    private List<MpcStep> findPredictive() throws ProjectError {
        try {
            return project.predictive().stream().map(p -> MpcStep.of(p, run)).toList();
        } catch (IllegalArgumentException e) {
            throw new ProjectError(String.valueOf(e.getMessage()));
        }
    }

    private List<LoadedTask> findTasks() throws ProjectError {
        List<LoadedTask> found = new ArrayList<>();
        for (TaskSetting setting : settings()) {
            List<Variable> instances = new ArrayList<>();
            for (String name : setting.instances()) {
                instances.add(run.instance(name).orElseThrow(() -> noProgram(setting, name)));
            }
            Optional<Slot> single = Optional.empty();
            if (setting.single().isPresent()) {
                String name = setting.single().get();
                single = Optional.of(run.slot(name)
                        .orElseThrow(() -> new ProjectError(
                                "task " + setting.name() + " is started by " + name + ", which there is not")));
            }
            found.add(new LoadedTask(setting, single, single.flatMap(this::input), instances));
        }
        return found;
    }

    private Optional<InputPoint> input(Slot slot) {
        return inputs.stream()
                .filter(i -> Name.key(i.slot().name()).equals(Name.key(slot.name())))
                .findFirst();
    }

    private ProjectError noProgram(TaskSetting setting, String name) {
        List<String> there = run.instances().stream().map(Variable::name).toList();
        return new ProjectError("task " + setting.name() + " runs " + name + ", which is no program; "
                + (there.isEmpty() ? "there is none" : "there is " + String.join(", ", there)));
    }

    private List<TaskSetting> settings() throws ProjectError {
        if (!project.tasks().isEmpty()) {
            return project.tasks();
        }
        if (!program.tasks().isEmpty()) {
            return program.tasks().stream().map(Loaded::setting).toList();
        }
        List<String> all = run.instances().stream().map(Variable::name).toList();
        if (all.isEmpty()) {
            throw new ProjectError(project.name() + " has no PROGRAM: there is nothing to run");
        }
        return List.of(new TaskSetting("main", TaskSetting.USUAL_INTERVAL_NANOS, Optional.empty(), 0, 0, all));
    }

    private static TaskSetting setting(Program.Task task) {
        return new TaskSetting(
                task.name(),
                task.intervalNanos(),
                Optional.of(task.single()).filter(s -> !s.isEmpty()),
                task.priority(),
                0,
                task.instances().stream().map(Variable::name).toList());
    }

    /// Runs the programs of a task once, with the inputs as they were decided. All that happens in a scan
    /// happens here: when it is for a plant, and when it is for a replay or a standby. Allocates nothing.
    ///
    /// @param task its place among the tasks
    /// @param nanos the time that the programs see, since the PLC began
    /// @throws Trap where a program does what it must not; variables are then as they were at that instruction
    public void scan(int task, long nanos) {
        scans++;
        Machine machine = run.machine();
        machine.advance(nanos - machine.nowNanos());
        for (InputPoint input : given) {
            input.put();
        }
        machine.enforce();
        for (Variable instance : programs[task]) {
            machine.run(instance);
        }
    }

    /// How many scans ran with it. To be asked by the thread that runs them.
    public long scans() {
        return scans;
    }

    public Project project() {
        return project;
    }

    public Program program() {
        return program;
    }

    public Run run() {
        return run;
    }

    public State state() {
        return state;
    }

    public List<LoadedTask> tasks() {
        return tasks;
    }

    /// What is copied into variables before a scan, in the order of the project.
    public List<InputPoint> inputs() {
        return inputs;
    }

    /// Goes on with what is known of signals that were inputs before.
    void takeOverInputs(InputPoint[] before) {
        for (InputPoint input : inputs) {
            for (InputPoint earlier : before) {
                if (earlier.binding().signal().equals(input.binding().signal())) {
                    input.takeOver(earlier);
                }
            }
        }
    }

    /// What is copied out of variables after a scan, in the order of the project.
    public List<OutputPoint> outputs() {
        return outputs;
    }

    /// The predictive controllers of the project among its variables, in its order, before their first steps.
    public List<MpcStep> predictive() {
        return predictive;
    }
}
