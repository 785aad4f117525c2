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

/// FMI 2.0 for co-simulation (section 4.2.4: the order of calls).
final class Binding2 implements Binding {

    private static final MemoryLayout POINTER = ValueLayout.ADDRESS;
    private static final MemoryLayout INT = ValueLayout.JAVA_INT;
    private static final MemoryLayout REAL = ValueLayout.JAVA_DOUBLE;
    private static final MemoryLayout SIZE = ValueLayout.JAVA_LONG;
    private static final int CO_SIMULATION = 1;
    private static final int DISCARD = 2;
    private static final int LAST_SUCCESSFUL_TIME = 2;
    private static final int TERMINATED = 3;

    private final Functions functions;
    private final MemorySegment instance;
    private final MemorySegment answer;
    private final MethodHandle doStep;

    Binding2(Functions functions, Fmu fmu, Path folder, InstanceSettings settings, Arena arena, LogMessages log) {
        this.functions = functions;
        doStep = functions.find("fmi2DoStep", POINTER, REAL, REAL, INT);
        answer = arena.allocate(ValueLayout.JAVA_DOUBLE);
        // fmi2CallbackFunctions: logger, allocateMemory, freeMemory, stepFinished, componentEnvironment.
        var callbacks = arena.allocate(ValueLayout.ADDRESS, 5);
        callbacks.setAtIndex(ValueLayout.ADDRESS, 0, log.callback(FmiVersion.V2, arena));
        callbacks.setAtIndex(ValueLayout.ADDRESS, 1, Functions.system("calloc"));
        callbacks.setAtIndex(ValueLayout.ADDRESS, 2, Functions.system("free"));
        var instantiate = functions.find(
                "fmi2Instantiate", FunctionDescriptor.of(POINTER, POINTER, INT, POINTER, POINTER, POINTER, INT, INT));
        String resources = folder.resolve("resources").toUri().toString().replaceFirst("/$", "");
        try {
            instance = (MemorySegment) instantiate.invokeExact(
                    arena.allocateFrom(settings.name()),
                    CO_SIMULATION,
                    arena.allocateFrom(fmu.description().token()),
                    arena.allocateFrom(resources),
                    callbacks,
                    0,
                    settings.verbose() ? 1 : 0);
        } catch (Throwable e) {
            throw Functions.broken(e);
        }
        if (instance.address() == 0) {
            throw functions.failure("could not be instantiated" + log.lastMistake());
        }
    }

    @Override
    public void initialize(double start, OptionalDouble stop, OptionalDouble tolerance) {
        var setup = functions.find("fmi2SetupExperiment", POINTER, INT, REAL, REAL, INT, REAL);
        var enter = functions.find("fmi2EnterInitializationMode", POINTER);
        var exit = functions.find("fmi2ExitInitializationMode", POINTER);
        functions.run("fmi2SetupExperiment", () -> (int) setup.invokeExact(
                instance,
                tolerance.isPresent() ? 1 : 0,
                tolerance.orElse(0),
                start,
                stop.isPresent() ? 1 : 0,
                stop.orElse(0)));
        functions.run("fmi2EnterInitializationMode", () -> (int) enter.invokeExact(instance));
        functions.run("fmi2ExitInitializationMode", () -> (int) exit.invokeExact(instance));
    }

    /// A unit that wants to end says so by discarding the step (FMI 2.0 section 4.2.3).
    @Override
    public Step step(double from, double size) {
        int status = functions.ask(() -> (int) doStep.invokeExact(instance, from, size, 1));
        if (status == DISCARD) {
            double reached = lastSuccessfulTime();
            if (terminated()) {
                return new Step(reached, true, 0);
            }
            throw functions.failure("fmi2DoStep from " + from + " s by " + size + " s was discarded at " + reached
                    + " s; try a smaller step");
        }
        functions.check("fmi2DoStep from " + from + " s by " + size + " s", status);
        return new Step(from + size, false, 0);
    }

    private double lastSuccessfulTime() {
        var get = functions.find("fmi2GetRealStatus", POINTER, INT, POINTER);
        functions.run("fmi2GetRealStatus", () -> (int) get.invokeExact(instance, LAST_SUCCESSFUL_TIME, answer));
        return answer.get(ValueLayout.JAVA_DOUBLE, 0);
    }

    private boolean terminated() {
        var get = functions.find("fmi2GetBooleanStatus", POINTER, INT, POINTER);
        functions.run("fmi2GetBooleanStatus", () -> (int) get.invokeExact(instance, TERMINATED, answer));
        return answer.get(ValueLayout.JAVA_INT, 0) != 0;
    }

    @Override
    public void beforeSet(Variable variable) {
        // What may be set may be set at once.
    }

    @Override
    public void afterSet(Variable variable) {
        // Nothing was entered.
    }

    @Override
    public void terminate() {
        var terminate = functions.find("fmi2Terminate", POINTER);
        functions.run("fmi2Terminate", () -> (int) terminate.invokeExact(instance));
    }

    @Override
    public void free() {
        var free = functions.find("fmi2FreeInstance", FunctionDescriptor.ofVoid(POINTER));
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
        return Cell.of2(type);
    }

    @Override
    public MethodHandle accessor(String verb, VariableType type) {
        var accessor = functions.find("fmi2" + verb + Cell.function2(type), POINTER, POINTER, SIZE, POINTER);
        return MethodHandles.dropArguments(accessor, 4, long.class);
    }
}
