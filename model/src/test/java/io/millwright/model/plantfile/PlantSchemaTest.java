package io.millwright.model.plantfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Checks the schema with a validator that knows nothing of the shapes it comes from.
class PlantSchemaTest {

    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private final String json = PlantSchema.json(new SampleRules());
    private final Schema schema = REGISTRY.getSchema(json, InputFormat.JSON);

    @Test
    void isItselfAValidSchemaOfDraft202012() {
        Schema meta = REGISTRY.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

        assertEquals(List.of(), meta.validate(json, InputFormat.JSON));
    }

    @Test
    void acceptsAFileThatIsRight() throws IOException {
        assertEquals(List.of(), check(PlantFileTest.resource("good.yaml")));
    }

    @Test
    void acceptsTheSmallestFile() {
        assertEquals(List.of(), check("plant: a\nprefix: 1.2.3\n"));
    }

    /// Each is one change to the file that is right, and something that the reader refuses too.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "plant: riverside | plan: riverside",
                "plant: riverside | plant: river side",
                "plant: riverside | plant: [riverside]",
                "prefix: 88.118.7 | prefix: 88..7",
                "prefix: 88.118.7 | prefix: 88.118",
                "type: ProcessTank | typ: ProcessTank",
                "type: ProcessTank | type: 7",
                "place: site/hall-a/line-1 | place: /site",
                "range: [0, 3] | range: [0]",
                "range: [0, 3] | range: [0, 1, 2]",
                "range: [0, 3] | range: [low, high]",
                "every: 10ms | every: 10",
                "every: 10ms | every: 10 msec",
                "unit: m3/h | unit: [m3/h]",
                "from: `line-opc/ns=2;s=Tank1.Inflow` | from: line-opc",
                "tank-1: | tank/1:",
                "protocol: modbus-tcp | protocol: modbus",
                "protocol: modbus-tcp, | ",
                "program: \"dosing.st#LevelControl\" | program: dosing.st",
                "Level: tank-1/level | Level: level",
                "Level: tank-1/level | 1Level: tank-1/level",
                "ports: 8 | ports: 0",
                "ports: 8 | ports: eight",
                "rate: 1Gbps | rate: 1 Gbit/s",
                "entries: 128, | ",
                "[io-1, sw-1], | [io-1],",
                "tier: edge | tier: cloud",
                "cores: 4 | cores: 4.5",
                "memory: 8GiB | memory: 8",
                "realtime: 2 | realtime: -1",
                "uses: [tank-1, 水泵-1] | uses: tank-1",
                "tariff: tariff.yaml | tariff: [a]",
                "zones: | zone:",
            })
    void refusesWhatTheReaderRefuses(String right, String wrong) throws IOException {
        String good = PlantFileTest.resource("good.yaml")
                .replace("\"line-opc/ns=2;s=Tank1.Inflow\"", "`line-opc/ns=2;s=Tank1.Inflow`");
        assertTrue(good.contains(right), right);
        String bad = good.replace(right, wrong == null ? "" : wrong).replace('`', '"');

        assertFalse(check(bad).isEmpty(), bad);
        assertTrue(PlantFile.read(bad, "plant.yaml", new SampleRules()) instanceof PlantFile.Wrong, bad);
    }

    /// What an editor shows and offers.
    @Test
    void explainsEveryKeyAndOffersValues() {
        assertTrue(json.contains("\"description\": \"Cycle time of the task.\""));
        assertTrue(json.contains("\"enum\": [\"modbus-tcp\", \"opc-ua\", \"sparkplug\"]"));
        assertTrue(json.contains("\"enum\": [\"field\", \"edge\", \"centre\"]"));
        assertTrue(json.contains("\"default\": \"1s\""));
        assertTrue(json.contains("\"m3/h\""));
    }

    private List<Error> check(String yaml) {
        return schema.validate(yaml, InputFormat.YAML);
    }
}
