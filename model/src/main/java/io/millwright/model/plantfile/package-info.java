/// The plant file: YAML in, a [io.millwright.model.Plant] or every mistake out.
///
/// What the file may hold is described once, as a tree of [Shape]s that starts at [PlantShape]. [PlantFile] reads a
/// file along that tree; [PlantSchema] turns the same tree into a JSON Schema for editors.
///
/// ```java
/// switch (PlantFile.read(text, "plant.yaml", rules)) {
///     case PlantFile.Right(var plant) -> start(plant);
///     case PlantFile.Wrong(var problems) -> problems.forEach(System.err::println);
/// }
/// ```
@NullMarked
package io.millwright.model.plantfile;

import org.jspecify.annotations.NullMarked;
