package io.millwright.identity.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millwright.identity.wire.Octets;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import net.handle.hdllib.SiteInfo;
import org.junit.jupiter.api.Test;

/// Every client and server must choose the same server of a site: the public Java client says which.
class ServerHashTest {

    @Test
    void choosesTheServerThatThePublicClientChooses() throws Exception {
        var server = SiteServer.at(1, InetAddress.getLoopbackAddress(), List.of());
        for (int option = 0; option <= 2; option++) {
            for (int servers = 1; servers <= 12; servers++) {
                var site = new Site(
                        1, 2, 11, 1, 0x80, option, Octets.EMPTY, List.of(), Collections.nCopies(servers, server));
                for (String name : List.of("88.118.7/tank-1", "88.118.7/Pump-2", "0.NA/88.118.7", "10.5/é", "a/b/c")) {
                    int expected = SiteInfo.determineServerNum(name.getBytes(StandardCharsets.UTF_8), option, servers);
                    assertEquals(expected, ServerHash.serverOf(Handle.of(name), site), name + " of " + servers);
                }
            }
        }
    }
}
