package io.millwright.identity.message;

import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.ValueReference;
import io.millwright.identity.wire.MalformedException;
import io.millwright.identity.wire.Octets;
import io.millwright.identity.wire.WireReader;
import io.millwright.identity.wire.WireWriter;

/// A signature or message authentication code over header and body (RFC 3652, section 2.2.4).
///
/// ```text
/// | credential length (4)                              0: no credential
/// | version (1) | reserved (1) | options (2)
/// | length, signer's handle | signer's index (4)       empty and the session id for a session's code
/// | length, type                                       HS_MAC, HS_SIGNED …
/// | length of the rest (4)
/// | length, digest algorithm | length, signature
/// ```
///
/// @param version 0; one octet
/// @param options two octets
/// @param signer the value that holds the key
/// @param type what the signature is
/// @param digestAlgorithm a name such as `SHA-1`, or the one-octet number deployed clients send
/// @param signature the signature
public record Credential(
        int version, int options, ValueReference signer, String type, Octets digestAlgorithm, Octets signature) {

    private static final int MAX_NAME_BYTES = 256;
    private static final int MAX_SIGNATURE_BYTES = 65_536;

    static Credential read(WireReader in) throws MalformedException {
        int version = in.u8("credential version");
        in.u8("credential reserved octet");
        int options = in.u16("credential options");
        var signer = HandleValue.readHandle(in, "credential signer");
        var reference = new ValueReference(signer, in.int32("credential signer index"));
        String type = in.text("credential type", MAX_NAME_BYTES);
        int signedLength = in.length("credential signed part", in.remaining());
        var signed = in.slice("credential signed part", signedLength);
        in.expectEnd("credential");
        Octets algorithm = signed.octets("credential digest algorithm", MAX_NAME_BYTES);
        Octets signature = signed.octets("credential signature", MAX_SIGNATURE_BYTES);
        signed.expectEnd("credential signed part");
        return new Credential(version, options, reference, type, algorithm, signature);
    }

    void write(WireWriter out) {
        out.u8(version).u8(0).u16(options);
        out.text(signer.handle().toString()).int32(signer.index()).text(type);
        out.int32(8 + digestAlgorithm.length() + signature.length());
        out.octets(digestAlgorithm).octets(signature);
    }
}
