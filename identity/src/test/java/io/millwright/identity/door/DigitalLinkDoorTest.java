package io.millwright.identity.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.identity.code.Element;
import io.millwright.identity.code.gs1.DigitalLinks;
import io.millwright.identity.wire.Octets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// GS1-Conformant Resolver 1.2; the product and its links are the example of GS1's documents.
class DigitalLinkDoorTest {

    private static final String COMPOUND = "/01/09506000149189";
    private static final String ENGLISH = "https://dalgiardino.com/medicinal-compound/";
    private static final String JAPANESE = "https://dalgiardino.com/medicinal-compound/index.html.ja";
    private static final String PIP = "https://gs1.org/voc/pip";

    private Registered registered;

    @BeforeEach
    void start() throws Exception {
        registered = new Registered();
    }

    @AfterEach
    void stop() throws Exception {
        registered.close();
    }

    private static JsonNode json(WebAnswer answer) throws Exception {
        return Json.read(answer.content());
    }

    private void assertRedirected(String location, String target, Map<String, String> fields) {
        var answer = registered.get(target, fields);
        assertEquals(307, answer.status(), answer.content().text());
        assertEquals(location, answer.fields().get("Location"));
    }

    @Test
    void withoutAWishTheDefaultLinkIsGiven() {
        assertRedirected(ENGLISH, COMPOUND, Map.of());
        assertRedirected("https://dalgiardino.com/rice", "/01/09506000134352", Map.of());
        assertRedirected(ENGLISH, "/some/path" + COMPOUND, Map.of());
    }

    @Test
    void theLanguageChoosesAmongDefaultLinks() {
        assertRedirected(JAPANESE, COMPOUND, Map.of("accept-language", "fr, ja;q=0.8, en;q=0.5"));
        assertRedirected(ENGLISH, COMPOUND, Map.of("accept-language", "en-GB, en;q=0.9"));
        assertRedirected(ENGLISH, COMPOUND, Map.of("accept-language", "fr"));
    }

    @Test
    void aLinkTypeIsAskedForByItsShortAndItsWholeName() {
        var japanese = Map.of("accept-language", "ja");
        for (var name : List.of("gs1:pip", "https%3A%2F%2Fgs1.org%2Fvoc%2Fpip", "https://ref.gs1.org/voc/pip", "pip")) {
            assertRedirected(JAPANESE, COMPOUND + "?linkType=" + name, japanese);
        }
        assertEquals(
                404, registered.get(COMPOUND + "?linkType=gs1:instructions").status());
    }

    /// Nothing tells the two apart.
    @Test
    void severalLinksThatFitAreAllOffered() throws Exception {
        var answer = registered.get(COMPOUND + "?linkType=gs1:pip");
        assertEquals(300, answer.status());
        assertEquals(2, json(answer).path("linkset").path(0).path(PIP).size());
    }

    @Test
    void theLinksetIsGivenWhenItIsAskedFor() throws Exception {
        for (var answer : List.of(
                registered.get(COMPOUND + "?linkType=linkset"),
                registered.get(COMPOUND + "?linkType=all"),
                registered.get(COMPOUND, Map.of("accept", "application/linkset+json")),
                registered.get(COMPOUND, Map.of("accept", "application/json, */*;q=0.1")))) {
            assertEquals(200, answer.status());
            var context = json(answer).path("linkset").path(0);
            assertEquals(
                    "https://id.example.org/01/09506000149189",
                    context.path("anchor").stringValue());
            assertEquals("Medicinal compound", context.path("description").stringValue());
            assertEquals(2, context.path(PIP).size());
            assertEquals(
                    "ja", context.path(PIP).path(1).path("hreflang").path(0).stringValue());
            assertEquals(
                    ENGLISH,
                    context.path("https://gs1.org/voc/defaultLink")
                            .path(0)
                            .path("href")
                            .stringValue());
            assertTrue(answer.fields().get("Link").contains("rel=\"http://www.w3.org/ns/json-ld#context\""));
        }
    }

    /// An address that runs in the browser, and one that cannot be read.
    @Test
    void whatIsNoWebAddressIsNoLink() {
        var text = registered.get(COMPOUND + "?linkType=linkset").content().text();
        assertFalse(text.contains("javascript") || text.contains("hasRetailers"), text);
        assertEquals(404, registered.get(COMPOUND + "?linkType=gs1:epil").status());
    }

    @Test
    void theLinksetIsGivenAsTextToo() {
        var answer = registered.get(COMPOUND, Map.of("accept", "application/linkset"));
        assertEquals("application/linkset", answer.fields().get("Content-Type"));
        var text = answer.content().text();
        assertTrue(
                text.contains("<" + JAPANESE + ">; rel=\"" + PIP
                        + "\"; anchor=\"https://id.example.org/01/09506000149189\"; "
                        + "title*=UTF-8''%E8%A3%BD%E5%93%81%E6%83%85%E5%A0%B1; type=\"text/html\"; hreflang=ja"),
                text);
    }

    @Test
    void whatALotDoesNotSayItsProductDoes() throws Exception {
        var lot = COMPOUND + "/10/ABC";
        assertRedirected("https://dalgiardino.com/recalls?lot=ABC#now", lot + "?linkType=gs1:recallStatus", Map.of());
        assertRedirected(JAPANESE, lot + "?linkType=gs1:pip", Map.of("accept-language", "ja"));
        assertRedirected(ENGLISH, COMPOUND + "/10/OTHER", Map.of());
        var set = json(registered.get(lot + "?linkType=linkset")).path("linkset");
        assertEquals(2, set.size());
        assertEquals("https://id.example.org" + lot, set.path(0).path("anchor").stringValue());
        // Serials and lots tell capital letters from small ones, handles do not: this lot is another.
        assertRedirected(ENGLISH, COMPOUND + "/10/abc", Map.of());
        assertEquals(
                404,
                registered.get(COMPOUND + "/10/abc?linkType=gs1:recallStatus").status());
    }

    @Test
    void parametersAreHandedOnToTheTarget() {
        assertRedirected(ENGLISH + "?17=271231&utm=a%20b", COMPOUND + "?17=271231&utm=a%20b", Map.of());
        assertRedirected(
                "https://dalgiardino.com/recalls?lot=ABC&x=1#now",
                COMPOUND + "/10/ABC?linkType=gs1:recallStatus&x=1",
                Map.of());
    }

    @Test
    void aCompressedLinkIsResolvedAndItsLongFormTold() {
        var elements = List.of(Element.of("01", "09506000149189"), Element.of("10", "ABC"));
        var compressed = DigitalLinks.writeCompressed("", elements).orElseThrow();
        var answer = registered.get(compressed + "?linkType=gs1:recallStatus");
        assertEquals(
                "https://dalgiardino.com/recalls?lot=ABC#now", answer.fields().get("Location"));
        assertTrue(answer.fields()
                .get("Link")
                .contains("<https://id.example.org/01/09506000149189/10/ABC>; rel=\"owl:sameAs\""));
    }

    /// A wrong check digit, a qualifier out of place, an attribute that is no date; and what is no link at all.
    @Test
    void whatIsNotValidIsRefused() throws Exception {
        for (var wrong : List.of(
                "/01/09506000149188",
                "/01/0950600014918",
                "/01/09506000149189/99/x",
                "/01/09506000149189/21/A/10/B",
                "/01/09506000149189?17=271399",
                "/01/09506000149189/10/%zz")) {
            var answer = registered.get(wrong);
            assertEquals(400, answer.status(), wrong);
            assertEquals("application/problem+json", answer.fields().get("Content-Type"));
            assertEquals(400, json(answer).path("status").intValue());
        }
        assertEquals(404, registered.get("/").status());
        assertEquals(404, registered.get("/favicon.ico").status());
        assertEquals(404, registered.get("/01/09506000164908").status());
        assertEquals(
                400, registered.get("/01/09506000149189?linkType=a&linkType=b").status());
    }

    @Test
    void theResolverDescribesItself() throws Exception {
        var description = json(registered.get("/.well-known/gs1resolver"));
        assertEquals("https://id.example.org", description.path("resolverRoot").stringValue());
        assertEquals("all", description.path("supportedPrimaryKeys").path(0).stringValue());
        assertEquals(
                "gs1:",
                description.path("supportedLinkType").path(0).path("prefix").stringValue());
    }

    @Test
    void onlyReadingIsDone() {
        var answer = registered.doors.answer(WebRequest.of("PUT", COMPOUND, Map.of(), Octets.EMPTY));
        assertEquals(405, answer.status());
        assertEquals("GET, HEAD, OPTIONS", answer.fields().get("Allow"));
    }
}
