package io.millwright.node.st.doc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.iec61131.Session;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/// The pages say what the program says, and lead to each other.
class SiteTest {
    private static final String PROGRAM = """
        (* How far it may go. "<script>alert(1)</script>" *)
        TYPE Limits : STRUCT low : REAL := 0.5; // in m
        END_STRUCT; END_TYPE

        (* Keeps a level.

           Stops at `limits.low`. *)
        FUNCTION_BLOCK Tank
        VAR_INPUT raw : INT := 7; // as measured
        END_VAR
        VAR_OUTPUT full : BOOL; END_VAR
        VAR_IN_OUT limits : Limits; END_VAR
        VAR delay : TON; END_VAR
            METHOD Fill : BOOL
            VAR_INPUT amount : REAL; END_VAR
            Fill := amount > limits.low;
            END_METHOD
        delay(IN := raw > 3);
        full := delay.Q;
        END_FUNCTION_BLOCK

        PROGRAM TANK_USER
        VAR tank : Tank; limits : Limits; END_VAR
        tank(limits := limits);
        END_PROGRAM

        TYPE Colour : (Red, Green := 5); END_TYPE
        """;

    @TempDir
    private Path folder;

    private String page(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }

    private void write(Locale language) throws IOException {
        var session = new Session(Dialect.COMMON);
        session.put(new Source("tank.st", PROGRAM));
        assertEquals(4, Site.write(session.trees(), session.compile(), "Water", language, folder));
    }

    private static String text(String html) {
        return html.replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ");
    }

    @Test
    void aBlockHasItsVariablesWithTypeValueAndComment() throws IOException {
        write(Locale.ENGLISH);
        String text = text(page("Tank.html"));
        assertTrue(text.contains("Inputs Name Type Initial value Comment raw INT 7 as measured"), text);
        assertTrue(text.contains("METHOD Fill : BOOL Inputs Name Type amount REAL"), text);
        assertTrue(page("Tank.html").contains("<p>Keeps a level.</p>\n<p>Stops at <code>limits.low</code>.</p>"));
    }

    @Test
    void whoUsesWhomIsTold() throws IOException {
        write(Locale.ENGLISH);
        String text = text(page("Tank.html"));
        assertTrue(text.contains("Uses Limits TON Used by TANK_USER Source"), text);
        assertTrue(text(page("Colour.html")).contains("Used by nothing of this program"));
        assertTrue(text(page("Colour.html")).contains("Values Name Initial value Red Green 5"));
    }

    /// Comments are text of strangers.
    @Test
    void nothingInACommentIsMarkup() throws IOException {
        write(Locale.ENGLISH);
        for (String name : Set.of("Limits.html", "index.html", "topics.js")) {
            assertFalse(page(name).contains("<script>alert"), name);
        }
        assertTrue(text(page("Limits.html")).contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    }

    @Test
    void everyLinkLeadsToAFileAndNoneOutside() throws IOException {
        write(Locale.ENGLISH);
        Set<String> targets = new TreeSet<>();
        for (String name : Set.of("Tank.html", "Limits.html", "TANK_USER.html", "index.html")) {
            targets.addAll(Pattern.compile("(?:href|src)=\"([^\"]*)\"")
                    .matcher(page(name))
                    .results()
                    .map(r -> r.group(1))
                    .collect(Collectors.toSet()));
        }
        assertTrue(targets.contains("Limits.html"), targets.toString());
        for (String target : targets) {
            assertTrue(Files.exists(folder.resolve(target)), target);
        }
    }

    @Test
    void thePictureHasAPinForEveryParameter() throws Exception {
        write(Locale.ENGLISH);
        String page = page("Tank.html");
        String svg = page.substring(page.indexOf("<svg"), page.indexOf("</svg>") + 6);
        Element picture = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg)))
                .getDocumentElement();
        Set<String> pins = new TreeSet<>();
        for (int i = 0; i < picture.getElementsByTagName("text").getLength(); i++) {
            Element label = (Element) picture.getElementsByTagName("text").item(i);
            if (label.getAttribute("class").equals("pin")) {
                pins.add(label.getTextContent());
            }
        }
        assertEquals(Set.of("raw", "full", "limits"), pins);
    }

    @Test
    void thePagesSpeakChinese() throws IOException {
        write(Locale.CHINESE);
        String text = text(page("Tank.html"));
        assertTrue(text.contains("输入 名称 类型 初始值 注释 raw INT 7 as measured"), text);
        assertTrue(page("index.html").contains("<html lang=\"zh-CN\">"));
    }
}
