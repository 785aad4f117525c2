package io.millwright.node.id;

import io.millwright.identity.record.Administrator;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.Permissions;
import io.millwright.identity.record.TimeToLive;
import io.millwright.identity.record.ValueTypes;
import io.millwright.identity.wire.Octets;
import io.millwright.node.api.HttpServer;
import io.millwright.node.api.Served;
import io.millwright.node.command.Address;
import io.millwright.node.command.VersionProvider;
import io.millwright.node.tree.NodeTree;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The console on a lab's tree, some records to look at, and simulated clients.
final class LabConsole implements AutoCloseable {

    private static final int TTL_SECONDS = 60;
    private static final String LINK = "https://example.com/";

    private final LabTree tree;
    private final NodeTree shown;
    private final HttpServer server;
    private final String url;
    private Optional<SimulatedClients> clients = Optional.empty();

    private LabConsole(LabTree tree, NodeTree shown, HttpServer server, String url) {
        this.tree = tree;
        this.shown = shown;
        this.server = server;
        this.url = url;
    }

    /// Starts it; the nodes may start later.
    ///
    /// @param at on loopback
    /// @throws BindException if the port is taken
    static LabConsole start(LabTree tree, InetSocketAddress at) throws BindException {
        var shown = tree.shown();
        var server = HttpServer.start(Served.identifiers(shown, VersionProvider.version()), at, Optional.empty());
        var address = new InetSocketAddress(at.getAddress(), server.port());
        return new LabConsole(tree, shown, server, "http://" + Address.text(address) + "/");
    }

    String url() {
        return url;
    }

    /// Registers records of several systems of codes, and lets simulated clients ask.
    ///
    /// @param perSecond how many questions; 0 for none
    void enliven(int perSecond) {
        var handles = new ArrayList<String>();
        register("enterprise", LabTree.FIRST_ENTERPRISE + "/motor-7", "Motor of the feed pump", handles);
        register("enterprise", LabTree.FIRST_ENTERPRISE + "/01/09506000134352", "Bearing 6204, GTIN", handles);
        register("enterprise", LabTree.FIRST_ENTERPRISE + "/2.999.7", "Measuring point, object identifier", handles);
        register("other enterprise", LabTree.OTHER_ENTERPRISE + "/valve-2", "Control valve", handles);
        register("second-level", LabTree.SECOND + "/schema", "Schema of the sector", handles);
        String load = "";
        if (perSecond > 0) {
            clients = Optional.of(new SimulatedClients(tree, List.copyOf(handles), perSecond));
            load = "simulated: " + perSecond + " questions per second, and a change of a record each second";
        }
        shown.note(new NodeTree.Notes(
                load,
                List.of(
                        LabTree.FIRST_ENTERPRISE + "/pump-1",
                        "(01)09506000134352(10)ABC123",
                        "https://id.gs1.org/01/09506000134352/21/1234",
                        "urn:oid:2.999.7",
                        LabTree.OTHER_ENTERPRISE + "/valve-2",
                        LabTree.FIRST_ENTERPRISE + "/nothing",
                        "(01)09506000134353")));
    }

    private void register(String node, String code, String description, List<String> handles) {
        var values = List.of(
                value(1, ValueTypes.URL, Octets.utf8(LINK + code)),
                value(2, ValueTypes.DESC, Octets.utf8(description)),
                steward(tree, node));
        Answers.done(tree.as(node, client -> client.create(new HandleRecord(Handle.of(code), values))));
        handles.add(code);
    }

    /// The value that lets a node's steward change a record.
    static HandleValue steward(LabTree tree, String node) {
        var steward = new Administrator(Administrator.ALL, tree.steward(node).reference());
        return value(IdNodeSettings.ADMIN_INDEX, ValueTypes.HS_ADMIN, steward.encode());
    }

    private static HandleValue value(int index, String type, Octets data) {
        return new HandleValue(
                index, type, data, Permissions.PUBLISHED, TimeToLive.relative(TTL_SECONDS), 0, List.of());
    }

    @Override
    public void close() {
        clients.ifPresent(SimulatedClients::close);
        server.close();
    }
}
