package io.millwright.plc.record;

import io.millwright.model.Predictive;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A predictive controller as the encoding of a program has it: its parts in the order of the records.
final class RecordedPredictive {
    /// The shortest one: empty name, texts and lists.
    static final int BYTES_MIN = 25;

    private RecordedPredictive() {}

    static void put(ByteSink sink, Predictive said) {
        RecordedProgram.text(sink, said.name());
        sink.putVar(said.every().toNanos());
        Predictive.LinearProcess process = said.process();
        sink.put(process.discrete() ? 1 : 0);
        rows(sink, process.a());
        rows(sink, process.b());
        rows(sink, process.c());
        numbers(sink, process.inputsAt());
        numbers(sink, process.outputsAt());
        Predictive.Variables variables = said.variables();
        names(sink, variables.setPoints());
        names(sink, variables.measurements());
        names(sink, variables.inputs());
        names(sink, variables.applied());
        names(sink, variables.enabled().stream().toList());
        names(sink, variables.outcome().stream().toList());
        Predictive.Aims aims = said.aims();
        sink.putVar(aims.horizon());
        sink.putVar(aims.moves());
        numbers(sink, aims.outputWeights());
        numbers(sink, aims.moveWeights());
        numbers(sink, aims.inputMin());
        numbers(sink, aims.inputMax());
        numbers(sink, aims.moveMax());
        numbers(sink, aims.outputMin());
        numbers(sink, aims.outputMax());
        sink.put(aims.disturbedInputs() ? 1 : 0);
        numbers(
                sink,
                aims.variances()
                        .map(v -> List.of(v.state(), v.disturbance(), v.measurement()))
                        .orElse(List.of()));
    }

    private static void rows(ByteSink sink, List<List<Double>> rows) {
        sink.putVar(rows.size());
        rows.forEach(r -> numbers(sink, r));
    }

    private static void numbers(ByteSink sink, List<Double> numbers) {
        sink.putVar(numbers.size());
        numbers.forEach(n -> sink.putLong(Double.doubleToRawLongBits(n)));
    }

    private static void names(ByteSink sink, List<String> names) {
        sink.putVar(names.size());
        names.forEach(n -> RecordedProgram.text(sink, n));
    }

    static Predictive read(ByteSource source) throws RecordingError {
        String name = source.utf8();
        long every = source.var();
        if (every <= 0) {
            throw new RecordingError("the period of a predictive controller is not above 0");
        }
        var process = new Predictive.LinearProcess(
                source.octet() == 1, rows(source), rows(source), rows(source), numbers(source), numbers(source));
        var variables = new Predictive.Variables(
                names(source), names(source), names(source), names(source), name(source), name(source));
        Predictive.Aims aims = aims(source);
        if (aims.moves() * variables.inputs().size() > Predictive.UNKNOWNS_MAX) {
            throw new RecordingError("a predictive controller has too many unknowns");
        }
        return new Predictive(name, Duration.ofNanos(every), process, variables, aims);
    }

    private static Predictive.Aims aims(ByteSource source) throws RecordingError {
        return new Predictive.Aims(
                periods(source),
                periods(source),
                numbers(source),
                numbers(source),
                numbers(source),
                numbers(source),
                numbers(source),
                numbers(source),
                numbers(source),
                source.octet() == 1,
                variances(numbers(source)));
    }

    private static int periods(ByteSource source) throws RecordingError {
        long periods = source.var();
        if (periods < 1 || periods > Predictive.HORIZON_MAX) {
            throw new RecordingError("a predictive controller looks " + periods + " periods ahead");
        }
        return (int) periods;
    }

    private static Optional<Predictive.Variances> variances(List<Double> said) throws RecordingError {
        return switch (said.size()) {
            case 0 -> Optional.empty();
            case 3 -> Optional.of(new Predictive.Variances(said.get(0), said.get(1), said.get(2)));
            default -> throw new RecordingError("a predictive controller has " + said.size() + " variances, not 3");
        };
    }

    private static List<List<Double>> rows(ByteSource source) throws RecordingError {
        List<List<Double>> rows = new ArrayList<>();
        for (int left = count(source, 1); left > 0; left--) {
            rows.add(numbers(source));
        }
        return rows;
    }

    private static List<Double> numbers(ByteSource source) throws RecordingError {
        List<Double> numbers = new ArrayList<>();
        for (int left = count(source, Double.BYTES); left > 0; left--) {
            numbers.add(Double.longBitsToDouble(source.whole()));
        }
        return numbers;
    }

    private static List<String> names(ByteSource source) throws RecordingError {
        List<String> names = new ArrayList<>();
        for (int left = count(source, 1); left > 0; left--) {
            names.add(source.utf8());
        }
        return names;
    }

    private static Optional<String> name(ByteSource source) throws RecordingError {
        return names(source).stream().findFirst();
    }

    private static int count(ByteSource source, int bytesEach) throws RecordingError {
        int count = source.count(bytesEach);
        if (count > Predictive.SIZE_MAX) {
            throw new RecordingError("a predictive controller has " + count + " of something, and at most "
                    + Predictive.SIZE_MAX + " are taken");
        }
        return count;
    }
}
