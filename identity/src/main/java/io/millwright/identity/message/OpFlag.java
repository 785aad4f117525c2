package io.millwright.identity.message;

/// Bits of a header's flags (RFC 3652, section 2.2.2.3, and the additions in use).
public final class OpFlag {

    /// AT: to be answered by, or answered by, a primary server.
    public static final int AUTHORITATIVE = 0x8000_0000;

    /// CT: the response is to be, or is, signed.
    public static final int CERTIFIED = 0x4000_0000;

    /// ENC: the response is to be encrypted with the session key.
    public static final int ENCRYPT = 0x2000_0000;

    /// REC: the server may ask other servers.
    public static final int RECURSIVE = 0x1000_0000;

    /// CA: a caching server is to check, or has checked, signatures.
    public static final int CACHE_AUTHENTICATION = 0x0800_0000;

    /// CN: more messages of this request or response follow.
    public static final int CONTINUOUS = 0x0400_0000;

    /// KC: the TCP connection is to stay open.
    public static final int KEEP_CONNECTION = 0x0200_0000;

    /// PO: only values that anyone may read.
    public static final int PUBLIC_ONLY = 0x0100_0000;

    /// RD: the response is to begin, or begins, with the digest of the request.
    public static final int REQUEST_DIGEST = 0x0080_0000;

    /// Addition: an existing handle is to be replaced.
    public static final int OVERWRITE = 0x0040_0000;

    /// Addition: the server is to choose a suffix.
    public static final int MINT_SUFFIX = 0x0020_0000;

    /// Addition: no referral, please.
    public static final int DO_NOT_REFER = 0x0010_0000;

    /// Addition of the Chinese system (RECU_AUTH): the client's identity is to travel with a recursive request.
    public static final int RECURSIVE_IDENTITY = 0x0000_0004;

    private OpFlag() {}
}
