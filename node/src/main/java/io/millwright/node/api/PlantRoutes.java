package io.millwright.node.api;

import static io.millwright.node.api.Route.Parameter.path;
import static io.millwright.node.api.Route.Parameter.query;
import static io.millwright.node.api.Route.get;

import io.helidon.http.Method;
import io.millwright.connect.LinkException;
import io.millwright.model.Sample;
import io.millwright.model.Signal;
import io.millwright.model.SignalName;
import io.millwright.model.Value;
import io.millwright.node.runtime.PlantRuntime;
import io.millwright.node.runtime.PlantState;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The operations of the API, over one running plant.
final class PlantRoutes {

    private static final String EXAMPLE_SIGNAL = "tank-1/level";
    private static final int USUAL_BUCKETS = 1200;
    private static final int MOST_BUCKETS = 10_000;
    private static final long USUAL_RANGE_NANOS = 3_600_000_000_000L;

    private final PlantRuntime runtime;

    PlantRoutes(PlantRuntime runtime) {
        this.runtime = runtime;
    }

    List<Route> all() {
        return List.of(
                get(
                        "/plant",
                        "The plant with its assets, signals and connections.",
                        List.of(),
                        Views.PlantView.class,
                        _ -> Views.PlantView.of(runtime.plant())),
                get("/state", "The state of the plant at a glance.", List.of(), PlantState.class, _ -> runtime.state()),
                get(
                                "/values",
                                "The latest values.",
                                List.of(new Route.Parameter(
                                        "signal",
                                        Route.Place.QUERY,
                                        true,
                                        false,
                                        "which signals, as asset/signal; all if none is given",
                                        EXAMPLE_SIGNAL)),
                                Views.ValueView.class,
                                this::values)
                        .ofMany(),
                new Route(
                        Method.PUT,
                        "/values/{asset}/{signal}",
                        "Writes a signal and answers what the device then holds.",
                        List.of(
                                path("asset", "the asset's name", "feed-1"),
                                path("signal", "the signal's name", "voltage")),
                        Optional.of(Views.WriteView.class),
                        Views.WrittenView.class,
                        false,
                        this::write),
                historyRoute(),
                get(
                        "/identifiers/{prefix}/{suffix}",
                        "What an identifier resolves to.",
                        List.of(
                                path("prefix", "the part before the slash", "88.118.7"),
                                path("suffix", "the part after the slash", "tank-1")),
                        Views.IdentifierView.class,
                        call -> IdentifierAnswer.resolve(runtime, call)));
    }

    private Route historyRoute() {
        return get(
                "/history",
                "The history of a signal: every sample, or summaries where there are many.",
                List.of(
                        new Route.Parameter(
                                "signal",
                                Route.Place.QUERY,
                                false,
                                true,
                                "which signal, as asset/signal",
                                EXAMPLE_SIGNAL),
                        query(
                                "from",
                                "source time of the first sample, ISO 8601 or milliseconds since 1970; "
                                        + "an hour before `to` if absent",
                                "2026-11-21T06:00:00Z"),
                        query("to", "end of the range, exclusive; now if absent", "2026-11-21T07:00:00Z"),
                        query("buckets", "the most points wanted, 1 to 10000", "1200")),
                Views.HistoryView.class,
                this::history);
    }

    private List<Views.ValueView> values(Call call) {
        var wanted = call.signals();
        Stream<SignalName> names = wanted.isEmpty()
                ? runtime.plant().signals().map(Signal::name)
                : wanted.stream().map(this::known);
        return names.flatMap(name -> runtime.historian().latest(name).stream())
                .map(Views.ValueView::of)
                .toList();
    }

    private SignalName known(SignalName name) {
        return signal(name).name();
    }

    private Signal signal(SignalName name) {
        return runtime.plant()
                .asset(name.asset())
                .flatMap(asset -> asset.signal(name.signal()))
                .orElseThrow(() -> Problem.notFound("there is no signal " + name + " in this plant"));
    }

    private Views.WrittenView write(Call call) {
        var name = SignalName.of(call.path("asset"), call.path("signal"));
        known(name);
        var value = value(call.body(Views.WriteView.class).value());
        try {
            return Views.WrittenView.of(runtime.links().write(name, value));
        } catch (LinkException e) {
            throw new Problem(502, "The device did not take the value", e.told());
        }
    }

    private static Value value(@org.jspecify.annotations.Nullable Object json) {
        return switch (json) {
            case Boolean b -> Value.of((boolean) b);
            case Integer i -> Value.of((long) i);
            case Long l -> Value.of((long) l);
            case BigInteger big -> Value.of(big.doubleValue());
            case Number n -> Value.of(n.doubleValue());
            case String s -> Value.of(s);
            case null, default ->
                throw Problem.badRequest("`value` must be a number, true, false or a text, e.g. {\"value\": 1.5}");
        };
    }

    private Views.HistoryView history(Call call) {
        var text = call.query("signal").orElseThrow(() -> Problem.badRequest("say which: ?signal=" + EXAMPLE_SIGNAL));
        var signal = signal(Call.signal(text));
        long to = call.nanos("to", runtime.time().epochNanos());
        long from = call.nanos("from", to - USUAL_RANGE_NANOS);
        if (from >= to) {
            throw Problem.badRequest("`from` must be before `to`");
        }
        int buckets = call.number("buckets", USUAL_BUCKETS, 1, MOST_BUCKETS);
        var samples = runtime.historian().query(signal.name(), from, to, buckets + 1);
        return samples.size() <= buckets
                ? raw(signal, from, to, samples)
                : HistoryBuckets.view(
                        signal, from, to, buckets, runtime.historian().aggregate(signal.name(), from, to, buckets));
    }

    private static Views.RawView raw(Signal signal, long from, long to, List<Sample> samples) {
        var values = new java.util.ArrayList<@org.jspecify.annotations.Nullable Object>(samples.size());
        for (var sample : samples) {
            var plain = Views.plain(sample.value());
            values.add(plain instanceof String && sample.value() instanceof Value.Real ? null : plain);
        }
        return new Views.RawView(
                "raw",
                signal.name().toString(),
                signal.unit().code(),
                Views.millis(from),
                Views.millis(to),
                samples.stream().mapToDouble(s -> Views.millis(s.sourceNanos())).toArray(),
                values,
                samples.stream()
                        .mapToLong(s -> Integer.toUnsignedLong(s.quality().code()))
                        .toArray(),
                samples.stream()
                        .mapToDouble(s -> Views.millis(s.receivedNanos()))
                        .toArray());
    }
}
