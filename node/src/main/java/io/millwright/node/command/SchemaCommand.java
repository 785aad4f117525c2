package io.millwright.node.command;

import io.millwright.model.plantfile.PlantSchema;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `mw schema`: prints the JSON Schema of plant files.
@Command(
        name = "schema",
        mixinStandardHelpOptions = true,
        description = "Print the JSON Schema of plant files, by which an editor completes them.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mw schema > plant.schema.json",
            "",
            "Then write as the first line of the plant file:",
            "  # yaml-language-server: $schema=plant.schema.json"
        })
public final class SchemaCommand implements Callable<Integer> {

    @Override
    @SuppressWarnings("SystemOut")
    public Integer call() {
        System.out.println(PlantSchema.json(PlantFiles.RULES));
        return ExitStatus.OK;
    }
}
