package io.millwright.identity.message;

import io.millwright.identity.wire.MalformedException;
import io.millwright.identity.wire.WireReader;
import io.millwright.identity.wire.WireWriter;
import java.util.Optional;

/// A request or a response, without its envelope (RFC 3652, section 2.2).
///
/// ```text
/// | header (24) | body: [ request digest ] … | credential length (4), credential |
/// ```
///
/// @param header the common fields
/// @param digest of the request, in a response that was asked for it ([OpFlag#REQUEST_DIGEST])
/// @param body what it says
/// @param credential a signature, if there is one
public record Message(Header header, Optional<RequestDigest> digest, Body body, Optional<Credential> credential) {

    /// Octets behind the body of a message without a credential.
    public static final int NO_CREDENTIAL_BYTES = 4;

    public Message {
        if (digest.isPresent() != (header.isResponse() && header.has(OpFlag.REQUEST_DIGEST))) {
            throw new IllegalArgumentException("a response has a digest if and only if its flag says so");
        }
    }

    /// A message without digest and credential.
    public static Message of(Header header, Body body) {
        return new Message(header, Optional.empty(), body, Optional.empty());
    }

    /// Reads header, body and credential.
    ///
    /// @param from where the header begins
    /// @param to the end of the message
    public static Message decode(byte[] bytes, int from, int to) throws MalformedException {
        var in = new WireReader(bytes, from, to);
        var header = Header.read(in);
        var body = in.slice("message body", in.length("message body", Limits.MESSAGE_BYTES));
        Optional<RequestDigest> digest = Optional.empty();
        if (header.isResponse() && header.has(OpFlag.REQUEST_DIGEST)) {
            digest = Optional.of(RequestDigest.read(body));
        }
        var content = BodyCodec.read(header, body);
        return new Message(header, digest, content, readCredential(in));
    }

    /// Reads the header alone: what is needed to answer a message whose body cannot be read.
    public static Header decodeHeader(byte[] bytes, int from, int to) throws MalformedException {
        return Header.read(new WireReader(bytes, from, to));
    }

    /// Where the body ends, if the lengths are right: what a request's digest is made of lies before.
    public static int endOfBody(byte[] bytes, int from, int to) throws MalformedException {
        var in = new WireReader(bytes, from, to);
        Header.read(in);
        in.slice("message body", in.length("message body", Limits.MESSAGE_BYTES));
        return in.position();
    }

    private static Optional<Credential> readCredential(WireReader in) throws MalformedException {
        if (in.remaining() == 0) {
            return Optional.empty(); // Some clients leave out the length of a credential that is not there.
        }
        int length = in.length("credential", in.remaining());
        if (length == 0) {
            in.expectEnd("message");
            return Optional.empty();
        }
        var slice = in.slice("credential", length);
        in.expectEnd("message");
        return Optional.of(Credential.read(slice));
    }

    public void write(WireWriter out) {
        int start = out.size();
        header.write(out, 0);
        digest.ifPresent(d -> d.write(out));
        BodyCodec.write(body, out);
        out.patchInt32(start + Header.BODY_LENGTH_AT, out.size() - start - Header.BYTES);
        int credentialAt = out.size();
        out.int32(0);
        if (credential.isPresent()) {
            credential.get().write(out);
            out.patchInt32(credentialAt, out.size() - credentialAt - 4);
        }
    }

    public byte[] encode() {
        var out = new WireWriter();
        write(out);
        return out.toByteArray();
    }
}
