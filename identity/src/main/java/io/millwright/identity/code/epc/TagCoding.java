package io.millwright.identity.code.epc;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How EPCs stand in the memory of tags (TDS 1.13, sections 14.2 and 14.5).
///
/// ```
/// header 8 │ filter 3 │ partition 3 │ company prefix 40 … 20 │ reference │ serial
/// ```
/// Company prefix and reference share a number of bits, which the partition divides by the prefix's length; GID, DoD
/// and ADI have a layout of their own.
enum TagCoding {
    SGTIN_96(EpcScheme.SGTIN, 0x30, 96, 44, Serial.INTEGER),
    SGTIN_198(EpcScheme.SGTIN, 0x36, 198, 44, Serial.TEXT),
    SSCC_96(EpcScheme.SSCC, 0x31, 96, 58, Serial.NONE),
    SGLN_96(EpcScheme.SGLN, 0x32, 96, 41, Serial.INTEGER),
    SGLN_195(EpcScheme.SGLN, 0x39, 195, 41, Serial.TEXT),
    GRAI_96(EpcScheme.GRAI, 0x33, 96, 44, Serial.INTEGER),
    GRAI_170(EpcScheme.GRAI, 0x37, 170, 44, Serial.TEXT),
    GIAI_96(EpcScheme.GIAI, 0x34, 96, 82, Serial.REFERENCE_NUMBER),
    GIAI_202(EpcScheme.GIAI, 0x38, 202, 188, Serial.REFERENCE_TEXT),
    GSRN_96(EpcScheme.GSRN, 0x2d, 96, 58, Serial.NONE),
    GSRNP_96(EpcScheme.GSRNP, 0x2e, 96, 58, Serial.NONE),
    GDTI_96(EpcScheme.GDTI, 0x2c, 96, 41, Serial.INTEGER),
    GDTI_113(EpcScheme.GDTI, 0x3a, 113, 41, Serial.DIGITS),
    GDTI_174(EpcScheme.GDTI, 0x3e, 174, 41, Serial.TEXT),
    CPI_96(EpcScheme.CPI, 0x3c, 96, 51, Serial.INTEGER_AFTER_NUMBER),
    CPI_VAR(EpcScheme.CPI, 0x3d, 0, 0, Serial.INTEGER_AFTER_TEXT),
    SGCN_96(EpcScheme.SGCN, 0x3f, 96, 41, Serial.DIGITS),
    ITIP_110(EpcScheme.ITIP, 0x40, 110, 44, Serial.INTEGER),
    ITIP_212(EpcScheme.ITIP, 0x41, 212, 44, Serial.TEXT),
    GID_96(EpcScheme.GID, 0x35, 96, 0, Serial.OWN),
    USDOD_96(EpcScheme.USDOD, 0x2f, 96, 0, Serial.OWN),
    ADI_VAR(EpcScheme.ADI, 0x3b, 0, 0, Serial.OWN);

    /// What stands behind company prefix and reference, or in place of the reference.
    enum Serial {
        /// Zeros.
        NONE,
        /// A number without zeros in front.
        INTEGER,
        /// Seven bits a character, zeros behind.
        TEXT,
        /// A number before whose digits stands a one, which keeps zeros in front.
        DIGITS,
        /// The reference is a number without zeros in front; no serial.
        REFERENCE_NUMBER,
        /// The reference has seven bits a character; no serial.
        REFERENCE_TEXT,
        /// The reference is a number without zeros in front, the serial too.
        INTEGER_AFTER_NUMBER,
        /// The reference has six bits a character and ends with six zeros; the serial is a number.
        INTEGER_AFTER_TEXT,
        /// A layout of its own.
        OWN
    }

    /// The bits of company prefixes of 12, 11 … 6 digits: partition values 0 to 6.
    static final List<Integer> PREFIX_BITS = List.of(40, 37, 34, 30, 27, 24, 20);

    static final int LONGEST_PREFIX = 12;

    private final EpcScheme scheme;
    private final int header;
    private final int bits;
    private final int sharedBits;
    private final Serial serial;

    TagCoding(EpcScheme scheme, int header, int bits, int sharedBits, Serial serial) {
        this.scheme = scheme;
        this.header = header;
        this.bits = bits;
        this.sharedBits = sharedBits;
        this.serial = serial;
    }

    EpcScheme scheme() {
        return scheme;
    }

    int header() {
        return header;
    }

    /// The length of the whole; 0 where it varies.
    int bits() {
        return bits;
    }

    /// The bits company prefix and reference share.
    int sharedBits() {
        return sharedBits;
    }

    Serial serial() {
        return serial;
    }

    /// The largest filter value; 0 where there is none.
    int maxFilter() {
        return switch (this) {
            case GID_96 -> 0;
            case USDOD_96 -> 15;
            case ADI_VAR -> 63;
            default -> 7;
        };
    }

    /// Its name in tag URIs, e.g. `sgtin-96`.
    String uriName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<TagCoding> named(String name) {
        return Arrays.stream(values()).filter(c -> c.uriName().equals(name)).findFirst();
    }

    static Optional<TagCoding> withHeader(int header) {
        return Arrays.stream(values()).filter(c -> c.header == header).findFirst();
    }

    /// The codings of a scheme, the shortest first.
    static List<TagCoding> of(EpcScheme scheme) {
        return Arrays.stream(values()).filter(c -> c.scheme == scheme).toList();
    }
}
