package io.millwright.identity.client;

import io.millwright.identity.authentication.Identity;
import io.millwright.identity.authentication.VerificationKey;
import io.millwright.identity.message.Body;
import io.millwright.identity.message.Message;
import io.millwright.identity.message.OpCode;
import io.millwright.identity.message.OpFlag;
import io.millwright.identity.message.ResponseCode;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.model.Time;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

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

    private static final int READING = OpFlag.RECURSIVE | OpFlag.PUBLIC_ONLY;

    private final Transport transport;
    private final Caller caller;
    private final Supplier<Caller> kept;
    private final List<KeptConnection> connections = new CopyOnWriteArrayList<>();

    private HandleClient(Endpoint endpoint, ClientSettings settings, Time time) {
        this(
                endpoint,
                settings,
                time,
                switch (endpoint.protocol()) {
                    case UDP -> new UdpTransport(settings);
                    case TCP -> new TcpTransport(settings);
                    case HTTP -> HttpTransport.of(settings);
                });
    }

    private HandleClient(Endpoint endpoint, ClientSettings settings, Time time, Transport transport) {
        this.transport = transport;
        kept = () -> {
            if (endpoint.protocol() != Endpoint.Protocol.TCP) {
                throw new IllegalArgumentException("a log-in counts for a TCP connection, not over " + endpoint);
            }
            var connection = new KeptConnection(settings);
            connections.add(connection);
            return new Caller(endpoint, settings, time, connection);
        };
        caller = new Caller(endpoint, settings, time, transport);
    }

    public static HandleClient to(Endpoint endpoint) {
        return new HandleClient(endpoint, ClientSettings.usual(), Time.system());
    }

    public static HandleClient to(Endpoint endpoint, ClientSettings settings, Time time) {
        return new HandleClient(endpoint, settings, time);
    }

    /// For many requests to one server by TCP: connections stay open from one to the next.
    public static HandleClient keeping(InetSocketAddress server) {
        var settings = ClientSettings.usual();
        return new HandleClient(Endpoint.tcp(server), settings, Time.system(), new KeptTcpTransport(settings));
    }

    /// Asks for all values of a handle that anyone may read.
    public Resolution resolve(Handle handle) {
        return resolve(Body.ResolutionRequest.all(handle));
    }

    /// Asks for some values of a handle.
    public Resolution resolve(Body.ResolutionRequest query) {
        return interpret(query, caller.call(Call.of(OpCode.RESOLUTION, READING, query)));
    }

    /// Asks for some values of a handle, and takes only an answer that is signed with the server's key.
    public Resolution resolve(Body.ResolutionRequest query, VerificationKey server) {
        int flags = READING | OpFlag.REQUEST_DIGEST;
        return interpret(
                query, caller.call(Call.of(OpCode.RESOLUTION, flags, query).signedBy(server)));
    }

    static Resolution interpret(Body.ResolutionRequest query, Exchange exchange) {
        return switch (exchange) {
            case Exchange.Answered(var message, var from, int _) -> interpret(query.handle(), message, from);
            case Exchange.Failed(var at, var reason) -> new Resolution.Unreachable(at, reason);
            case Exchange.Garbled(var at, var reason) -> new Resolution.Garbled(at, reason);
        };
    }

    /// Asks the server for its own service information; the answer's body is a [Body.SiteResponse] if all is well.
    public Exchange siteInformation() {
        return caller.call(Call.of(OpCode.GET_SITE_INFO, READING, new Body.HandleRequest(Handle.BLANK)));
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
                        new Resolution.NotResponsible(asked, Result.reason(code, error));
                    default -> new Resolution.Refused(code, Result.reason(code, error));
                };
            case Body.Challenge _, Body.Opaque _ -> new Resolution.Refused(code, ResponseCode.meaningOf(code));
            default -> new Resolution.Garbled(from, "the answer is not one to a resolution");
        };
    }

    /// Everything that needs a proof of who asks.
    public AdministeringClient as(Identity identity) {
        return new AdministeringClient(caller, identity, Optional.empty());
    }

    /// Everything that needs an identity, by logging in once for one connection (operations 2000 and 2001 of the
    /// Chinese system): before the first request, and again whenever the server says so or the connection was
    /// closed. Ends with this client.
    ///
    /// @throws IllegalArgumentException if this client does not ask by TCP
    public AdministeringClient loggedInAs(Identity identity) {
        return new AdministeringClient(kept.get(), identity, Optional.empty(), true);
    }

    /// Has the server that holds a secret key check a proof (RFC 3652, section 3.5.3).
    ///
    /// @param server the key its answer is to be signed with: otherwise anyone could say that a proof is right
    public Result verify(Body.VerifyRequest proof, VerificationKey server) {
        return Result.of(caller.call(
                Call.of(OpCode.VERIFY_RESPONSE, OpFlag.REQUEST_DIGEST, proof).signedBy(server)));
    }

    /// Ends connections that are kept open.
    @Override
    public void close() {
        connections.forEach(KeptConnection::close);
        if (transport instanceof KeptTcpTransport open) {
            try {
                open.close();
            } catch (IOException e) {
                // They are gone either way.
            }
        }
        if (transport instanceof HttpTransport(var _, HttpClient http)) {
            http.shutdownNow();
        }
    }
}
