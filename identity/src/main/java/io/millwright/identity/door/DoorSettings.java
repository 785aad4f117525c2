package io.millwright.identity.door;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;

/// Under which names the outside knows a node.
///
/// @param prefix under which the records of GS1 keys and object identifiers lie, e.g. `88.118.7`
/// @param origin how the web finds the node: `http` or `https` and an authority, no path, e.g.
/// `https://id.example.org`
/// @param year the current one: years of two digits in GS1 dates mean the nearest
/// @param tokenLife how long a token of the second-level node is good, and one of the enterprise node that is not
/// used
public record DoorSettings(String prefix, URI origin, int year, Duration tokenLife) {

    /// What the interfaces' documentation promises.
    public static final Duration TOKEN_LIFE = Duration.ofHours(24);

    /// Tokens good for as long as promised.
    public DoorSettings(String prefix, URI origin, int year) {
        this(prefix, origin, year, TOKEN_LIFE);
    }

    public DoorSettings {
        var scheme = String.valueOf(origin.getScheme()).toLowerCase(Locale.ROOT);
        var path = String.valueOf(origin.getRawPath());
        boolean ascii = origin.toString().chars().allMatch(c -> c > 0x20 && c < 0x7f);
        boolean web = scheme.equals("http") || scheme.equals("https");
        boolean bare = (path.isEmpty() || path.equals("/")) && origin.getRawQuery() == null;
        if (!ascii || !web || !bare || origin.getRawAuthority() == null || origin.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "an origin is http:// or https:// and a host, e.g. https://id.example.org; not " + origin);
        }
        if (prefix.isEmpty() || prefix.indexOf('/') >= 0) {
            throw new IllegalArgumentException("a prefix such as 88.118.7 is needed, not \"" + prefix + "\"");
        }
    }

    /// Without a slash at its end.
    String originText() {
        return origin.getScheme() + "://" + origin.getRawAuthority();
    }
}
