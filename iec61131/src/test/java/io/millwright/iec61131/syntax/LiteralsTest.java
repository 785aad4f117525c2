package io.millwright.iec61131.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The literals of IEC 61131-3 ed. 3, 6.3; expected values are computed by the JDK's own types.
final class LiteralsTest {
    private static Expression.Literal literal(String text) {
        return (Expression.Literal) Texts.expression(text);
    }

    // Table 5.
    @ParameterizedTest
    @CsvSource({
        "0, 10, 0",
        "123_456, 10, 123456",
        "2#1111_1111, 2, 255",
        "2#1110_0000, 2, 224",
        "8#377, 8, 255",
        "8#340, 8, 224",
        "16#FF, 16, 255",
        "16#e0, 16, 224",
        "16#FFFF_FFFF_FFFF_FFFF, 16, 18446744073709551615"
    })
    void a_whole_number_has_its_value_and_base(String text, int radix, BigInteger value) {
        assertEquals(new LiteralValue.Whole(value, radix), literal(text).value());
    }

    @ParameterizedTest
    @CsvSource({"0.0, 0.0", "0.4560, 0.4560", "3.14159_26, 3.1415926", "1.34E-12, 1.34E-12", "1.0e+6, 1.0E6"})
    void a_real_number_is_exact(String text, BigDecimal value) {
        assertEquals(new LiteralValue.Real(value), literal(text).value());
    }

    @ParameterizedTest
    @CsvSource({"INT#-123, INT, -123", "DINT#5, DINT, 5", "UINT#16#9AF, UINT, 2479", "BOOL#1, BOOL, 1"})
    void a_typed_number_keeps_its_type_and_sign(String text, String type, BigInteger value) {
        Expression.Literal literal = literal(text);
        assertEquals(type, literal.type() == null ? "" : literal.type().text());
        assertEquals(value, ((LiteralValue.Whole) literal.value()).value());
    }

    @Test
    void truth_values_may_be_typed() {
        assertEquals(new LiteralValue.Truth(true), literal("TRUE").value());
        assertEquals(new LiteralValue.Truth(false), literal("BOOL#false").value());
    }

    // A range after a whole number is not a point of a real one.
    @Test
    void two_points_end_a_number() {
        var choice =
                (Statement.Case) Texts.statements("CASE x OF 1..5: ; END_CASE").getFirst();
        var label = choice.alternatives().getFirst().labels().getFirst();
        assertEquals(Texts.shape(literal("1")), Texts.shape(label.first()));
        assertEquals(Texts.shape(literal("5")), Texts.shape(label.last()));
    }

    // Tables 6 and 7.
    @Test
    void strings_replace_what_follows_a_dollar_sign() {
        assertEquals(new LiteralValue.Text("", false), literal("''").value());
        assertEquals(new LiteralValue.Text("'", false), literal("'$''").value());
        assertEquals(new LiteralValue.Text("\"", true), literal("\"$\"\"").value());
        assertEquals(new LiteralValue.Text("\r\n", false), literal("'$R$L'").value());
        assertEquals(new LiteralValue.Text("\r\n", false), literal("'$0D$0A'").value());
        assertEquals(new LiteralValue.Text("$1.00", false), literal("'$$1.00'").value());
        assertEquals(
                new LiteralValue.Text("\n\n\f\r\t", false),
                literal("'$l$N$p$r$T'").value());
        assertEquals(
                new LiteralValue.Text("ÄÖ", true), literal("\"$00C4$00D6\"").value());
        assertEquals(new LiteralValue.Text("ÄË", false), literal("'$C4$CB'").value());
        assertEquals(new LiteralValue.Text("OK", false), literal("STRING#'OK'").value());
    }

    // Table 8, with its examples.
    @Test
    void durations_are_nanoseconds() {
        assertDuration(Duration.ofMillis(14), false, "T#14ms", "T#0.014s", "time#14ms", "t#14ms");
        assertDuration(Duration.ofMillis(-14), false, "T#-14ms", "TIME#-14ms");
        assertDuration(Duration.ofMillis(14_700), false, "T#14.7s", "T#14s700ms", "TIME#14s_700ms");
        assertDuration(Duration.ofMinutes(14).plusSeconds(42), false, "T#14.7m");
        assertDuration(Duration.ofHours(25).plusMinutes(15), false, "t#25h_15m", "T#25h15m", "T#1d1h15m");
        assertDuration(Duration.ofNanos(12_700), true, "LT#12.7us", "LTIME#12us700ns");
        Duration long1 = Duration.ofDays(5).plusHours(14).plusMinutes(12).plusSeconds(18);
        assertDuration(long1.plusNanos(3_500_000), false, "t#5d14h12m18s3.5ms", "t#5d_14h_12m_18s_3.5ms");
        assertDuration(Duration.ZERO, false, "T#0s");
    }

    private static void assertDuration(Duration value, boolean isLong, String... texts) {
        BigInteger nanos = BigInteger.valueOf(value.toNanos());
        for (String text : texts) {
            assertEquals(new LiteralValue.Duration(nanos, isLong), literal(text).value(), text);
        }
    }

    // Table 9, with its examples.
    @Test
    void dates_and_times_are_counted_from_1970() {
        long days = LocalDate.of(1984, 6, 25).toEpochDay();
        assertEquals(new LiteralValue.Date(days, false), literal("D#1984-06-25").value());
        assertEquals(
                new LiteralValue.Date(days, false), literal("date#1984-06-25").value());
        assertEquals(
                new LiteralValue.Date(days, true), literal("LDATE#1984-06-25").value());
        long nanos = LocalTime.of(15, 36, 55, 360_000_000).toNanoOfDay();
        assertEquals(
                new LiteralValue.TimeOfDay(nanos, false),
                literal("TOD#15:36:55.36").value());
        assertEquals(
                new LiteralValue.TimeOfDay(nanos, true),
                literal("LTOD#15:36:55.36").value());
        LocalDateTime time = LocalDateTime.of(1984, 6, 25, 15, 36, 55, 360_227_400);
        BigInteger since = BigInteger.valueOf(time.toEpochSecond(ZoneOffset.UTC))
                .multiply(BigInteger.valueOf(1_000_000_000))
                .add(BigInteger.valueOf(time.getNano()));
        assertEquals(
                new LiteralValue.DateAndTime(since, true),
                literal("LDT#1984-06-25-15:36:55.360_227_400").value());
        assertEquals(
                new LiteralValue.DateAndTime(since, false),
                literal("DATE_AND_TIME#1984-06-25-15:36:55.3602274").value());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1__2",
                "1_",
                "2#12",
                "8#9",
                "16#",
                "16#G",
                "7#3",
                "1.",
                "12abc",
                "1.0E99999",
                "'$'",
                "'$G'",
                "\"$12\"",
                "'a",
                "T#",
                "T#5",
                "T#5x",
                "T#1s2h",
                "T#1s1s",
                "T#1.5s3ms",
                "T#99999999999d",
                "D#2026-02-29",
                "D#2026-13-01",
                "D#2026",
                "TOD#24:00:00",
                "TOD#12:60:00",
                "TOD#1",
                "DT#2026-01-01",
                "%IZ1",
                "%I",
                "INT#"
            })
    void a_wrong_literal_is_one_mistake(String text) {
        var found = Texts.mistakes("PROGRAM p\nx := " + text + "\n;\nEND_PROGRAM");
        assertEquals(1, found.size(), text + found);
        assertEquals(2, found.getFirst().span().line(), text);
    }

    @Test
    void the_leap_day_of_a_leap_year_exists() {
        assertEquals(
                new LiteralValue.Date(LocalDate.of(2024, 2, 29).toEpochDay(), false),
                literal("D#2024-02-29").value());
    }

    // Table 16.
    @Test
    void addresses_have_area_size_and_path() {
        assertEquals(address(Address.Area.INPUT, Address.Size.X, 1, 7), direct("%IX1.7"));
        assertEquals(new Address(Address.Area.INPUT, null, List.of(1, 7)), direct("%i1.7"));
        assertEquals(address(Address.Area.OUTPUT, Address.Size.W, 2, 5, 7, 1), direct("%QW2.5.7.1"));
        assertEquals(address(Address.Area.MEMORY, Address.Size.D, 48), direct("%MD48"));
        assertTrue(direct("%QX*").isOpen());
    }

    private static Address address(Address.Area area, Address.Size size, Integer... path) {
        return new Address(area, size, List.of(path));
    }

    private static Address direct(String text) {
        return ((Expression.Direct) Texts.expression(text)).address();
    }

    // Table 3.
    @Test
    void comments_of_all_forms_nest_and_are_no_part_of_the_tree() {
        String plain = Texts.shape(Texts.statements("x := 1;"));
        assertEquals(
                plain, Texts.shape(Texts.statements("(* a (* b *) c *) x /* d /* e */ f */ := // g\n 1 {pragma};")));
    }
}
