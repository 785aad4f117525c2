package io.millwright.model.plantfile;

import io.millwright.model.Asset;
import io.millwright.model.Connection;
import io.millwright.model.Identifier;
import io.millwright.model.PointAddress;
import io.millwright.model.Range;
import io.millwright.model.Signal;
import io.millwright.model.SignalName;
import io.millwright.model.Unit;
import io.millwright.model.plantfile.Reference.Kind;
import io.millwright.model.unit.Ucum;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The sections `assets` and `connections`.
final class AssetShape {

    private static final Notation<PointAddress> POINT = Notation.of(
            "a point", "^[^/]+/.+$", PointAddress::parse, "plc-io/holding/0:float32", "line-opc/ns=2;s=Tank1.Inflow");
    private static final Notation<Unit> UNIT =
            new Notation<>("a unit", List.of("string", "number"), Optional.empty(), Ucum.examples(), Unit::parse);

    private static final Field<Unit> SIGNAL_UNIT = Field.optional(
            "unit", UNIT, "1", "Unit of the values as a UCUM code, e.g. m3/h, Cel, kW.h; 1 for a plain number.");
    private static final Field<List<ListOf.Item<Double>>> RANGE = Field.optional(
            "range",
            new ListOf<>(new Decimal(), 2, 2, false),
            "Lowest and highest value that can be; a sample outside is kept and marked uncertain.");
    private static final Field<PointAddress> FROM =
            Field.optional("from", POINT, "Where it is read: connection/point. Give from, to or both.");
    private static final Field<PointAddress> TO =
            Field.optional("to", POINT, "Where it is written: connection/point. Give from, to or both.");
    private static final Field<Duration> EVERY =
            Field.optional("every", PlantShape.DURATION, "1s", "How often the source is sampled.");
    private static final Field<String> DESCRIPTION =
            Field.optional("description", Notation.text(), "What it is, in your words.");

    private static final ObjectOf<Signal> SIGNAL =
            new ObjectOf<>("Signal", List.of(SIGNAL_UNIT, RANGE, FROM, TO, EVERY, DESCRIPTION), AssetShape::signal);

    private static final Field<String> TYPE = Field.optional(
            "type", Notation.text("ProcessTank", "MotorPump", "EnergyMeter"), "What kind of thing it is.");
    private static final Field<String> PLACE = Field.optional(
            "place",
            Notation.of("a place", "^[^/\\s]+(/[^/\\s]+)*$", Function.identity(), "site/hall-a/line-1"),
            "Where it stands in the equipment hierarchy of ISA-95 (IEC 62264-1), outermost first.");
    private static final Field<Map<String, Signal>> SIGNALS =
            Field.optional("signals", MapOf.of(Kind.SIGNAL, SIGNAL), "What is measured at it and commanded, by name.");

    /// An asset; complete when it is told the prefix of its identifier.
    static final ObjectOf<Function<String, Asset>> ASSET =
            new ObjectOf<>("Asset", List.of(TYPE, PLACE, SIGNALS), AssetShape::asset);

    private static final Field<String> PROTOCOL = Field.required(
            "protocol",
            new Choice<>("protocol", ProtocolRules::names, Function.identity()),
            "The protocol that the device speaks.");
    private static final Field<String> ENDPOINT = Field.required(
            "endpoint",
            Notation.text("127.0.0.1:502", "opc.tcp://127.0.0.1:4840", "mqtt://127.0.0.1:1883"),
            "Where the device listens, in the form of its protocol.");
    private static final Field<String> SETTING =
            Field.optional("…", Notation.anyScalar(), "Whatever else the protocol needs, e.g. unit, security, group.");

    static final ObjectOf<Connection> CONNECTION =
            new ObjectOf<>("Connection", List.of(PROTOCOL, ENDPOINT), Optional.of(SETTING), AssetShape::connection);

    private AssetShape() {}

    private static @Nullable Function<String, Asset> asset(Fields f) {
        if (!f.complete()) {
            return null;
        }
        String name = f.name(Kind.ASSET);
        return prefix -> new Asset(
                name,
                new Identifier(prefix, name),
                f.optional(TYPE),
                f.optional(PLACE),
                List.copyOf(f.or(SIGNALS, Map.of()).values()));
    }

    private static @Nullable Signal signal(Fields f) {
        String asset = f.name(Kind.ASSET);
        String signal = f.name(Kind.SIGNAL);
        if (!f.has(FROM) && !f.has(TO)) {
            f.report("", "\"" + signal + "\" is neither read nor written", Optional.of("add from, to or both"));
        }
        point(f, FROM, false, asset + "/" + signal);
        point(f, TO, true, asset + "/" + signal);
        Optional<Range> range = range(f);
        if (!f.complete()) {
            return null;
        }
        return new Signal(
                SignalName.of(asset, signal),
                f.or(SIGNAL_UNIT, Unit.ONE),
                range,
                f.optional(FROM),
                f.optional(TO),
                f.or(EVERY, Signal.USUAL_INTERVAL),
                f.optional(DESCRIPTION));
    }

    private static void point(Fields f, Field<PointAddress> field, boolean written, String signal) {
        f.optional(field)
                .ifPresent(address ->
                        f.reader().point(new PlantReader.Point(address, f.node(field.key()), written, signal)));
    }

    private static Optional<Range> range(Fields f) {
        List<ListOf.Item<Double>> ends = f.get(RANGE);
        if (ends == null) {
            return Optional.empty();
        }
        double low = ends.getFirst().value();
        double high = ends.getLast().value();
        if (low < high) {
            return Optional.of(new Range(low, high));
        }
        f.report(
                RANGE.key(),
                "the range does not go from low to high",
                low == high
                        ? Optional.empty()
                        : Optional.of("swap the two: [" + plain(high) + ", " + plain(low) + "]"));
        return Optional.empty();
    }

    private static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }

    private static @Nullable Connection connection(Fields f) {
        String name = f.name(Kind.CONNECTION);
        f.optional(PROTOCOL).ifPresent(protocol -> f.reader().speaks(name, protocol));
        if (!f.complete()) {
            return null;
        }
        var connection = new Connection(name, f.require(PROTOCOL), f.require(ENDPOINT), f.settings());
        for (ProtocolRules.Complaint complaint : f.reader().rules().check(connection)) {
            f.report(complaint.setting(), complaint.message(), Optional.empty());
        }
        return connection;
    }
}
