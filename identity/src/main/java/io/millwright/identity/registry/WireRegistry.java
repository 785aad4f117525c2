package io.millwright.identity.registry;

import io.millwright.identity.wire.WireWriter;

/// A registry that can write what is published under a handle as it travels, without making objects of it.
public interface WireRegistry extends Registry {

    /// Appends the number of a record's values and the values, octet for octet as
    /// [io.millwright.identity.record.HandleValue] writes what [#find] finds.
    ///
    /// Nothing is appended if the usual way has to be gone: the handle is not registered or not answered for
    /// here, has other than ASCII characters, describes a prefix, or holds a value that not everyone may read.
    ///
    /// @param bytes hold the handle, in any case
    /// @param from where it begins
    /// @param to its end
    /// @param publishedOnly whether values that not everyone may read are left out, rather than a reason to give up
    /// @return whether something was appended
    boolean write(byte[] bytes, int from, int to, boolean publishedOnly, WireWriter out);
}
