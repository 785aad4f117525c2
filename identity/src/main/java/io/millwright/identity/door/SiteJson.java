package io.millwright.identity.door;

import io.millwright.identity.record.Site;
import io.millwright.identity.record.SiteServer;
import java.util.Base64;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A site as JSON, in the form of the Handle REST API.
final class SiteJson {

    private static final int MULTIPLE_PRIMARY = 0x40;

    private SiteJson() {}

    static ObjectNode write(Site site) {
        var json = Json.object();
        json.put("version", site.version());
        json.put("protocolVersion", site.protocolMajor() + "." + site.protocolMinor());
        json.put("serialNumber", site.serial());
        json.put("primarySite", site.isPrimary());
        json.put("multiPrimary", (site.primaryMask() & MULTIPLE_PRIMARY) != 0);
        if (site.hashOption() != Site.HASH_BY_ALL) {
            json.put("hashOption", site.hashOption());
        }
        var attributes = Json.array();
        site.attributes()
                .forEach(a -> attributes.add(Json.object().put("name", a.name()).put("value", a.value())));
        json.set("attributes", attributes);
        var servers = Json.array();
        site.servers().forEach(s -> servers.add(server(s)));
        json.set("servers", servers);
        return json;
    }

    private static ObjectNode server(SiteServer server) {
        var json = Json.object();
        json.put("serverId", Integer.toUnsignedLong(server.id()));
        json.put("address", server.inetAddress().getHostAddress());
        json.set(
                "publicKey",
                Json.object()
                        .put("format", "base64")
                        .put(
                                "value",
                                Base64.getEncoder()
                                        .encodeToString(server.publicKey().toByteArray())));
        json.set("interfaces", doors(server));
        return json;
    }

    private static ArrayNode doors(SiteServer server) {
        var doors = Json.array();
        for (var door : server.doors()) {
            var json = Json.object();
            json.put("query", (door.purpose() & SiteServer.RESOLUTION) != 0);
            json.put("admin", (door.purpose() & SiteServer.ADMINISTRATION) != 0);
            json.put("protocol", protocol(door.protocol()));
            doors.add(json.put("port", door.port()));
        }
        return doors;
    }

    private static String protocol(int number) {
        return switch (number) {
            case SiteServer.UDP -> "UDP";
            case SiteServer.TCP -> "TCP";
            case SiteServer.HTTP -> "HTTP";
            case SiteServer.HTTPS -> "HTTPS";
            default -> Integer.toString(number);
        };
    }
}
