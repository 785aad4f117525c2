package io.millwright.node.st;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextFilesTest {
    @Test
    void exportsOfOlderToolsAreTextsTooHoweverTheyAreWritten(@TempDir Path folder) throws Exception {
        Files.createDirectories(folder.resolve("library.st"));
        List<String> names = List.of(
                "FT_PID.EXP", "library.st/CTRL.exp", "library.st/note.txt", "main.st", "old.IECST", "st", "x.stx");
        for (String name : names) {
            Files.writeString(folder.resolve(name), "");
        }
        assertEquals(List.of("FT_PID.EXP", "library.st/CTRL.exp", "main.st", "old.IECST"), names(folder));
    }

    private static List<String> names(Path folder) throws Exception {
        return TextFiles.in(folder).stream()
                .map(f -> folder.relativize(f).toString().replace('\\', '/'))
                .toList();
    }

    /// The namespaces are those of the published schemas.
    @Test
    void projectsInXmlAreKnownByTheirNamespace(@TempDir Path folder) throws Exception {
        String tc6 = "<project xmlns=\"http://www.plcopen.org/xml/tc6_0201\">";
        Map<String, String> files = Map.of(
                "plain.xml", tc6,
                "prefix.XML", "<p:project xmlns:p='http://www.plcopen.org/xml/tc6_0201'>",
                "older.xml",
                        "<?xml version='1.0'?>\n<!--<a>-->\n<project\n xmlns='http://www.plcopen.org/xml/tc6.xsd'>",
                "tenth.xml", "<Project xmlns=\"www.iec.ch/public/TC65SC65BWG7TF10\" schemaVersion=\"1.0\">",
                "typed.xml", "<!DOCTYPE project [<!ENTITY x \"y\">]>" + tc6,
                "pom.xml", "<project xmlns=\"http://maven.apache.org/POM/4.0.0\">",
                "build.xml", "<project name=\"plcopen.org/xml\">",
                "quoted.xml", "<a>" + tc6,
                "empty.xml", "",
                "note.txt", tc6);
        for (var file : files.entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
        assertEquals(List.of("older.xml", "plain.xml", "prefix.XML", "tenth.xml", "typed.xml"), names(folder));
    }

    @Test
    void aProjectThatATextOfTheSameNameStandsBesideIsLeftOut(@TempDir Path folder) throws Exception {
        String project = "<project xmlns=\"http://www.plcopen.org/xml/tc6_0201\"/>";
        Files.createDirectories(folder.resolve("old"));
        for (String name : List.of("dosing.xml", "mixing.xml", "old/dosing.xml")) {
            Files.writeString(folder.resolve(name), project);
        }
        Files.writeString(folder.resolve("dosing.st"), "");
        assertEquals(List.of("dosing.st", "mixing.xml", "old/dosing.xml"), names(folder));
    }
}
