package io.millwright.node.id;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.identity.record.Handle;
import io.millwright.model.Time;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import net.handle.hdllib.Encoder;
import net.handle.hdllib.HandleResolver;
import net.handle.hdllib.ResolutionRequest;
import net.handle.hdllib.ResolutionResponse;
import net.handle.hdllib.SiteInfo;
import org.junit.jupiter.api.Test;

/// The whole tree of `mw id lab`, and the public client asking it.
class LabTest {

    @Test
    void allOfItHoldsAndThePublicClientIsAnsweredThroughTheRecursiveNode() throws Exception {
        try (var tree = new LabTree()) {
            var report = new Lab(tree, Time.system()).run();
            var failed = report.checks().stream()
                    .filter(c -> !c.held())
                    .map(Object::toString)
                    .collect(Collectors.joining("\n"));
            assertTrue(report.held(), failed);
            assertEquals(23, report.checks().size());
            assertEquals(7, report.nodes().size());
            assertEquals(5, report.searches().size());
            var site = Encoder.decodeSiteInfoRecord(
                    tree.node("recursive").site().encode().toByteArray(), 0);
            assertEquals("88.118/catalogue", publicly("88.118/catalogue", site));
            var records = tree.node("enterprise").ledger();
            assertTrue(records.find(Handle.of("88.118.7/pump-4")).isPresent(), "kept on disk");
        }
    }

    private static String publicly(String handle, SiteInfo site) throws Exception {
        var request = new ResolutionRequest(handle.getBytes(StandardCharsets.UTF_8), null, null, null);
        var resolver = new HandleResolver();
        resolver.setTcpTimeout(10_000);
        var response = (ResolutionResponse) resolver.sendRequestToSite(request, site);
        return response.getHandleValues()[0].getDataAsString();
    }
}
