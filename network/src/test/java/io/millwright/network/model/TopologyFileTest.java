package io.millwright.network.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.network.curve.Rate;
import io.millwright.testkit.Property;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Topologies as networkx writes them.
class TopologyFileTest {

    /// As `networkx.write_graphml` writes a graph whose nodes have a kind and whose edges have a rate and a
    /// delay.
    private static final String GRAPHML = """
            <?xml version='1.0' encoding='utf-8'?>
            <graphml xmlns="http://graphml.graphdrawing.org/xmlns">
              <key id="d2" for="edge" attr.name="delay" attr.type="string" />
              <key id="d1" for="edge" attr.name="rate" attr.type="string" />
              <key id="d0" for="node" attr.name="kind" attr.type="string" />
              <graph edgedefault="undirected">
                <node id="sw-1"><data key="d0">switch</data></node>
                <node id="io-1"><data key="d0">station</data></node>
                <node id="plc"><data key="d0">station</data></node>
                <edge source="io-1" target="sw-1"><data key="d1">100Mbps</data><data key="d2">500ns</data></edge>
                <edge source="sw-1" target="plc" />
              </graph>
            </graphml>
            """;

    /// As `networkx.node_link_data` gives a directed graph: each link stands there in both directions.
    private static final String JSON = """
            {"directed": true, "multigraph": false, "graph": {}, "nodes": [{"id": 0}, {"id": 1}, {"id": 2}],
             "edges": [{"rate": "10Gbps", "source": 0, "target": 1}, {"source": 1, "target": 0},
                       {"source": 1, "target": 2}, {"source": 2, "target": 1}]}
            """;

    private static NetworkModel right(String text) {
        return assertInstanceOf(TopologyFile.Right.class, TopologyFile.read("t", text))
                .network();
    }

    private static String wrong(String text) {
        return assertInstanceOf(TopologyFile.Wrong.class, TopologyFile.read("t", text))
                .mistake();
    }

    @Test
    void readsGraphMl() {
        var network = right(GRAPHML);
        var processing = Nanos.of(Duration.ofNanos(2000));
        assertEquals(List.of(new NetworkModel.Bridge("sw-1", TimeRange.exactly(processing), 8)), network.bridges());
        assertEquals(GateProblemTest.stations("io-1", "plc"), network.stations());
        assertEquals(
                List.of(
                        new NetworkModel.Link(
                                "io-1",
                                "sw-1",
                                Rate.of(100_000_000),
                                TimeRange.exactly(Nanos.of(Duration.ofNanos(500)))),
                        new NetworkModel.Link("sw-1", "plc", Rate.of(1_000_000_000), TimeRange.ZERO)),
                network.links());
    }

    /// Without kinds, nodes with a single link are stations.
    @Test
    void readsNodeLinkJson() {
        var network = right(JSON);
        assertEquals(List.of("1"), network.bridges().stream().map(b -> b.name()).toList());
        assertEquals(GateProblemTest.stations("0", "2"), network.stations());
        assertEquals(2, network.links().size());
        assertEquals(Rate.of(10_000_000_000L), network.links().getFirst().rate());
        assertEquals(network, right(JSON.replace("\"edges\"", "\"links\"")));
    }

    /// A document type could name files of this machine, or grow without end.
    @Test
    void aDocumentTypeIsRefusedAndNothingOutsideIsRead() {
        var external = GRAPHML.replace(
                "<graphml ", "<!DOCTYPE graphml [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>\n<graphml ");
        assertEquals("t:2: the file has a document type; remove the line with <!DOCTYPE", wrong(external));
        var laughs =
                "<!DOCTYPE g [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><graphml><graph>&b;</graph></graphml>";
        assertEquals("t:1: the file has a document type; remove the line with <!DOCTYPE", wrong(laughs));
        assertTrue(
                wrong(GRAPHML.replace(">switch<", ">&x;<")).startsWith("t:7:"),
                wrong(GRAPHML.replace(">switch<", ">&x;<")));
    }

    @Test
    void mistakesHaveTheirPlace() {
        assertEquals(
                "t:7: kind of node sw-1 is 'hub'; switch or station would be right",
                wrong(GRAPHML.replace(">switch<", ">hub<")));
        assertEquals(
                "t:10: an edge names sw-9, which is no node",
                wrong(GRAPHML.replace("target=\"sw-1\"", "target=\"sw-9\"")));
        assertEquals(
                "t:10: rate of io-1–sw-1: \"100\" is not a bit rate; add the unit, e.g. 1Gbps",
                wrong(GRAPHML.replace("100Mbps", "100")));
        assertEquals(
                "t:9: node 'New York' has no name that tables can hold; letters, digits, - _ and . would be right",
                wrong(GRAPHML.replace("<node id=\"plc\"", "<node id=\"New York\"")));
        assertEquals(
                "t:8: node sw-1 is there twice; names must differ", wrong(GRAPHML.replace("\"io-1\">", "\"sw-1\">")));
        assertEquals(
                "t:edges[1]: 0 and 1 are joined twice; one link between two nodes would be right",
                wrong(JSON.replace("\"source\": 1, \"target\": 0", "\"source\": 0, \"target\": 1")));
        assertEquals("t: there is no \"edges\": a list in brackets", wrong("{\"nodes\": []}"));
        assertTrue(wrong("{").startsWith("t:1:"), wrong("{"));
        assertEquals("t: there is no graph; the file would begin with <graphml>", wrong("<a/>"));
    }

    @Test
    void deepAndLargeFilesAreRefused() {
        assertTrue(wrong("<graphml>" + "<a>".repeat(100_000)).contains("deeper than 16"));
        var many = new StringBuilder("{\"nodes\": [");
        for (int i = 0; i <= TopologyFile.MOST; i++) {
            many.append(i == 0 ? "" : ",").append("{\"id\":").append(i).append("}");
        }
        assertTrue(wrong(many + "],\"edges\":[]}").contains("more than 100000"));
        assertTrue(wrong("[".repeat(100_000)).startsWith("t"), "no stack is overrun");
    }

    @Test
    void noTextMakesTheReaderFail() {
        Property.check(400, random -> {
            var text = new StringBuilder(random.nextBoolean() ? GRAPHML : JSON);
            for (int i = random.nextInt(5); i >= 0; i--) {
                int at = random.nextInt(text.length());
                text.replace(
                        at,
                        Math.min(text.length(), at + random.nextInt(9)),
                        "<>\"{}[]&;/x0".substring(random.nextInt(12)));
            }
            TopologyFile.read("t", text.toString());
        });
    }
}
