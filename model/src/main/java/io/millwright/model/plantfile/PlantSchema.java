package io.millwright.model.plantfile;

import java.util.LinkedHashMap;

/// The JSON Schema of plant files (draft 2020-12), with which an editor completes and explains them.
public final class PlantSchema {

    private PlantSchema() {}

    /// The schema as JSON text.
    ///
    /// @param rules tells which protocols there are
    public static String json(ProtocolRules rules) {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.putAll(PlantShape.PLANT.schema(rules));
        schema.put("title", "Millwright plant file");
        schema.put("description", "Describes a plant once: its assets, connections, control, network and compute.");
        return JsonText.write(schema);
    }
}
