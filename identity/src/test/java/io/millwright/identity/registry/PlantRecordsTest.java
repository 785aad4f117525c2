package io.millwright.identity.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import io.millwright.identity.record.Administrator;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.Site;
import io.millwright.identity.record.SiteServer;
import io.millwright.identity.record.ValueReference;
import io.millwright.identity.record.ValueTypes;
import io.millwright.identity.wire.Octets;
import io.millwright.model.Asset;
import io.millwright.model.Identifier;
import io.millwright.model.Plant;
import io.millwright.model.PointAddress;
import io.millwright.model.Range;
import io.millwright.model.Signal;
import io.millwright.model.SignalName;
import io.millwright.model.Unit;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What `docs/reference/identifiers.md` promises of a plant's records.
class PlantRecordsTest {

    private static final PointAddress POINT = PointAddress.parse("plc-io/holding/0");

    private static final Asset TANK = asset(
            "tank-1",
            Optional.of("ProcessTank"),
            Optional.of("site/hall-a/line-1"),
            signal("tank-1", "level", "m", Optional.of(new Range(0, 3)), Optional.empty()),
            signal("tank-1", "valve", "%", Optional.of(new Range(-0.5, 100)), Optional.of(POINT)));

    private static final Asset ODD = asset(
            "泵 2", Optional.empty(), Optional.empty(), signal("泵 2", "a\"b", "1", Optional.empty(), Optional.empty()));

    private static Signal signal(
            String asset, String name, String unit, Optional<Range> range, Optional<PointAddress> to) {
        return new Signal(
                SignalName.of(asset, name), new Unit(unit), range, Optional.of(POINT), to, Duration.ofMillis(10));
    }

    private static Asset asset(String name, Optional<String> type, Optional<String> place, Signal... signals) {
        return new Asset(name, new Identifier("88.118.7", name), type, place, Arrays.asList(signals));
    }

    private static Site site() {
        var doors = List.of(new SiteServer.Door(SiteServer.RESOLUTION, SiteServer.UDP, 2641));
        var server = SiteServer.at(1, InetAddress.getLoopbackAddress(), doors);
        return new Site(1, 2, 11, 1, Site.PRIMARY, Site.HASH_BY_ALL, Octets.EMPTY, List.of(), List.of(server));
    }

    private static MemoryRegistry registry(Asset... assets) {
        var plant = new Plant("riverside", "88.118.7", Arrays.asList(assets), List.of());
        return new PlantRecords(plant, URI.create("http://127.0.0.1:8080/"), site(), 1_700_000_000).register();
    }

    private static HandleRecord find(MemoryRegistry registry, String handle) {
        return registry.find(Handle.of(handle)).orElseThrow();
    }

    @Test
    void anAssetSaysWhatItIsWhereItStandsAndWhereItsValuesAre() {
        var found = find(registry(TANK, ODD), "88.118.7/tank-1");
        assertEquals(Optional.of("ProcessTank"), found.textOf(ValueTypes.ASSET_TYPE));
        assertEquals(Optional.of("site/hall-a/line-1"), found.textOf(ValueTypes.PLACE));
        assertEquals(Optional.of("riverside"), found.textOf(ValueTypes.PLANT));
        assertEquals(
                List.of(new ValueReference(Handle.of("88.118.7/riverside"), 0)),
                found.valuesOf(ValueTypes.PLANT).getFirst().references());
        var signals = found.valuesOf(ValueTypes.SIGNAL).stream()
                .map(HandleValue::text)
                .map(JsonParser::parseString)
                .toList();
        var level = JsonParser.parseString("""
                {"name":"level","unit":"m","min":0,"max":3,"writable":false,"every":"PT0.01S",
                 "live":"http://127.0.0.1:8080/api/v1/values?signal=tank-1/level"}""");
        var valve = JsonParser.parseString("""
                {"name":"valve","unit":"%","min":-0.5,"max":100,"writable":true,"every":"PT0.01S",
                 "live":"http://127.0.0.1:8080/api/v1/values?signal=tank-1/valve"}""");
        assertEquals(List.of(level, valve), signals);
    }

    /// Names may be in any script; what stands in a URI is percent-encoded (RFC 3986), what stands in JSON escaped.
    @Test
    void oddNamesSurvive() {
        var found = find(registry(TANK, ODD), "88.118.7/泵 2");
        var json = JsonParser.parseString(found.textOf(ValueTypes.SIGNAL).orElseThrow())
                .getAsJsonObject();
        assertEquals("a\"b", json.get("name").getAsString());
        var live = URI.create(json.get("live").getAsString());
        assertEquals("signal=泵 2/a\"b", live.getQuery());
        assertFalse(json.has("min"));
        assertTrue(found.textOf(ValueTypes.ASSET_TYPE).isEmpty());
    }

    @Test
    void administratorsAreNamedByThePrefix() throws Exception {
        var admin = find(registry(TANK), "88.118.7/tank-1").value(100).orElseThrow();
        var decoded = Administrator.decode(admin.data());
        assertEquals(new ValueReference(Handle.of("0.NA/88.118.7"), 300), decoded.reference());
    }

    /// RFC 3652, section 3.1.2: the servers of a prefix are found at its handle.
    @Test
    void thePrefixSaysWhoAnswers() throws Exception {
        var prefix = find(registry(TANK), "0.na/88.118.7");
        assertEquals(
                site(),
                Site.decode(prefix.valuesOf(ValueTypes.HS_SITE).getFirst().data()));
    }

    @Test
    void thePlantNamesItsAssets() {
        var plant = find(registry(TANK, ODD), "88.118.7/riverside");
        assertEquals(Optional.of("2"), plant.textOf(ValueTypes.ASSET_COUNT));
        assertEquals(
                List.of("88.118.7/tank-1", "88.118.7/泵 2"),
                plant.valuesOf(ValueTypes.ASSET).stream().map(HandleValue::text).toList());
    }

    /// RFC 3652, section 2.1.3: names that differ only in the case of ASCII letters are refused.
    @Test
    void twoAssetsThatDifferOnlyInCaseAreRefused() {
        var twin = asset("TANK-1", Optional.empty(), Optional.empty());
        var refusal = assertThrows(IllegalArgumentException.class, () -> registry(TANK, twin));
        assertEquals(
                "88.118.7/TANK-1 is registered already as 88.118.7/tank-1; letter case does not count",
                refusal.getMessage());
    }

    @Test
    void othersPrefixesAreNotAnsweredFor() {
        var registry = registry(TANK);
        assertTrue(registry.answersFor(Handle.of("88.118.7/whatever")));
        assertTrue(registry.answersFor(Handle.of("0.NA/88.118.7")));
        for (String other : List.of("88.118/x", "88.118.70/x", "0.NA/0.NA", "0.NA/88.118", "88.118.7", "/x")) {
            assertFalse(registry.answersFor(Handle.of(other)), other);
        }
        assertEquals(3, registry.size());
    }
}
