package io.millwright.process.fmi;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// An instance of an FMU, running in this process. It is set up by [#set] and [#initialize], goes forward by
/// [#step], and is freed by [#close]. One thread at a time.
///
/// A crash of the unit's native code is a crash of this process; memory that it overwrites is memory of this
/// process.
public final class CoSimulation implements AutoCloseable {

    private static final int ELEMENTS_MAX = 1 << 20;

    private final Fmu fmu;
    private final Path folder;
    private final Arena arena;
    private final LogMessages log;
    private final Functions functions;
    private final Binding binding;
    private final Map<String, Channel> channels = new HashMap<>();
    private final Map<String, MethodHandle> accessors = new HashMap<>();
    private final Map<Long, Long> structure = new HashMap<>();
    private boolean initialized;
    private boolean failed;

    private CoSimulation(Fmu fmu, Path folder, Arena arena, LogMessages log, Functions functions, Binding binding) {
        this.fmu = fmu;
        this.folder = folder;
        this.arena = arena;
        this.log = log;
        this.functions = functions;
        this.binding = binding;
        for (var parameter : fmu.description().of(Causality.STRUCTURAL_PARAMETER)) {
            if (Values.parse(parameter.type(), parameter.start()) instanceof Values.Wholes(var start)
                    && start.length > 0) {
                structure.put(parameter.reference(), start[0]);
            }
        }
    }

    /// @param can what the unit can do
    static CoSimulation start(Fmu fmu, Capabilities can, InstanceSettings settings) {
        Path folder = temporary();
        var arena = Arena.ofShared();
        try {
            var log = new LogMessages();
            Path binary = fmu.unpack(folder);
            var functions = new Functions(fmu.name(), binary, arena, log);
            var binding = fmu.description().version() == FmiVersion.V2
                    ? new Binding2(functions, fmu, folder, settings, arena, log)
                    : new Binding3(functions, fmu, can, folder, settings, arena, log);
            return new CoSimulation(fmu, folder, arena, log, functions, binding);
        } catch (RuntimeException e) {
            arena.close();
            Archive.delete(folder);
            throw e;
        }
    }

    private static Path temporary() {
        try {
            Path folder = Files.createTempDirectory("fmu-");
            Files.createDirectory(folder.resolve("resources"));
            return folder;
        } catch (IOException e) {
            throw new FmuError("no temporary folder to unpack into: " + e.getMessage());
        }
    }

    /// The values of a variable now.
    public Values get(Variable variable) {
        return channel(variable).read();
    }

    /// Gives a variable values: before [#initialize] those it starts with, afterwards inputs and tunable
    /// parameters. Structural parameters come first of all: they say how many elements others have.
    ///
    /// @throws FmuError if they are not as many as it has elements, or the unit refuses them
    public void set(Variable variable, Values values) {
        var channel = channel(variable);
        if (values.count() != channel.count()) {
            throw functions.failure(variable.name() + " takes " + channel.count() + " values, not " + values.count());
        }
        guarded(() -> channel.write(values));
        if (variable.causality() == Causality.STRUCTURAL_PARAMETER && values instanceof Values.Wholes(var size)) {
            structure.put(variable.reference(), size[0]);
            channels.clear();
        }
    }

    /// Ends setting up.
    ///
    /// @param start the time at which the simulation starts, in seconds
    /// @param stop the time at which it will stop, where that is known
    /// @param tolerance relative, for units with a step control of their own
    public void initialize(double start, OptionalDouble stop, OptionalDouble tolerance) {
        guarded(() -> binding.initialize(start, stop, tolerance));
        initialized = true;
    }

    /// Lets time pass.
    ///
    /// @param from where the last step ended, in seconds
    /// @param size how far, in seconds, above 0
    public Step step(double from, double size) {
        var steps = new Step[1];
        guarded(() -> steps[0] = binding.step(from, size));
        return steps[0];
    }

    /// After a mistake the standard lets an instance only be freed.
    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (FmuError e) {
            failed = true;
            throw e;
        }
    }

    /// Takes what the unit logged since the last time: the newest thousand messages, each at most 2000
    /// characters.
    public List<LogMessage> messages() {
        return log.take();
    }

    /// How many elements a variable has: 1 for a scalar.
    public int count(Variable variable) {
        return channel(variable).count();
    }

    /// The memory through which a variable's values go.
    Channel channel(Variable variable) {
        return channels.computeIfAbsent(
                variable.name(),
                _ -> new Channel(functions, binding, this::accessor, variable, elements(variable), arena));
    }

    private MethodHandle accessor(String verb, VariableType type) {
        return accessors.computeIfAbsent(verb + type, _ -> binding.accessor(verb, type));
    }

    private long size(Variable.Dimension dimension) {
        return switch (dimension) {
            case Variable.Dimension.Fixed(long fixed) -> fixed;
            case Variable.Dimension.Structural(long reference) -> structure.getOrDefault(reference, -1L);
        };
    }

    /// The place of an element as people write it, counted from 1, e.g. `[2,1]`.
    String indices(Variable variable, int element) {
        var text = new StringBuilder();
        long left = element;
        for (var dimension : variable.dimensions().reversed()) {
            text.insert(0, text.isEmpty() ? "" : ",").insert(0, left % size(dimension) + 1);
            left /= size(dimension);
        }
        return "[" + text + "]";
    }

    private int elements(Variable variable) {
        long count = 1;
        for (var dimension : variable.dimensions()) {
            long size = size(dimension);
            if (size < 0 || size > ELEMENTS_MAX || count * size > ELEMENTS_MAX) {
                throw functions.failure("the dimensions of " + variable.name() + " are not known, or make more than "
                        + ELEMENTS_MAX + " elements");
            }
            count *= size;
        }
        return (int) count;
    }

    /// Ends the simulation and frees the instance, its binary and its files. What the unit answers to that is
    /// not reported. A unit that met a fatal error stays in memory, as the standard wants.
    @Override
    public void close() {
        if (functions.isFatal()) {
            Archive.delete(folder);
            return;
        }
        try {
            if (initialized && !failed) {
                binding.terminate();
            }
        } catch (FmuError _) {
            // It is freed all the same.
        }
        if (!functions.isFatal()) {
            binding.free();
            arena.close();
        }
        Archive.delete(folder);
    }

    @Override
    public String toString() {
        return fmu.name();
    }
}
