package io.millwright.model.plantfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.model.Predictive;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PredictiveShapeTest {
    private static final String PLANT = """
            plant: small
            prefix: 88.118.9
            control:
              main: {program: "main.st#Main", every: 10ms}
            predictive:
              levels:
                every: 1s
                a: [[-0.016, 0, 0.043], [0, -0.011, 0], [0, 0, -0.043]]
                b: [[0.083, 0], [0, 0.063], [0, 0.048]]
                c: [[1, 0, 0], [0, 1, 0]]
                inputs-at: [3, 3]
                set-points: ["main.sp[1]", "main.sp[2]"]
                measurements: ["main.level[1]", "main.level[2]"]
                inputs: [main.pump1, main.pump2]
                enabled: main.auto
                horizon: 40
                input-max: [5, 6]
                output-weights: [1, 2]
                variances: [1e-4, 1e-3, 1e-5]
            """;

    private static PlantFile.Result read(String text) {
        return PlantFile.read(text, "plant.yaml", new SampleRules());
    }

    @Test
    void whatIsNotSaidIsUsual() {
        var plant = assertInstanceOf(PlantFile.Right.class, read(PLANT)).plant();
        Predictive levels = plant.predictive().getFirst();
        assertEquals("levels", levels.name());
        assertEquals(Duration.ofSeconds(1), levels.every());
        assertEquals(List.of(-0.016, 0.0, 0.043), levels.process().a().getFirst());
        assertEquals(List.of(0.0, 0.0), levels.process().outputsAt());
        assertEquals(List.of("main.sp[1]", "main.sp[2]"), levels.variables().setPoints());
        assertEquals(Optional.of("main.auto"), levels.variables().enabled());
        assertEquals(40, levels.aims().horizon());
        assertEquals(5, levels.aims().moves());
        assertEquals(List.of(), levels.aims().inputMin());
        assertEquals(List.of(5.0, 6.0), levels.aims().inputMax());
        assertEquals(
                Optional.of(new Predictive.Variances(1e-4, 1e-3, 1e-5)),
                levels.aims().variances());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[0, -0.011, 0]  | [0, -0.011] | row 2 has 2 numbers, and there are 3 states",
                "[0, 0.063]      | [0.063]     | row 2 has 1 numbers, and there are 2 inputs",
                "', [0, 0.048]]' | ]           | found 2 items, and there are 3 states",
                "[1, 0, 0]       | [1, 0]      | row 1 has 2 numbers, and there are 3 states",
                "[3, 3]          | [3]         | found 1 item, and there are 2 inputs",
                "', \"main.level[2]\"' | ''  | found 1 item, and there are 2 outputs",
                "[5, 6]          | [5, 6, 7]   | found 3 items, and there are 2 inputs",
                "horizon: 40     | horizon: 4; moves: 5 | inputs are to move in 5 of 4 periods",
                "horizon: 40     | horizon: 400; moves: 300 | 300 moves of 2 inputs are 600 unknowns",
                "[1, 2]          | [1, -2]     | found -2.0",
                "1e-5            | 0           | found 0.0",
                "'input-max: [5, 6]' | 'input-max: [5, 6]; input-min: [0, 7]' | 6.0 is below 7.0",
                "main.auto       | 'main auto' | \"main auto\" is not a variable",
            })
    void aMistakeIsNamed(String there, String instead, String told) {
        String text = PLANT.replace(there, instead.replace("; ", "\n    "));
        assertTrue(!text.equals(PLANT), there);
        var wrong = assertInstanceOf(PlantFile.Wrong.class, read(text));
        assertEquals(1, wrong.problems().size(), wrong.problems().toString());
        assertTrue(wrong.problems().toString().contains(told), wrong.problems().toString());
    }

    @Test
    void itNeedsControlLogic() {
        String text = PLANT.replace("control:\n  main: {program: \"main.st#Main\", every: 10ms}\n", "");
        var wrong = assertInstanceOf(PlantFile.Wrong.class, read(text));
        assertTrue(
                wrong.problems().toString().contains("there is no control logic"),
                wrong.problems().toString());
    }
}
