package io.millwright.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ToldTest {
    private static final Told TOLD = Told.of("late", "{place: }the task {task} is late{: detail}");

    @Test
    void argumentsStandInTheWords() {
        Told told = TOLD.with("place", "main.st:3").with("task", "fast").with("detail", "by $1 and \\2");
        assertEquals("main.st:3: the task fast is late: by $1 and \\2", told.text());
    }

    @Test
    void nothingIsEmpty() {
        assertEquals("", Told.NOTHING.text());
        assertEquals("", Told.NOTHING.code());
    }

    @Test
    void whatGoesWithAnEmptyArgumentIsLeftOut() {
        assertEquals(
                "the task fast is late",
                TOLD.with("task", "fast").with("place", "").text());
    }
}
