package io.millwright.identity.door;

import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.Permissions;
import io.millwright.identity.record.TimeToLive;
import io.millwright.identity.registry.MemoryRegistry;
import io.millwright.identity.server.HandleServer;
import io.millwright.identity.server.ServerSettings;
import io.millwright.identity.wire.Octets;
import io.millwright.model.Time;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;

/// A node with a tank, a product, and the other names they have.
final class Registered implements AutoCloseable {

    static final String PREFIX = "88.118.7";
    static final String TANK = PREFIX + "/tank-1";
    static final String PAGE = "https://example.org/tank-1";
    static final String DESCRIPTION = "Tank 1, 储罐";
    static final DoorSettings SETTINGS = new DoorSettings(PREFIX, URI.create("https://id.example.org"), 2026);

    final MemoryRegistry registry = new MemoryRegistry(List.of(PREFIX));
    final HandleServer server;
    final WebDoors doors;

    Registered() throws IOException {
        server = HandleServer.bind(ServerSettings.freePorts(), 1, Time.system())
                .withDoors(node -> new WebDoors(node, SETTINGS));
        register(
                "tank-1",
                text(1, "URL", PAGE),
                text(2, "DESC", DESCRIPTION),
                text(3, "ORS.CINF", "https://example.org/tank-1/children.xml"),
                new HandleValue(
                        300,
                        "HS_SECKEY",
                        Octets.utf8("secret"),
                        Permissions.SECRET,
                        TimeToLive.DAY,
                        1_700_000_000,
                        List.of()));
        alias("8004/9506000111111tank1", TANK);
        alias("2.999.7", TANK);
        register("01/09506000134352", text(1, "URL", "https://dalgiardino.com/rice"));
        register(
                "01/09506000149189",
                text(1, "DESC", "Medicinal compound"),
                text(2, "GS1.defaultLink", "https://dalgiardino.com/medicinal-compound/"),
                link(3, "GS1.pip", "https://dalgiardino.com/medicinal-compound/", "Product information", "en"),
                link(4, "GS1.pip", "https://dalgiardino.com/medicinal-compound/index.html.ja", "製品情報", "ja"),
                link(5, "GS1.defaultLinkMulti", "https://dalgiardino.com/medicinal-compound/", "Product", "en"),
                link(6, "GS1.defaultLinkMulti", "https://dalgiardino.com/medicinal-compound/index.html.ja", "製品", "ja"),
                text(7, "GS1.epil", "javascript:alert(1)"),
                text(8, "GS1.hasRetailers", "{\"href\":"));
        register(
                "01/09506000149189/10/ABC", text(1, "GS1.recallStatus", "https://dalgiardino.com/recalls?lot=ABC#now"));
        server.serve(registry);
        doors = new WebDoors(server.node(), SETTINGS);
    }

    void register(String suffix, HandleValue... values) {
        registry.register(new HandleRecord(Handle.of(PREFIX + "/" + suffix), List.of(values)));
    }

    private void alias(String suffix, String target) {
        register(suffix, text(1, "HS_ALIAS", target));
    }

    static HandleValue text(int index, String type, String text) {
        return HandleValue.published(index, type, text, 1_700_000_000);
    }

    private static HandleValue link(int index, String type, String href, String title, String language) {
        return text(
                index,
                type,
                "{\"href\":\"%s\",\"title\":\"%s\",\"type\":\"text/html\",\"hreflang\":[\"%s\"]}"
                        .formatted(href, title, language));
    }

    WebAnswer get(String target) {
        return get(target, Map.of());
    }

    WebAnswer get(String target, Map<String, String> fields) {
        return doors.answer(WebRequest.of("GET", target, fields, Octets.EMPTY));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
