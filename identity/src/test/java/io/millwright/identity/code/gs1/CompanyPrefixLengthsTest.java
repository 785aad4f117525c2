package io.millwright.identity.code.gs1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The table of lengths that GS1 publishes, in its two formats; the entries are ours.
class CompanyPrefixLengthsTest {

    @TempDir
    private Path folder;

    private CompanyPrefixLengths read(String text) throws IOException {
        return CompanyPrefixLengths.read(Files.writeString(folder.resolve("table"), text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                """
                {"_disclaimer": ["…"], "GCPPrefixFormatList": {"date": "2026-01-01T00:00:00Z", "entry": [
                  {"prefix": "0614", "gcpLength": 6}, {"prefix": "0614141", "gcpLength": 7},
                  {"prefix": "2", "gcpLength": 0}]}}""",
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <GCPPrefixFormatList date="2026-01-01T00:00:00Z">
                  <entry prefix="0614" gcpLength="6"/><entry prefix="0614141" gcpLength="7"/>
                  <entry prefix="2" gcpLength="0"/>
                </GCPPrefixFormatList>""",
            })
    void theLongestEntryCounts(String table) throws IOException {
        var lengths = read(table);
        assertEquals(OptionalInt.of(7), lengths.of("0614141123452"));
        assertEquals(OptionalInt.of(6), lengths.of("0614151123452"));
        assertEquals(OptionalInt.of(0), lengths.of("2012345678905"));
        assertEquals(OptionalInt.empty(), lengths.of("9521141123452"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"GCPPrefixFormatList\": {\"entry\": [{\"prefix\": \"06\", \"gcpLength\": 13}]}}",
                "{\"GCPPrefixFormatList\": {\"entry\": [{\"prefix\": \"x\", \"gcpLength\": 7}]}}",
                "<a>",
                "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/hostname\">]><a><entry prefix=\"&b;\"/></a>",
            })
    void anyOtherFileIsRefusedInWords(String text) {
        var refused = assertThrows(IOException.class, () -> read(text));
        assertTrue(refused.getMessage().matches("(is no|has) .*"), refused.getMessage());
    }

    @Test
    void whoKnowsNothingSaysNothing() {
        assertEquals(OptionalInt.empty(), CompanyPrefixLengths.unknown().of("0614141123452"));
        assertEquals(OptionalInt.of(8), CompanyPrefixLengths.of(8).of("0614141123452"));
    }
}
