package io.millwright.identity.code.epc;

import static io.millwright.identity.code.epc.FieldKind.ADI_PART;
import static io.millwright.identity.code.epc.FieldKind.ADI_SERIAL;
import static io.millwright.identity.code.epc.FieldKind.CAGE;
import static io.millwright.identity.code.epc.FieldKind.COMPONENT;
import static io.millwright.identity.code.epc.FieldKind.CONTAINER;
import static io.millwright.identity.code.epc.FieldKind.DIGITS;
import static io.millwright.identity.code.epc.FieldKind.NUMBER;
import static io.millwright.identity.code.epc.FieldKind.REFERENCE;
import static io.millwright.identity.code.epc.FieldKind.TEXT;
import static io.millwright.identity.code.epc.FieldKind.TWO_DIGITS;
import static io.millwright.identity.code.epc.FieldKind.VESSEL;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The EPC schemes and the fields of their URIs (TDS 1.13, section 6.3; LGTIN: section 6.4).
public enum EpcScheme {
    SGTIN("trade item", 13, Field.PREFIX, REFERENCE.named("item-reference"), TEXT.named("serial", 20)),
    SSCC("logistic unit", 17, Field.PREFIX, REFERENCE.named("serial-reference")),
    SGLN("location", 12, Field.PREFIX, REFERENCE.named("location-reference"), TEXT.named("extension", 20)),
    GRAI("returnable asset", 12, Field.PREFIX, REFERENCE.named("asset-type"), TEXT.named("serial", 16)),
    GIAI("asset", 0, Field.PREFIX, TEXT.named("asset-reference", 24)),
    GSRN("recipient of a service", 17, Field.PREFIX, REFERENCE.named("service-reference")),
    GSRNP("provider of a service", 17, Field.PREFIX, REFERENCE.named("service-reference")),
    GDTI("document", 12, Field.PREFIX, REFERENCE.named("document-type"), TEXT.named("serial", 17)),
    CPI("component or part", 0, Field.PREFIX, COMPONENT.named("part-reference", 24), NUMBER.named("serial", 12)),
    SGCN("coupon", 12, Field.PREFIX, REFERENCE.named("coupon-reference"), DIGITS.named("serial", 12)),
    GINC("consignment", 0, Field.PREFIX, TEXT.named("consignment-reference", 24)),
    GSIN("shipment", 16, Field.PREFIX, REFERENCE.named("shipper-reference")),
    ITIP(
            "piece of a trade item",
            13,
            Field.PREFIX,
            REFERENCE.named("item-reference"),
            TWO_DIGITS.named("piece"),
            TWO_DIGITS.named("total"),
            TEXT.named("serial", 20)),
    UPUI("unit pack", 13, Field.PREFIX, REFERENCE.named("item-reference"), TEXT.named("extension", 28)),
    PGLN("party", 12, Field.PREFIX, REFERENCE.named("party-reference")),
    LGTIN("batch or lot", 13, Field.PREFIX, REFERENCE.named("item-reference"), TEXT.named("lot", 20)),
    GID("general identifier", 0, NUMBER.named("manager", 9), NUMBER.named("class", 8), NUMBER.named("serial", 11)),
    USDOD("item of the US Department of Defense", 0, CAGE.named("cage"), NUMBER.named("serial", 11)),
    ADI("aerospace or defence item", 0, CAGE.named("cage"), ADI_PART.named("part", 32), ADI_SERIAL.named("serial", 30)),
    BIC("freight container", 0, CONTAINER.named("container")),
    IMOVN("vessel", 0, VESSEL.named("vessel"));

    /// One field of the URI.
    ///
    /// @param name its name among the parts of a code
    /// @param max the most characters; 0 where something else limits it
    record Field(FieldKind kind, String name, int max) {
        static final Field PREFIX = new Field(FieldKind.COMPANY_PREFIX, "company-prefix", 0);
    }

    private final String meaning;
    private final int digits;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<Field> fields;

    EpcScheme(String meaning, int digits, Field... fields) {
        this.meaning = meaning;
        this.digits = digits;
        this.fields = List.of(fields);
    }

    /// What it identifies.
    public String meaning() {
        return meaning;
    }

    /// How many digits company prefix and reference have together; 0 where the reference has no fixed length.
    int digits() {
        return digits;
    }

    List<Field> fields() {
        return fields;
    }

    /// Whether its first field is a GS1 Company Prefix.
    boolean hasCompanyPrefix() {
        return fields.getFirst().equals(Field.PREFIX);
    }

    /// Its name in URIs.
    public String uriName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// What its pure identity URIs start with.
    String uriStart() {
        return this == LGTIN ? "urn:epc:class:lgtin:" : "urn:epc:id:" + uriName() + ":";
    }

    /// The scheme of that name.
    public static Optional<EpcScheme> named(String name) {
        return java.util.Arrays.stream(values())
                .filter(s -> s.uriName().equals(name))
                .findFirst();
    }
}
