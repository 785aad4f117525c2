package io.millwright.model.plantfile;

import io.millwright.model.App;
import io.millwright.model.Asset;
import io.millwright.model.ComputeNode;
import io.millwright.model.Connection;
import io.millwright.model.Identifier;
import io.millwright.model.Network;
import io.millwright.model.Plant;
import io.millwright.model.Predictive;
import io.millwright.model.Program;
import io.millwright.model.RecordingLimits;
import io.millwright.model.SimulatedProcess;
import io.millwright.model.Zone;
import io.millwright.model.plantfile.Reference.Kind;
import io.millwright.model.text.DataSizes;
import io.millwright.model.text.Durations;
import io.millwright.model.text.NotationException;
import io.millwright.model.text.Phrase;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The plant file as a whole: the one place that says what it may hold. [AssetShape], [ControlShape],
/// [PredictiveShape], [RecordingShape], [SimulationShape] and [NetworkShape] are parts.
final class PlantShape {

    /// What a name looks like, in any script: it stands in identifiers, addresses and file names.
    static final String NAME_PATTERN = "^[\\p{L}\\p{N}][\\p{L}\\p{N}._-]{0,127}$";

    static final Notation<Duration> DURATION =
            Notation.of("a duration", Durations.PATTERN, PlantShape::positive, "10ms", "100ms", "1s", "500us", "5min");
    /// A duration that may be nothing.
    static final Notation<Duration> DELAY =
            Notation.of("a duration", Durations.PATTERN, Durations::parse, "1us", "500ns", "0s");
    private static final Notation<Long> DATA_SIZE =
            Notation.of("an amount of data", DataSizes.PATTERN, DataSizes::parse, "8GiB", "512MiB");

    private static final Field<String> NAME = Field.required(
            "plant",
            Notation.of("a name", NAME_PATTERN, Function.identity(), "riverside"),
            "The plant's name: letters, digits, - _ and . in any script.");
    private static final Field<String> PREFIX = Field.required(
            "prefix",
            Notation.of("a prefix", "^[^\\s./]{1,63}(\\.[^\\s./]{1,63}){0,15}$", PlantShape::prefix, "88.118.7"),
            "The prefix of the identifiers of its assets; names the enterprise.");
    private static final Field<Map<String, Function<String, Asset>>> ASSETS = Field.optional(
            "assets",
            MapOf.of(Kind.ASSET, AssetShape.ASSET),
            "Machines, vessels, meters: all that has an identity, by name.");
    private static final Field<Map<String, Connection>> CONNECTIONS = Field.optional(
            "connections", MapOf.of(Kind.CONNECTION, AssetShape.CONNECTION), "Links to devices and servers, by name.");

    private static final Field<Map<String, Program>> CONTROL =
            Field.optional("control", MapOf.of(Kind.PROGRAM, ControlShape.PROGRAM), "Control logic, by name.");

    private static final Field<Map<String, Predictive>> PREDICTIVE = Field.optional(
            "predictive",
            MapOf.of(Kind.PREDICTIVE, PredictiveShape.PREDICTIVE),
            "Predictive controllers beside the control logic, by name.");

    private static final Field<RecordingLimits> RECORDING =
            Field.optional("recording", RecordingShape.RECORDING, "How much is kept of what control logic does.");

    private static final Field<Map<String, SimulatedProcess>> SIMULATION = Field.optional(
            "simulation",
            MapOf.of(Kind.SIMULATION, SimulationShape.PROCESS),
            "Process models in the place of devices, by name: what control logic is tried against.");

    static final Field<Network> NETWORK =
            Field.optional("network", NetworkShape.NETWORK, "Switches, stations, links and streams.");

    private static final Field<ComputeNode.Tier> TIER = Field.required(
            "tier",
            new Choice<>("tier", _ -> tiers(), text -> ComputeNode.Tier.valueOf(text.toUpperCase(Locale.ROOT))),
            "Where it stands: at the machine, in the plant, or in the data centre.");
    private static final Field<Integer> CORES =
            Field.required("cores", new Whole(1, 4096), "How many processor cores it has.");
    private static final Field<Long> MEMORY = Field.required("memory", DATA_SIZE, "How much memory it has.");
    private static final Field<Integer> REALTIME =
            Field.optional("realtime", new Whole(0, 4096), "0", "How many of the cores are kept for real-time work.");
    private static final ObjectOf<ComputeNode> COMPUTE_SHAPE =
            new ObjectOf<>("Compute node", List.of(TIER, CORES, MEMORY, REALTIME), PlantShape::computeNode);
    private static final Field<Map<String, ComputeNode>> COMPUTE =
            Field.optional("compute", MapOf.of(Kind.COMPUTE, COMPUTE_SHAPE), "Machines that run workloads, by name.");

    private static final Field<List<ListOf.Item<String>>> USES =
            Field.required("uses", ListOf.any(Reference.to(Kind.ASSET)), "The assets it looks at.");
    private static final Field<String> SETTING =
            Field.optional("…", Notation.anyScalar(), "Whatever else the application needs, e.g. tariff.");
    private static final ObjectOf<App> APP =
            new ObjectOf<>("App", List.of(USES), Optional.of(SETTING), PlantShape::app);
    private static final Field<Map<String, App>> APPS =
            Field.optional("apps", MapOf.of(Kind.APP, APP), "Industrial applications, by name.");

    private static final Field<Map<String, List<ListOf.Item<String>>>> ZONES = Field.optional(
            "zones",
            MapOf.of(Kind.ZONE, ListOf.any(Reference.to(Kind.ASSET, Kind.STATION, Kind.SWITCH, Kind.COMPUTE))),
            "Zones of the same security requirements (IEC 62443-3-2), by name, each with its members.");
    private static final ObjectOf<List<Zone>> SECURITY_SHAPE =
            new ObjectOf<>("Security", List.of(ZONES), PlantShape::zones);
    private static final Field<List<Zone>> SECURITY = Field.optional("security", SECURITY_SHAPE, "Security zones.");

    static final ObjectOf<Plant> PLANT = new ObjectOf<>(
            "Plant",
            List.of(
                    NAME,
                    PREFIX,
                    ASSETS,
                    CONNECTIONS,
                    CONTROL,
                    PREDICTIVE,
                    RECORDING,
                    SIMULATION,
                    NETWORK,
                    COMPUTE,
                    APPS,
                    SECURITY),
            PlantShape::plant);

    private PlantShape() {}

    /// The items alone, without where they stand.
    static <T> List<T> values(List<ListOf.Item<T>> items) {
        return items.stream().map(ListOf.Item::value).toList();
    }

    static Duration positive(String text) {
        Duration duration = Durations.parse(text);
        if (duration.isZero()) {
            throw new NotationException(
                    Phrase.of("no-time", "\"{text}\" is no time at all", "text", text),
                    Optional.of(Phrase.of("such-as", "write e.g. {example}", "example", "10ms")));
        }
        return duration;
    }

    private static String prefix(String text) {
        Identifier.requirePrefix(text);
        return text;
    }

    private static List<String> tiers() {
        return Stream.of(ComputeNode.Tier.values())
                .map(tier -> tier.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    private static @Nullable Plant plant(Fields f) {
        if (f.or(CONTROL, Map.of()).isEmpty() && !f.or(PREDICTIVE, Map.of()).isEmpty()) {
            f.report(
                    PREDICTIVE.key(),
                    "there is no control logic whose variables it could read and write",
                    Optional.of("add control: with a program"));
        }
        if (!f.complete()) {
            return null;
        }
        String prefix = f.require(PREFIX);
        return new Plant(
                f.require(NAME),
                prefix,
                f.or(ASSETS, Map.of()).values().stream()
                        .map(asset -> asset.apply(prefix))
                        .toList(),
                List.copyOf(f.or(CONNECTIONS, Map.of()).values()),
                List.copyOf(f.or(CONTROL, Map.of()).values()),
                List.copyOf(f.or(PREDICTIVE, Map.of()).values()),
                f.or(RECORDING, RecordingLimits.USUAL),
                List.copyOf(f.or(SIMULATION, Map.of()).values()),
                f.or(NETWORK, Network.NONE),
                List.copyOf(f.or(COMPUTE, Map.of()).values()),
                List.copyOf(f.or(APPS, Map.of()).values()),
                f.or(SECURITY, List.of()));
    }

    private static @Nullable ComputeNode computeNode(Fields f) {
        Integer cores = f.get(CORES);
        int realtime = f.or(REALTIME, 0);
        if (cores != null && realtime > cores) {
            f.report(
                    REALTIME.key(),
                    realtime + " cores are kept for real-time work, and there are only " + cores,
                    Optional.of("write at most " + cores));
        }
        return f.complete()
                ? new ComputeNode(f.name(Kind.COMPUTE), f.require(TIER), f.require(CORES), f.require(MEMORY), realtime)
                : null;
    }

    private static @Nullable App app(Fields f) {
        return f.complete() ? new App(f.name(Kind.APP), values(f.require(USES)), f.settings()) : null;
    }

    private static List<Zone> zones(Fields f) {
        var zoneOf = new HashMap<String, String>();
        f.or(ZONES, Map.of()).forEach((zone, members) -> {
            for (ListOf.Item<String> member : members) {
                String earlier = zoneOf.putIfAbsent(member.value(), zone);
                if (earlier != null) {
                    f.reader()
                            .report(
                                    member.node(),
                                    "\"" + member.value() + "\" is already in zone \"" + earlier + "\"",
                                    Optional.of("a thing is in one zone only"));
                }
            }
        });
        return f.or(ZONES, Map.of()).entrySet().stream()
                .map(zone -> new Zone(zone.getKey(), values(zone.getValue())))
                .toList();
    }
}
