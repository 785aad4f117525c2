package io.millwright.identity.record;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// Which server of a site holds a handle: the last four octets of MD5 over the handle (or its prefix or suffix) in
/// upper case, as a signed integer without its sign, modulo the number of servers (RFC 3652, section 3.1.3, as
/// deployed).
public final class ServerHash {

    private ServerHash() {}

    /// The position of the handle's server in [Site#servers].
    ///
    /// @throws IllegalArgumentException if the site has no server
    public static int serverOf(Handle handle, Site site) {
        int servers = site.servers().size();
        if (servers == 0) {
            throw new IllegalArgumentException("a site without servers holds no handle");
        }
        return serverOf(handle, site.hashOption(), servers);
    }

    /// @param hashOption as in [Site#hashOption]
    /// @param servers how many servers the site has, at least 1
    public static int serverOf(Handle handle, int hashOption, int servers) {
        return servers == 1 ? 0 : (int) (Math.abs((long) hash(handle, hashOption)) % servers);
    }

    private static int hash(Handle handle, int hashOption) {
        String key = handle.key();
        int slash = key.indexOf('/');
        String part = switch (hashOption) {
            case Site.HASH_BY_PREFIX -> slash < 0 ? key : key.substring(0, slash);
            case Site.HASH_BY_SUFFIX -> key.substring(slash + 1);
            default -> key;
        };
        byte[] digest = md5(part.getBytes(StandardCharsets.UTF_8));
        return (digest[12] & 0xff) << 24 | (digest[13] & 0xff) << 16 | (digest[14] & 0xff) << 8 | digest[15] & 0xff;
    }

    private static byte[] md5(byte[] bytes) {
        try {
            return MessageDigest.getInstance("MD5").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has MD5", e);
        }
    }
}
