package io.millwright.bench.identity;

import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/// The records that all are asked for: parts with object identifiers `2.999.1.N`, N of seven digits. As handles they
/// are `88.118.7/2.999.1.N`; in DNS they are `N.1.999.2.oid-res.org`, with the NAPTR records that Millwright's DNS door
/// makes of the same record (Recommendation ITU-T X.672), but for the TTL, which is one for both (RFC 2181, section
/// 5.2).
///
/// @param count how many, at most [#COUNT_MAX]
record Catalogue(int count) {

    static final int COUNT_MAX = 9_000_000;
    static final int FIRST = 1_000_000;
    static final int DIGITS = 7;
    static final String PREFIX = "88.118.7";
    static final String ZONE = "oid-res.org.";

    private static final int SECONDS = 1_735_689_600; // 2025-01-01T00:00:00Z
    private static final int TTL_SECONDS = 86_400;

    Catalogue {
        if (count < 1 || count > COUNT_MAX) {
            throw new IllegalArgumentException(count + " records; 1 to " + COUNT_MAX + " can be measured");
        }
    }

    static String handle(int number) {
        return PREFIX + "/2.999.1." + number;
    }

    static String domain(int number) {
        return number + ".1.999.2." + ZONE;
    }

    private static String page(int number) {
        return "https://id.example.com/parts/" + number;
    }

    private static HandleRecord record(int number) {
        var values = List.of(
                HandleValue.published(1, "URL", page(number), SECONDS),
                HandleValue.published(2, "DESC", "Deep groove ball bearing 6205-2RS", SECONDS),
                HandleValue.published(3, "MILLWRIGHT.TYPE", "Bearing", SECONDS));
        return new HandleRecord(Handle.of(handle(number)), values);
    }

    /// In the order of their handles.
    Iterator<HandleRecord> records() {
        return IntStream.range(FIRST, FIRST + count).mapToObj(Catalogue::record).iterator();
    }

    /// Writes a zone file (RFC 1035, section 5).
    void writeZone(Path file) throws IOException {
        try (var out = Files.newBufferedWriter(file)) {
            out.write("$ORIGIN " + ZONE + "\n@ 300 SOA . . 1 86400 86400 86400 300\n"
                    + "@ 86400 NS ns\nns 86400 A 127.0.0.1\n");
            for (int number = FIRST; number < FIRST + count; number++) {
                pointer(number, 10, "COID", "/2/999/1/" + number, out);
                pointer(number, 20, "UINF", page(number), out);
            }
        }
    }

    private static void pointer(int number, int preference, String service, String target, BufferedWriter out)
            throws IOException {
        out.write(number + ".1.999.2 " + TTL_SECONDS + " NAPTR 100 " + preference + " \"u\" \"ORS+" + service
                + "\" \"!^.*$!" + target + "!\" .\n");
    }
}
