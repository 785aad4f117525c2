package io.millwright.iec61131.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class SourceReaderTest {
    private static final String TEXT = "x := 'Grüße €';";

    @Test
    void a_text_is_the_same_in_each_encoding() {
        assertRead("UTF-8", TEXT.getBytes(StandardCharsets.UTF_8));
        assertRead("UTF-8", ("\uFEFF" + TEXT).getBytes(StandardCharsets.UTF_8));
        assertRead("UTF-16BE", ("\uFEFF" + TEXT).getBytes(StandardCharsets.UTF_16BE));
        assertRead("UTF-16LE", ("\uFEFF" + TEXT).getBytes(StandardCharsets.UTF_16LE));
        assertRead("windows-1252", TEXT.getBytes(Charset.forName("windows-1252")));
    }

    /// Older tools leave the mark away; a text whose half is Chinese has zero bytes for its keywords alone.
    @Test
    void utf_16_is_known_without_a_mark() {
        assertRead("UTF-16BE", TEXT.getBytes(StandardCharsets.UTF_16BE));
        assertRead("UTF-16LE", TEXT.getBytes(StandardCharsets.UTF_16LE));
        String chinese = "VAR a : INT; (* 启动后的第一次扫描 *) END_VAR";
        byte[] bytes = chinese.getBytes(StandardCharsets.UTF_16LE);
        assertEquals(chinese, SourceReader.read("a.st", bytes).source().text());
    }

    @Test
    void a_stray_zero_byte_makes_no_text_wide() {
        byte[] bytes = "x := 1;\0y := 2;\n".getBytes(StandardCharsets.UTF_8);
        assertEquals("UTF-8", SourceReader.read("a.st", bytes).encoding().name());
    }

    private static void assertRead(String encoding, byte[] bytes) {
        SourceReader.Decoded decoded = SourceReader.read("a.st", bytes);
        assertEquals(TEXT, decoded.source().text());
        assertEquals(encoding, decoded.encoding().name());
    }

    @Test
    void lines_end_with_any_of_the_three_ends() {
        Source source = new Source("a.st", "a\rb\r\nc\nd");
        assertEquals(4, source.lines());
        assertEquals("c", source.lineText(3));
    }
}
