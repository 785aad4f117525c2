package io.millwright.identity.record;

import io.millwright.identity.wire.MalformedException;
import io.millwright.identity.wire.Octets;
import io.millwright.identity.wire.WireReader;
import io.millwright.identity.wire.WireWriter;

/// The data of an HS_ADMIN value: who may change a handle, and in what (RFC 3651, section 3.2.1).
///
/// ```text
/// | permissions (2) | length of handle (4) | handle | index (4) |
/// ```
///
/// @param permissions the bits below; bits without a meaning are kept; 0…65535
/// @param reference the value that holds the administrator's key, or a group of administrators
public record Administrator(int permissions, ValueReference reference) {

    public static final int ADD_HANDLE = 0x0001;
    public static final int DELETE_HANDLE = 0x0002;
    public static final int ADD_DERIVED_PREFIX = 0x0004;
    public static final int DELETE_DERIVED_PREFIX = 0x0008;
    public static final int MODIFY_VALUE = 0x0010;
    public static final int REMOVE_VALUE = 0x0020;
    public static final int ADD_VALUE = 0x0040;
    public static final int MODIFY_ADMIN = 0x0080;
    public static final int REMOVE_ADMIN = 0x0100;
    public static final int ADD_ADMIN = 0x0200;
    public static final int READ_VALUE = 0x0400;
    public static final int LIST_HANDLES = 0x0800;

    /// Everything.
    public static final int ALL = 0x0fff;

    public Administrator {
        if (permissions < 0 || permissions > 0xffff) {
            throw new IllegalArgumentException("permissions are two octets, not " + permissions);
        }
    }

    public boolean may(int permission) {
        return (permissions & permission) == permission;
    }

    public Octets encode() {
        return new WireWriter(64)
                .u16(permissions)
                .text(reference.handle().toString())
                .int32(reference.index())
                .toOctets();
    }

    /// Octets after the index are ignored: some servers store more.
    public static Administrator decode(Octets data) throws MalformedException {
        var in = new WireReader(data);
        int permissions = in.u16("HS_ADMIN permissions");
        var handle = HandleValue.readHandle(in, "HS_ADMIN handle");
        return new Administrator(permissions, new ValueReference(handle, in.int32("HS_ADMIN index")));
    }
}
