package io.millwright.process.fmi;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.nio.file.Path;
import java.util.OptionalDouble;

/// FMI 3.0 for co-simulation (section 4.2.1: the states). With event mode, a step that meets an event ends
/// there; the event is handled, and the step goes on to the communication point that was wanted.
final class Binding3 implements Binding {

    private static final MemoryLayout POINTER = ValueLayout.ADDRESS;
    private static final MemoryLayout BOOLEAN = ValueLayout.JAVA_BOOLEAN;
    private static final MemoryLayout REAL = ValueLayout.JAVA_DOUBLE;
    private static final MemoryLayout SIZE = ValueLayout.JAVA_LONG;
    /// Virtual time is counted in nanoseconds: what is nearer than half of one is reached.
    private static final double REACHED_SECONDS = 0.5e-9;
    private static final int EVENTS_MAX = 100_000;
    private static final int ITERATIONS_MAX = 10_000;

    /// The modes of the standard that matter here.
    private enum Mode {
        INSTANTIATED,
        EVENT,
        STEP
    }

    private final Functions functions;
    private final MemorySegment instance;
    private final boolean events;
    /// Five booleans and a number to answer into: see [#flag].
    private final MemorySegment answers;
    private final MemorySegment time;
    private final MethodHandle doStep;
    private final MethodHandle updateStates;
    private final MethodHandle enterEvent;
    private final MethodHandle enterStep;
    private Mode mode = Mode.INSTANTIATED;
    private boolean ended;

    Binding3(
            Functions functions,
            Fmu fmu,
            Capabilities can,
            Path folder,
            InstanceSettings settings,
            Arena arena,
            LogMessages log) {
        this.functions = functions;
        events = settings.events() && can.eventMode();
        answers = arena.allocate(5);
        time = arena.allocate(ValueLayout.JAVA_DOUBLE);
        doStep = functions.find("fmi3DoStep", POINTER, REAL, REAL, BOOLEAN, POINTER, POINTER, POINTER, POINTER);
        updateStates = functions.find(
                "fmi3UpdateDiscreteStates", POINTER, POINTER, POINTER, POINTER, POINTER, POINTER, POINTER);
        enterEvent = functions.find("fmi3EnterEventMode", POINTER);
        enterStep = functions.find("fmi3EnterStepMode", POINTER);
        instance = instantiate(fmu, folder, settings, arena, log);
        if (instance.address() == 0) {
            throw functions.failure("could not be instantiated" + log.lastMistake());
        }
    }

    private MemorySegment instantiate(Fmu fmu, Path folder, InstanceSettings settings, Arena arena, LogMessages log) {
        var instantiate = functions.find(
                "fmi3InstantiateCoSimulation",
                FunctionDescriptor.of(
                        POINTER, POINTER, POINTER, POINTER, BOOLEAN, BOOLEAN, BOOLEAN, BOOLEAN, POINTER, SIZE, POINTER,
                        POINTER, POINTER));
        // The path ends with a separator (FMI 3.0 section 2.3.1).
        String resources = folder.resolve("resources") + folder.getFileSystem().getSeparator();
        try {
            return (MemorySegment) instantiate.invokeExact(
                    arena.allocateFrom(settings.name()),
                    arena.allocateFrom(fmu.description().token()),
                    arena.allocateFrom(resources),
                    false,
                    settings.verbose(),
                    events,
                    events,
                    MemorySegment.NULL,
                    0L,
                    MemorySegment.NULL,
                    log.callback(FmiVersion.V3, arena),
                    MemorySegment.NULL);
        } catch (Throwable e) {
            throw Functions.broken(e);
        }
    }

    private MemorySegment flag(int number) {
        return answers.asSlice(number, 1);
    }

    private boolean answered(int number) {
        return answers.get(ValueLayout.JAVA_BYTE, number) != 0;
    }

    @Override
    public void initialize(double start, OptionalDouble stop, OptionalDouble tolerance) {
        var enter = functions.find("fmi3EnterInitializationMode", POINTER, BOOLEAN, REAL, REAL, BOOLEAN, REAL);
        var exit = functions.find("fmi3ExitInitializationMode", POINTER);
        functions.run("fmi3EnterInitializationMode", () -> (int) enter.invokeExact(
                instance, tolerance.isPresent(), tolerance.orElse(0), start, stop.isPresent(), stop.orElse(0)));
        functions.run("fmi3ExitInitializationMode", () -> (int) exit.invokeExact(instance));
        mode = events ? Mode.EVENT : Mode.STEP;
        if (events) {
            leaveEvent();
        }
    }

    @Override
    public Step step(double from, double size) {
        double target = from + size;
        double now = from;
        int handled = 0;
        if (mode == Mode.EVENT) {
            leaveEvent();
        }
        while (!ended && target - now > REACHED_SECONDS) {
            double before = now;
            now = doStep(now, target - now, target);
            boolean event = answered(0);
            ended |= answered(1);
            if (event && events) {
                handled++;
                enterEvent();
                leaveEvent();
            }
            if (now < before || now <= before && !event || handled > EVENTS_MAX) {
                throw functions.failure("fmi3DoStep comes no further than " + now + " s, after " + handled
                        + " events in one step to " + target + " s");
            }
        }
        return new Step(ended ? now : target, ended, handled);
    }

    /// Steps once; where that ended early, to the time the unit tells.
    private double doStep(double from, double size, double target) {
        functions.run("fmi3DoStep from " + from + " s by " + size + " s", () ->
                (int) doStep.invokeExact(instance, from, size, true, flag(0), flag(1), flag(2), time));
        boolean early = answered(2) || answered(1);
        double reached = time.get(ValueLayout.JAVA_DOUBLE, 0);
        return early && reached < target ? reached : target;
    }

    private void enterEvent() {
        functions.run("fmi3EnterEventMode", () -> (int) enterEvent.invokeExact(instance));
        mode = Mode.EVENT;
    }

    /// Updates the discrete states until they stay, and goes back to where steps are made.
    private void leaveEvent() {
        int iterations = 0;
        do {
            functions.run("fmi3UpdateDiscreteStates", () ->
                    (int) updateStates.invokeExact(instance, flag(0), flag(1), flag(2), flag(3), flag(4), time));
            ended |= answered(1);
            if (++iterations > ITERATIONS_MAX) {
                throw functions.failure("its discrete states do not settle: fmi3UpdateDiscreteStates wants to be called"
                        + " again after " + ITERATIONS_MAX + " times");
            }
        } while (answered(0) && !ended);
        functions.run("fmi3EnterStepMode", () -> (int) enterStep.invokeExact(instance));
        mode = Mode.STEP;
    }

    /// Structural parameters are set in configuration mode (FMI 3.0 section 2.3.6), and while stepping with
    /// events, what is not continuous in event mode (section 4.2.1).
    @Override
    public void beforeSet(Variable variable) {
        if (variable.causality() == Causality.STRUCTURAL_PARAMETER) {
            var enter = functions.find("fmi3EnterConfigurationMode", POINTER);
            functions.run("fmi3EnterConfigurationMode", () -> (int) enter.invokeExact(instance));
        } else if (mode == Mode.STEP && events && variable.variability() != Variability.CONTINUOUS) {
            enterEvent();
        }
    }

    @Override
    public void afterSet(Variable variable) {
        if (variable.causality() == Causality.STRUCTURAL_PARAMETER) {
            var exit = functions.find("fmi3ExitConfigurationMode", POINTER);
            functions.run("fmi3ExitConfigurationMode", () -> (int) exit.invokeExact(instance));
        }
    }

    @Override
    public void terminate() {
        var terminate = functions.find("fmi3Terminate", POINTER);
        functions.run("fmi3Terminate", () -> (int) terminate.invokeExact(instance));
    }

    @Override
    public void free() {
        var free = functions.find("fmi3FreeInstance", FunctionDescriptor.ofVoid(POINTER));
        try {
            free.invokeExact(instance);
        } catch (Throwable e) {
            throw Functions.broken(e);
        }
    }

    @Override
    public MemorySegment instance() {
        return instance;
    }

    @Override
    public Cell cell(VariableType type) {
        return Cell.of3(type);
    }

    @Override
    public MethodHandle accessor(String verb, VariableType type) {
        String name = "fmi3" + verb + Cell.function3(type);
        return switch (type) {
            case BINARY -> functions.find(name, POINTER, POINTER, SIZE, POINTER, POINTER, SIZE);
            case CLOCK ->
                MethodHandles.dropArguments(functions.find(name, POINTER, POINTER, SIZE, POINTER), 4, long.class);
            default -> functions.find(name, POINTER, POINTER, SIZE, POINTER, SIZE);
        };
    }
}
