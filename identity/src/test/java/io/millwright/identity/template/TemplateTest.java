package io.millwright.identity.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {

    private static TemplateItem item(int index, String name, boolean required, ItemType type) {
        return new TemplateItem(index, "c" + index, name, "名" + index, "", "", required, false, true, type);
    }

    private static Template template(TemplateItem... items) {
        return new Template(
                "1.0",
                "泵",
                "",
                "",
                "sp",
                new Industry("C", "34", "344", "3441"),
                true,
                TemplateState.DRAFT,
                true,
                5,
                List.of(items));
    }

    private static final Template PUMP = template(
            item(2000, "name", true, new ItemType.Text(1, 4)),
            item(2001, "mass", false, new ItemType.Decimal(0, 6, 2)),
            item(2002, "built", false, new ItemType.Moment("YYYY-MM-DD")));

    @ParameterizedTest
    @CsvSource({
        "12.34, true",
        "-9, true",
        "1234.56, true",
        "1.234, false",
        "1234567, false",
        ".5, false",
        "5., false",
        "1e3, false",
        "１２, false",
        "'', false",
        "+1, false"
    })
    void numbersAreDigitsWithAPoint(String text, boolean right) {
        assertEquals(right, new ItemType.Decimal(0, 6, 2).fault(text).isEmpty(), text);
    }

    /// Gregorian calendar: 2024 was a leap year, 2023 was not.
    @ParameterizedTest
    @CsvSource({
        "YYYY-MM-DD, 2024-02-29, true",
        "YYYY-MM-DD, 2023-02-29, false",
        "YYYY-MM-DD, 2024-2-29, false",
        "YYYY-MM-DD HH:mm:ss, 2024-02-29 23:59:59, true",
        "YYYY-MM-DD HH:mm:ss, 2024-02-29 24:00:00, false",
        "YYYY/MM, 2024/12, true",
        "YYYY/MM, 2024/13, false",
        "YYYY年MM月DD日, 2024年02月29日, true"
    })
    void datesAreThoseOfTheCalendar(String format, String text, boolean right) {
        assertEquals(right, new ItemType.Moment(format).fault(text).isEmpty(), text);
    }

    @Test
    void lengthIsCountedInCharacters() {
        assertEquals(Optional.empty(), new ItemType.Text(2, 2).fault("泵😀"));
    }

    @Test
    void everythingThatIsWrongIsSaid() {
        var faults = PUMP.faults(
                List.of(new Filled(2001, "mass", "heavy"), new Filled(2002, "made", "x"), new Filled(7, "x", "")),
                true);
        assertEquals(4, faults.size(), faults.toString());
        assertEquals(List.of(), PUMP.faults(List.of(new Filled(2000, "name", "P-1")), true));
        assertEquals(
                List.of(), PUMP.faults(List.of(new Filled(2001, "mass", "1")), false), "a part needs not be whole");
    }

    @Test
    void whatIsKeptIsReadAgain() {
        assertEquals(PUMP, Template.read(PUMP.write()));
        var other = PUMP.in(TemplateState.WITHDRAWN)
                .restricted(false)
                .with(List.of(PUMP.items().getFirst().enabled(false)));
        assertEquals(other, Template.read(other.write()));
    }

    @Test
    void whatCannotBeATemplateIsRefused() {
        var name = PUMP.items().getFirst();
        Stream.<Runnable>of(
                        () -> template(),
                        () -> template(name, item(2000, "other", false, new ItemType.Text(0, 1))),
                        () -> template(name, item(2005, "name", false, new ItemType.Text(0, 1))),
                        () -> item(1999, "x", false, new ItemType.Text(0, 1)),
                        () -> item(2000, "HS_ADMIN", false, new ItemType.Text(0, 1)),
                        () -> item(2000, "a b", false, new ItemType.Text(0, 1)),
                        () -> item(2000, "x.", false, new ItemType.Text(0, 1)),
                        () -> new ItemType.Text(3, 2),
                        () -> new ItemType.Text(0, 4001),
                        () -> new ItemType.Decimal(0, 2, 3),
                        () -> new ItemType.Moment("YY-MM"),
                        () -> new ItemType.Moment("--"),
                        () -> new Industry("Z", "34", "344", "3441"),
                        () -> new Industry("C", "34", "345", "3441"))
                .forEach(made -> assertThrows(IllegalArgumentException.class, made::run));
    }
}
