package io.millwright.identity.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millwright.identity.client.Endpoint;
import io.millwright.identity.client.HandleClient;
import io.millwright.identity.client.Resolution;
import io.millwright.identity.message.ResponseCode;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.registry.MemoryRegistry;
import io.millwright.identity.server.HandleServer;
import io.millwright.identity.server.ServerSettings;
import io.millwright.identity.wire.Octets;
import io.millwright.model.Time;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// One rule in all doors says which names are the same: their octets of UTF-8, but for the case of ASCII letters (RFC
/// 3652, section 2.1.3); percent escapes are undone once, where there are any. The table in
/// `docs/reference/identifiers.md` says the same.
class NamesInEveryDoorTest {

    private static final String NAME = "88.118.7/Größe K-1";

    private static HandleServer server;
    private static WebDoors doors;

    @BeforeAll
    static void start() throws Exception {
        server = HandleServer.bind(ServerSettings.freePorts(), 1, Time.system());
        var registry = new MemoryRegistry(List.of("88.118.7"));
        registry.register(
                new HandleRecord(Handle.of(NAME), List.of(HandleValue.published(1, "DESC", "found", 1_700_000_000))));
        server.serve(registry);
        var settings = new DoorSettings("88.118.7", URI.create("https://id.example.org"), 2026);
        doors = new WebDoors(server.node(), settings);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private static boolean byProtocol(String name) {
        try (var client = HandleClient.to(Endpoint.udp(server.udpAddress().orElseThrow()))) {
            return client.resolve(Handle.of(name)) instanceof Resolution.Found;
        }
    }

    private static int status(String target) {
        return doors.answer(WebRequest.of("GET", target, Map.of(), Octets.EMPTY))
                .status();
    }

    /// Every octet but letters and digits as an escape.
    private static String escaped(String name) {
        return PercentText.encode(name, "");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        // ASCII case does not count, in prefix and suffix.
        "88.118.7/Größe K-1, true",
        "88.118.7/gRößE k-1, true",
        // Case outside ASCII counts; U+1E9E and SS are not ß.
        "88.118.7/GRÖßE K-1, false",
        "88.118.7/GrößE K-1, true",
        "88.118.7/GröSSe K-1, false",
        "88.118.7/Gröẞe K-1, false",
        // Not normalized: o and U+0308 is not ö.
        "88.118.7/Gro\u0308ße K-1, false",
        // What only looks alike, or folds alike elsewhere: Kelvin sign, full-width slash and digits, no-break space.
        "88.118.7/Größe \u212a-1, false",
        "88.118.7\uff0fGröße K-1, false",
        "88.118.7/Größe K-\uff11, false",
        "88.118.7/Größe\u00a0K-1, false",
        // Nothing is trimmed or added.
        "88.118.7/Größe  K-1, false",
        "88.118.7/Größe K-1/, false",
        "88.118.7//Größe K-1, false",
        "88.118.7/Größe K-1\u200b, false",
        // In the protocol, where nothing is escaped, an escape is itself.
        "88.118.7/Gr%C3%B6%C3%9Fe K-1, false",
        "88.118.7/Größe%20K-1, false",
        "88.118.7/Größe+K-1, false",
    })
    void theSameNamesAreTheSameInEveryDoor(String name, boolean same) {
        assertEquals(same, byProtocol(name), "protocol");
        // What has no slash is no name at all.
        int status = same ? 200 : name.indexOf('/') < 0 ? 400 : 404;
        assertEquals(status, status("/api/handles/" + escaped(name).replace("%2F", "/")), "Handle REST");
        assertEquals(status, status("/api/handles/" + escaped(name)), "with the slash escaped");
        var told = doors.answer(WebRequest.of(
                "GET",
                "/api/v1/doip?operationId=0.DOIP/Op.Retrieve&targetId=" + escaped(name),
                Map.of(),
                Octets.EMPTY));
        assertEquals(same, new String(told.content().toByteArray(), StandardCharsets.UTF_8).contains("found"), "DOIP");
    }

    /// Escapes in any case of their digits are undone once; what is wrongly escaped is refused, not guessed at.
    @ParameterizedTest
    @CsvSource({
        "88.118.7/Gr%c3%b6%C3%9fe%20K-1, 200",
        "%38%38.118.7/Gr%c3%b6%C3%9fe%20K-1, 200",
        "88.118.7/Gr%25C3%25B6%25C3%259Fe%20K-1, 404",
        "88.118.7/Gr%F6%DFe%20K-1, 400",
        "88.118.7/Gr%C3%B6%C3%9Fe%2, 400",
        "88.118.7/Gr%C3%B6%C3%9Fe%zz, 400",
        "88.118.7%C0%AFx, 400",
        "88.118.7/%ED%A0%80, 400",
        "88.118.7/a%00b, 400",
        "88.118.7/a%0D%0Ab, 400",
        "88.118.7/Gr%C3%B6%C3%9Fe+K-1, 404",
    })
    void escapesAreUndoneOnce(String path, int status) {
        assertEquals(status, status("/api/handles/" + path));
    }

    /// Half a surrogate pair cannot be written in UTF-8: it would become a question mark, and another name.
    @Test
    void whatIsNoUnicodeIsNoName() {
        for (String half : List.of("88/\ud800", "88/\udc00\ud800", "88/a\ud83d")) {
            assertThrows(IllegalArgumentException.class, () -> Handle.of(half));
        }
        assertEquals("88/\ud83d\ude00", Handle.of("88/\ud83d\ude00").toString());
        var json = "[{\"index\":1,\"type\":\"X\",\"data\":\"\\ud800\"}]";
        assertThrows(RefusedException.class, () -> ValueJson.readAll(Json.read(Octets.utf8(json))));
        var reference =
                "[{\"index\":1,\"type\":\"X\",\"data\":\"\",\"references\":[{\"handle\":\"88/\\udc00\",\"index\":1}]}]";
        assertThrows(RefusedException.class, () -> ValueJson.readAll(Json.read(Octets.utf8(reference))));
    }

    /// The longest names are answered; a prefix so long that its own name would be too long is none.
    @ParameterizedTest
    @CsvSource({"2042, 301", "2043, 301", "2044, 102", "2046, 102"})
    void longNamesAreAnswered(int prefixOctets, int code) {
        var name = "x".repeat(prefixOctets) + "/" + "y".repeat(Handle.MAX_BYTES - prefixOctets - 1);
        try (var client = HandleClient.to(Endpoint.tcp(server.tcpAddress().orElseThrow()))) {
            var resolution = client.resolve(Handle.of(name));
            int told = switch (resolution) {
                case Resolution.NotResponsible _ -> ResponseCode.SERVER_NOT_RESPONSIBLE;
                case Resolution.Refused(int refused, var _) -> refused;
                default -> throw new AssertionError(resolution.toString());
            };
            assertEquals(code, told);
        }
    }
}
