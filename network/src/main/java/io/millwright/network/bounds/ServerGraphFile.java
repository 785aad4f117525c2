package io.millwright.network.bounds;

import io.millwright.network.curve.Data;
import io.millwright.network.curve.Rate;
import io.millwright.network.curve.RateLatency;
import io.millwright.network.curve.Time;
import io.millwright.network.curve.TokenBucket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads a server graph from JSON.
///
/// ```json
/// {"name": "cell",
///  "servers": [{"id": "s0", "rate": "100Mbps", "latency": "10us"}],
///  "flows": [{"id": "f0", "path": ["s0"], "rate": "1Mbps", "burst": "1500B"}]}
/// ```
///
/// Numbers are whole, decimal or fractions, as JSON numbers or in quotes; with units everywhere or nowhere.
public final class ServerGraphFile {

    /// How many servers, flows and places on the flows' ways there may be together.
    public static final int LARGEST = 1_000_000;

    private final Quantities quantities = new Quantities();
    private final List<Server> servers = new ArrayList<>();
    private final Map<String, Integer> places = new HashMap<>();
    private final List<Flow> flows = new ArrayList<>();
    private int size;

    private ServerGraphFile() {}

    /// What came of reading: a graph, or what is wrong.
    public sealed interface Reading {}

    /// The file is right.
    ///
    /// @param graph the graph, in exact numbers
    /// @param notation how its numbers are written
    /// @param notes what was read otherwise than it stands there
    public record Right(ServerGraph graph, Notation notation, List<String> notes) implements Reading {}

    /// The file is wrong.
    ///
    /// @param mistake where, what is wrong and what would be right
    public record Wrong(String mistake) implements Reading {}

    /// Reads a graph and holds it against [GraphRules].
    public static Reading read(String text) {
        try {
            var file = new ServerGraphFile();
            var graph = file.graph(JsonMapper.shared().readTree(text));
            return GraphRules.mistake(graph)
                    .<Reading>map(mistake -> new Wrong(mistake.toString()))
                    .orElseGet(() -> new Right(graph, file.quantities.notation(), file.quantities.notes()));
        } catch (JacksonException e) {
            return new Wrong(Fields.notJson(e));
        } catch (Mistake e) {
            return new Wrong(e.what());
        }
    }

    private ServerGraph graph(@Nullable JsonNode root) {
        if (root == null || !root.isObject()) {
            throw new Mistake("the file must hold an object with \"servers\" and \"flows\"");
        }
        int i = 0;
        for (var node : Fields.list(root, "servers", "the file")) {
            server(node, "servers[" + i++ + "]");
        }
        i = 0;
        for (var node : Fields.list(root, "flows", "the file")) {
            flow(node, "flows[" + i++ + "]");
        }
        if (flows.isEmpty()) {
            throw new Mistake("\"flows\" is empty: there is nothing to bound");
        }
        var name = root.get("name");
        return new ServerGraph(name != null && name.isString() ? name.stringValue() : "", servers, flows);
    }

    private void server(JsonNode node, String where) {
        var id = Fields.id(node, where);
        var rate = new Rate(quantities.rate(Fields.value(node, "rate", where), where + ".rate"));
        if (!rate.isPositive()) {
            throw new Mistake(
                    "%s.rate of server %s is not above zero: nothing would ever be served".formatted(where, id));
        }
        var latency = new Time(quantities.time(Fields.value(node, "latency", where), where + ".latency"));
        if (!latency.seconds().isNonNegative()) {
            throw new Mistake("%s.latency of server %s is negative".formatted(where, id));
        }
        if (places.putIfAbsent(id, servers.size()) != null) {
            throw new Mistake("%s: there is another server %s; names must differ".formatted(where, id));
        }
        servers.add(new Server(id, new RateLatency(rate, latency)));
        grow(1);
    }

    private final HashSet<String> flowNames = new HashSet<>();

    private void flow(JsonNode node, String where) {
        var id = Fields.id(node, where);
        var path = new ArrayList<Integer>();
        for (var step : Fields.list(node, "path", where)) {
            var name = step.isString() ? step.stringValue() : step.toString();
            var place = places.get(name);
            if (place == null) {
                throw new Mistake("%s.path of flow %s names %s, which is no server".formatted(where, id, name));
            }
            path.add(place);
        }
        if (path.isEmpty()) {
            throw new Mistake("%s.path of flow %s is empty: a flow passes at least one server".formatted(where, id));
        }
        if (new HashSet<>(path).size() < path.size()) {
            throw new Mistake("%s.path of flow %s passes a server twice: give each passage a server of its own"
                    .formatted(where, id));
        }
        var rate = new Rate(quantities.rate(Fields.value(node, "rate", where), where + ".rate"));
        if (!rate.isPositive()) {
            throw new Mistake("%s.rate of flow %s is not above zero: give the rate it sends in the long run"
                    .formatted(where, id));
        }
        var burst = new Data(quantities.data(Fields.value(node, "burst", where), where + ".burst"));
        if (!burst.bits().isNonNegative()) {
            throw new Mistake("%s.burst of flow %s is negative".formatted(where, id));
        }
        if (!flowNames.add(id)) {
            throw new Mistake("%s: there is another flow %s; names must differ".formatted(where, id));
        }
        flows.add(new Flow(id, path, new TokenBucket(burst, rate)));
        grow(1 + path.size());
    }

    private void grow(int by) {
        size += by;
        if (size > LARGEST) {
            throw new Mistake("the graph has more than %d servers, flows and hops: divide it".formatted(LARGEST));
        }
    }
}
