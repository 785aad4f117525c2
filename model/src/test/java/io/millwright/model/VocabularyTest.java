package io.millwright.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VocabularyTest {

    /// RFC 3651, section 2: the first slash ends the prefix; the suffix may hold any printable character.
    @ParameterizedTest
    @CsvSource({
        "88.118.7/pump-1, 88.118.7, pump-1",
        "10.1045/may99-payette, 10.1045, may99-payette",
        "20.500.12/a/b, 20.500.12, a/b",
        "88.118.7/水泵 1, 88.118.7, 水泵 1"
    })
    void anIdentifierIsPrefixSlashSuffix(String text, String prefix, String suffix) {
        Identifier identifier = Identifier.parse(text);

        assertEquals(new Identifier(prefix, suffix), identifier);
        assertEquals(text, identifier.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "88.118.7", "/pump", "88/", ".88/x", "88./x", "88..7/x", "88/a\u0000b", "8\n8/x"})
    void whatIsNoIdentifierIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Identifier.parse(text));
    }

    @Test
    void anIdentifierHasAtMost2048BytesOfUtf8() {
        assertEquals(2048, Identifier.parse("88/" + "x".repeat(2045)).toString().length());
        assertThrows(IllegalArgumentException.class, () -> Identifier.parse("88/" + "x".repeat(2046)));
        assertThrows(IllegalArgumentException.class, () -> Identifier.parse("88/" + "水".repeat(682)));
    }

    @Test
    void aSignalNameIsAssetSlashSignal() {
        SignalName name = SignalName.parse("tank-1/level");

        assertEquals("tank-1", name.asset());
        assertEquals("level", name.signal());
        assertEquals(SignalName.of("tank-1", "level"), name);
        assertEquals(SignalName.of("tank-1", "level").hashCode(), name.hashCode());
        assertTrue(name.compareTo(SignalName.of("tank-1", "valve")) < 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tank-1", "/level", "tank-1/", "tank-1/level/x", "/"})
    void whatIsNoSignalNameIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> SignalName.parse(text));
    }

    @Test
    void aPointAddressKeepsEverythingAfterTheFirstSlash() {
        var address = PointAddress.parse("plc-io/holding/0:float32");

        assertEquals(new PointAddress("plc-io", "holding/0:float32"), address);
        assertEquals("plc-io/holding/0:float32", address.toString());
        assertThrows(IllegalArgumentException.class, () -> PointAddress.parse("plc-io"));
        assertThrows(IllegalArgumentException.class, () -> PointAddress.parse("/x"));
        assertThrows(IllegalArgumentException.class, () -> PointAddress.parse("plc-io/"));
    }

    /// OPC 10000-6, annex A.2 (StatusCode.csv of the OPC Foundation).
    @ParameterizedTest
    @CsvSource({
        "0x00000000, Good, GOOD",
        "0x40000000, Uncertain, UNCERTAIN",
        "0x40900000, UncertainLastUsableValue, UNCERTAIN",
        "0x40940000, UncertainEngineeringUnitsExceeded, UNCERTAIN",
        "0x80000000, Bad, BAD",
        "0x80050000, BadCommunicationError, BAD",
        "0x80070000, BadDecodingError, BAD",
        "0x800A0000, BadTimeout, BAD",
        "0x800C0000, BadShutdown, BAD",
        "0x80130000, BadSecurityChecksFailed, BAD",
        "0x801A0000, BadCertificateUntrusted, BAD",
        "0x801F0000, BadUserAccessDenied, BAD",
        "0x80310000, BadNoCommunication, BAD",
        "0x80320000, BadWaitingForInitialData, BAD",
        "0x80340000, BadNodeIdUnknown, BAD",
        "0x803C0000, BadOutOfRange, BAD",
        "0x803D0000, BadNotSupported, BAD",
        "0x80740000, BadTypeMismatch, BAD",
        "0x80890000, BadConfigurationError, BAD",
        "0x808A0000, BadNotConnected, BAD",
        "0x808B0000, BadDeviceFailure, BAD",
        "0x808C0000, BadSensorFailure, BAD",
        "0x808D0000, BadOutOfService, BAD",
    })
    void aQualityIsAStatusCodeOfOpcUa(String code, String name, Quality.Severity severity) {
        var quality = new Quality((int) (long) Long.decode(code));

        assertEquals(name, quality.name());
        assertEquals(severity, quality.severity());
    }

    /// OPC 10000-4, 7.39: bits 15–0 are flags about the value, and severity 11 is reserved and read as bad.
    @Test
    void flagsDoNotChangeANameAndTheReservedSeverityIsBad() {
        assertEquals("BadTimeout", new Quality(0x800A_0480).name());
        assertTrue(new Quality(0xC000_0000).isBad());
        assertTrue(new Quality(0x0000_0400).isGood());
        assertFalse(Quality.UNCERTAIN.isGood());
        assertFalse(Quality.UNCERTAIN.isBad());
        assertEquals("Bad(0x80FF0000)", new Quality(0x80FF_0000).name());
    }

    @Test
    void aValueKeepsItsKind() {
        assertEquals(9_007_199_254_740_993L, ((Value.Int) Value.of(9_007_199_254_740_993L)).value());
        assertEquals(Value.of(Double.NaN), Value.of(Double.NaN));
        assertEquals(1.0, Value.of(true).asDouble());
        assertEquals(-3.0, Value.of(-3L).asDouble());
        assertTrue(Double.isNaN(Value.of("on").asDouble()));
        assertTrue(Double.isNaN(Value.missing().asDouble()));
        assertEquals(
                Double.POSITIVE_INFINITY, Value.of(Double.POSITIVE_INFINITY).asDouble());
        assertEquals("-", Value.missing().toString());
        assertEquals("true", Value.of(true).toString());
    }

    @Test
    void aRangeGoesFromLowToHigh() {
        var range = new Range(0, 3);

        assertTrue(range.contains(0));
        assertTrue(range.contains(3));
        assertFalse(range.contains(-0.001));
        assertFalse(range.contains(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> new Range(3, 3));
        assertThrows(IllegalArgumentException.class, () -> new Range(Double.NaN, 3));
    }

    @Test
    void aSignalIsReadOrWrittenOrBoth() {
        var name = SignalName.of("tank-1", "level");
        var address = Optional.of(PointAddress.parse("plc/holding/0"));

        assertFalse(new Signal(name, Unit.ONE, Optional.empty(), address, Optional.empty(), Duration.ofMillis(1))
                .isWritable());
        assertTrue(new Signal(name, Unit.ONE, Optional.empty(), Optional.empty(), address, Duration.ofMillis(1))
                .isWritable());
        assertThrows(
                IllegalArgumentException.class,
                () -> new Signal(
                        name, Unit.ONE, Optional.empty(), Optional.empty(), Optional.empty(), Duration.ofMillis(1)));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Signal(name, Unit.ONE, Optional.empty(), address, Optional.empty(), Duration.ZERO));
    }

    @Test
    void aPlantFindsItsPartsByName() {
        var asset = new Asset("tank-1", Identifier.parse("88/tank-1"), Optional.empty(), Optional.empty(), List.of());
        var connection = new Connection("plc", "modbus-tcp", "127.0.0.1:502", Map.of("unit", "1"));
        var plant = new Plant("riverside", "88", List.of(asset), List.of(connection));

        assertEquals(Optional.of(asset), plant.asset("tank-1"));
        assertEquals(Optional.of(connection), plant.connection("plc"));
        assertEquals(Optional.empty(), plant.asset("tank-2"));
        assertEquals(Optional.of("1"), connection.setting("unit"));
        assertEquals(Network.NONE, plant.network());
        assertEquals(0, plant.signals().count());
    }
}
