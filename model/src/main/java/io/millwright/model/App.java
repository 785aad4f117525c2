package io.millwright.model;

import java.util.List;
import java.util.Map;

/// An industrial application that runs on the plant.
///
/// @param name which application
/// @param uses the names of the assets it looks at
/// @param settings what else it needs; which there are is the application's affair
public record App(String name, List<String> uses, Map<String, String> settings) {

    public App {
        uses = List.copyOf(uses);
        settings = Map.copyOf(settings);
    }
}
