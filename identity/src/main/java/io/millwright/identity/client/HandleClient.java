package io.millwright.identity.client;

import io.millwright.identity.message.Body;
import io.millwright.identity.message.Envelope;
import io.millwright.identity.message.Header;
import io.millwright.identity.message.Message;
import io.millwright.identity.message.OpCode;
import io.millwright.identity.message.OpFlag;
import io.millwright.identity.message.ProtocolVersion;
import io.millwright.identity.message.RequestDigest;
import io.millwright.identity.message.ResponseCode;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.wire.MalformedException;
import io.millwright.model.Time;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.security.SecureRandom;

/// Asks one server. May be used from many threads at once; each call blocks until there is an answer or none will
/// come.
///
/// ```java
/// try (var client = HandleClient.to(Endpoint.udp(address))) {
///     switch (client.resolve(Handle.of("88.118.7/tank-1"))) {
///         case Resolution.Found(var found, var from) -> …
///         case Resolution.NotFound(var handle) -> …
/// ```
public final class HandleClient implements AutoCloseable {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int REQUEST_VALID_SECONDS = 12 * 3600;

    private final Endpoint endpoint;
    private final ClientSettings settings;
    private final Time time;
    private final Transport transport;
    private final SecureRandom random = new SecureRandom();

    private HandleClient(Endpoint endpoint, ClientSettings settings, Time time) {
        this.endpoint = endpoint;
        this.settings = settings;
        this.time = time;
        transport = switch (endpoint.protocol()) {
            case UDP -> new UdpTransport(settings);
            case TCP -> new TcpTransport(settings);
            case HTTP -> HttpTransport.of(settings);
        };
    }

    public static HandleClient to(Endpoint endpoint) {
        return new HandleClient(endpoint, ClientSettings.usual(), Time.system());
    }

    public static HandleClient to(Endpoint endpoint, ClientSettings settings, Time time) {
        return new HandleClient(endpoint, settings, time);
    }

    /// Asks for all values of a handle that anyone may read.
    public Resolution resolve(Handle handle) {
        return resolve(Body.ResolutionRequest.all(handle));
    }

    /// Asks for some values of a handle.
    public Resolution resolve(Body.ResolutionRequest query) {
        return switch (exchange(OpCode.RESOLUTION, query)) {
            case Exchange.Answered(var message, var from) -> interpret(query.handle(), message, from);
            case Exchange.Failed(var at, var reason) -> new Resolution.Unreachable(at, reason);
            case Exchange.Garbled(var at, var reason) -> new Resolution.Garbled(at, reason);
        };
    }

    /// Asks the server for its own service information; the answer's body is a [Body.SiteResponse] if all is well.
    public Exchange siteInformation() {
        return exchange(OpCode.GET_SITE_INFO, new Body.HandleRequest(Handle.BLANK));
    }

    private static Resolution interpret(Handle asked, Message message, Endpoint from) {
        int code = message.header().responseCode();
        return switch (message.body()) {
            case Body.ResolutionResponse(var handle, var values) ->
                handle.equals(asked)
                        ? new Resolution.Found(new HandleRecord(handle, values), from)
                        : new Resolution.Garbled(from, "asked for " + asked + ", told of " + handle);
            case Body.Referral(var handle, var sites) -> new Resolution.Referred(handle, sites);
            case Body.ErrorResponse error ->
                switch (code) {
                    case ResponseCode.HANDLE_NOT_FOUND -> new Resolution.NotFound(asked);
                    case ResponseCode.SERVER_NOT_RESPONSIBLE ->
                        new Resolution.NotResponsible(asked, reason(code, error));
                    default -> new Resolution.Refused(code, reason(code, error));
                };
            case Body.Challenge _, Body.Opaque _ -> new Resolution.Refused(code, ResponseCode.meaningOf(code));
            default -> new Resolution.Garbled(from, "the answer is not one to a resolution");
        };
    }

    private static String reason(int code, Body.ErrorResponse error) {
        String meaning = ResponseCode.meaningOf(code);
        return error.text()
                .filter(t -> !t.isEmpty())
                .map(t -> meaning + ": " + t)
                .orElse(meaning);
    }

    private Exchange exchange(int opCode, Body body) {
        int flags = OpFlag.RECURSIVE | OpFlag.PUBLIC_ONLY;
        if (settings.requestDigest()) {
            flags |= OpFlag.REQUEST_DIGEST;
        }
        int expiration = (int) (time.epochNanos() / NANOS_PER_SECOND + REQUEST_VALID_SECONDS);
        var header = new Header(opCode, 0, flags, Header.NO_SITE, 0, expiration);
        byte[] message = Message.of(header, body).encode();
        // Not to be guessed: a forged answer has to bear it.
        int requestId = random.nextInt();
        var envelope = Envelope.of(ProtocolVersion.COMPATIBLE, ProtocolVersion.NEWEST, requestId, message.length);
        return exchange(new Packet(envelope, message), opCode);
    }

    private Exchange exchange(Packet request, int opCode) {
        var asked = endpoint;
        try {
            try {
                return check(request, opCode, transport.exchange(asked.address(), request), asked);
            } catch (UdpTransport.TruncatedException e) {
                asked = Endpoint.tcp(endpoint.address());
                return check(request, opCode, new TcpTransport(settings).exchange(asked.address(), request), asked);
            }
        } catch (ConnectException e) {
            return new Exchange.Failed(asked, "nobody listens there");
        } catch (IOException e) {
            return new Exchange.Failed(asked, e.getMessage() == null ? e.toString() : e.getMessage());
        } catch (MalformedException e) {
            return new Exchange.Garbled(asked, e.getMessage());
        }
    }

    private Exchange check(Packet request, int opCode, Packet answer, Endpoint from) throws MalformedException {
        if (answer.envelope().requestId() != request.envelope().requestId()) {
            return new Exchange.Garbled(from, "the answer bears another request's id");
        }
        if (answer.envelope().isEncrypted() || answer.envelope().isCompressed()) {
            return new Exchange.Garbled(from, "the answer is encrypted or compressed; neither was asked for");
        }
        var message = Message.decode(answer.message(), 0, answer.message().length);
        if (!message.header().isResponse()) {
            return new Exchange.Garbled(from, "the answer is itself a request");
        }
        // A server that could not read the request cannot repeat its operation either.
        boolean unread = message.header().responseCode() == ResponseCode.PROTOCOL_ERROR;
        if (message.header().opCode() != opCode && !unread) {
            return new Exchange.Garbled(
                    from, "the answer is to operation " + message.header().opCode());
        }
        if (settings.requestDigest() && !unread && !provesRequest(request, message)) {
            return new Exchange.Garbled(from, "the answer's digest is not that of the request");
        }
        return new Exchange.Answered(message, from);
    }

    private static boolean provesRequest(Packet request, Message answer) throws MalformedException {
        byte[] sent = request.message();
        int end = Message.endOfBody(sent, 0, sent.length);
        return answer.digest()
                .map(d -> d.equals(RequestDigest.of(d.algorithm(), sent, 0, end)))
                .orElse(false);
    }

    /// Ends HTTP connections that are kept open.
    @Override
    public void close() {
        if (transport instanceof HttpTransport(var _, HttpClient http)) {
            http.shutdownNow();
        }
    }
}
