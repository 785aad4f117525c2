package io.millwright.identity.record;

/// Who may read and write a value: one octet of bits (RFC 3651, section 3.1). Bits without a meaning are kept.
///
/// @param bits `08` ADMIN_READ, `04` ADMIN_WRITE, `02` PUBLIC_READ, `01` PUBLIC_WRITE; 0…255
public record Permissions(int bits) {

    /// Anyone reads, administrators write: what a published value has.
    public static final Permissions PUBLISHED = new Permissions(0x0e);

    /// Administrators read and write.
    public static final Permissions ADMINISTRATORS_ONLY = new Permissions(0x0c);

    /// Nobody reads; administrators write: what a secret key has.
    public static final Permissions SECRET = new Permissions(0x04);

    public Permissions {
        if (bits < 0 || bits > 255) {
            throw new IllegalArgumentException("permissions are one octet, not " + bits);
        }
    }

    public boolean publicRead() {
        return (bits & 0x02) != 0;
    }

    public boolean adminRead() {
        return (bits & 0x08) != 0;
    }

    public boolean adminWrite() {
        return (bits & 0x04) != 0;
    }

    public boolean publicWrite() {
        return (bits & 0x01) != 0;
    }

    @Override
    public String toString() {
        return (adminRead() ? "r" : "-")
                + (adminWrite() ? "w" : "-")
                + (publicRead() ? "r" : "-")
                + (publicWrite() ? "w" : "-");
    }
}
