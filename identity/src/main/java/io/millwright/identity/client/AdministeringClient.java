package io.millwright.identity.client;

import io.millwright.identity.authentication.Identity;
import io.millwright.identity.authentication.KeyAgreement;
import io.millwright.identity.authentication.VerificationKey;
import io.millwright.identity.message.Body;
import io.millwright.identity.message.KeyExchange;
import io.millwright.identity.message.OpCode;
import io.millwright.identity.message.OpFlag;
import io.millwright.identity.message.ResponseCode;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.wire.MalformedException;
import io.millwright.identity.wire.Octets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Changes and lists handles at one server, as somebody who can prove to be allowed to (RFC 3652, sections 3.6
/// and 3.7). Each call blocks until the server has answered; what is [Result.Done] is durable.
///
/// ```java
/// var client = HandleClient.to(Endpoint.tcp(address));
/// var admin = client.as(new Identity.SecretKey(reference, key));
/// switch (admin.create(record)) {
///     case Result.Done(var body) -> …
///     case Result.Refused(var code, var reason) -> …
/// ```
public final class AdministeringClient {

    private static final int ASKING = OpFlag.AUTHORITATIVE;
    private static final int SESSION_SECONDS = 3600;

    private final Caller caller;
    private final Identity identity;
    private final Optional<ClientSession> session;
    private final boolean logsIn;

    AdministeringClient(Caller caller, Identity identity, Optional<ClientSession> session) {
        this(caller, identity, session, false);
    }

    /// @param logsIn whether the identity is to count by a log-in; the caller keeps one connection then
    AdministeringClient(Caller caller, Identity identity, Optional<ClientSession> session, boolean logsIn) {
        this.caller = caller;
        this.identity = identity;
        this.session = session;
        this.logsIn = logsIn;
    }

    private Exchange call(int opCode, int flags, Body body) {
        return call(Call.of(opCode, ASKING | flags, body).by(identity).in(session));
    }

    /// Who is told to log in does so, and asks again: nothing has been done before.
    private Exchange call(Call call) {
        if (!logsIn) {
            return caller.call(call);
        }
        var asked = call.with(OpFlag.KEEP_CONNECTION | OpFlag.RECURSIVE_IDENTITY);
        var first = caller.call(asked);
        if (!isToLogIn(first)) {
            return first;
        }
        var login = logIn();
        return Result.of(login) instanceof Result.Done ? caller.call(asked) : login;
    }

    private static boolean isToLogIn(Exchange exchange) {
        return Result.of(exchange) instanceof Result.Refused(int code, var _)
                && (code == ResponseCode.LOGIN_AGAIN || code == ResponseCode.LOGIN_FIRST);
    }

    private Exchange logIn() {
        int opCode = identity instanceof Identity.SecretKey ? OpCode.LOGIN_BY_PASSWORD : OpCode.LOGIN_BY_KEY;
        var body = new Body.LoginRequest(identity.reference());
        return caller.call(Call.of(opCode, OpFlag.KEEP_CONNECTION, body).by(identity));
    }

    private Result ask(int opCode, Body body) {
        return Result.of(call(opCode, 0, body));
    }

    /// Asks for values, restricted ones too.
    public Resolution resolve(Body.ResolutionRequest query) {
        return HandleClient.interpret(query, call(OpCode.RESOLUTION, OpFlag.RECURSIVE, query));
    }

    /// Creates a handle.
    public Result create(HandleRecord created) {
        return ask(OpCode.CREATE_HANDLE, new Body.ValuesRequest(created.handle(), created.values()));
    }

    /// Creates a handle or, if it exists, replaces all its values.
    public Result put(HandleRecord stored) {
        var body = new Body.ValuesRequest(stored.handle(), stored.values());
        return Result.of(call(OpCode.CREATE_HANDLE, OpFlag.OVERWRITE, body));
    }

    /// Creates a handle whose suffix the server completes; [Body.CreateResponse] tells it.
    ///
    /// @param stem how the handle begins: prefix, slash, and possibly more
    public Result mint(Handle stem, List<HandleValue> values) {
        return Result.of(call(OpCode.CREATE_HANDLE, OpFlag.MINT_SUFFIX, new Body.ValuesRequest(stem, values)));
    }

    public Result delete(Handle handle) {
        return ask(OpCode.DELETE_HANDLE, new Body.HandleRequest(handle));
    }

    public Result add(Handle handle, List<HandleValue> values) {
        return ask(OpCode.ADD_VALUE, new Body.ValuesRequest(handle, values));
    }

    public Result modify(Handle handle, List<HandleValue> values) {
        return ask(OpCode.MODIFY_VALUE, new Body.ValuesRequest(handle, values));
    }

    public Result remove(Handle handle, List<Integer> indexes) {
        return ask(OpCode.REMOVE_VALUE, new Body.RemoveRequest(handle, indexes));
    }

    /// Lists the handles under a prefix, as they come.
    ///
    /// @param prefix e.g. `88.118.7`
    public Result list(String prefix, Consumer<Handle> each) {
        return list(OpCode.LIST_HANDLES, Handle.ofPrefix(prefix), each);
    }

    /// Lists the handles `0.NA/…` of the prefixes the server answers for.
    public Result listPrefixes(Consumer<Handle> each) {
        return list(OpCode.LIST_HOMED_PREFIXES, Handle.BLANK, each);
    }

    private Result list(int opCode, Handle about, Consumer<Handle> each) {
        return stream(opCode, new Body.HandleRequest(about), body -> {
            if (body instanceof Body.HandleList(var handles)) {
                handles.forEach(each);
            }
        });
    }

    /// Hands over every message of an answer, the last one too.
    private Result stream(int opCode, Body asked, Consumer<Body> each) {
        var call = Call.of(opCode, ASKING, asked).by(identity).in(session);
        var exchange = call(call.each(message -> each.accept(message.body())));
        if (exchange instanceof Exchange.Answered(var last, var _, int _)) {
            each.accept(last.body());
        }
        return Result.of(exchange);
    }

    /// Asks for the transactions after one; needs a session. See [Mirror].
    Result transactions(long after, Body.Share share, Consumer<Body.TransactionsResponse> each) {
        return stream(OpCode.RETRIEVE_TRANSACTIONS, new Body.TransactionsRequest(after, 0, share), body -> {
            if (body instanceof Body.TransactionsResponse page) {
                each.accept(page);
            }
        });
    }

    /// Asks for all records; needs a session. See [Mirror].
    Result records(Body.Share share, Consumer<HandleRecord> each) {
        return stream(OpCode.DUMP_HANDLES, new Body.DumpRequest(share, Octets.EMPTY, 0), body -> {
            if (body instanceof Body.DumpResponse(var records)) {
                records.forEach(each);
            }
        });
    }

    /// @param prefix that the server is to answer for from now on
    public Result home(String prefix) {
        return ask(OpCode.HOME_PREFIX, new Body.HandleRequest(Handle.ofPrefix(prefix)));
    }

    public Result unhome(String prefix) {
        return ask(OpCode.UNHOME_PREFIX, new Body.HandleRequest(Handle.ofPrefix(prefix)));
    }

    /// Asks for the number of the next transaction: [Body.NextTransaction].
    public Result nextTransaction() {
        return ask(OpCode.NEXT_TRANSACTION, new Body.HandleRequest(Handle.BLANK));
    }

    /// Has the server copy everything to where it can be restored from (operation 1003).
    public Result backUp() {
        return ask(OpCode.BACK_UP, new Body.HandleRequest(Handle.BLANK));
    }

    /// What came of asking for a session.
    public sealed interface Opening {
        /// @param client does everything in the session
        record Opened(AdministeringClient client) implements Opening {}

        /// @param why as for other requests
        record Refused(Result why) implements Opening {}
    }

    /// Sets up a session by Diffie-Hellman, in which everything is encrypted and a proof is needed once.
    ///
    /// @param server the key its answer is signed with, as its site says: otherwise anyone in between could be
    ///     at the other end
    public Opening openSession(VerificationKey server) {
        var keys = KeyAgreement.diffieHellmanKeys();
        var body = new Body.SessionRequest(
                KeyExchange.DIFFIE_HELLMAN,
                SESSION_SECONDS,
                identity.reference(),
                KeyAgreement.offer(keys),
                Optional.empty());
        var exchange = caller.call(
                Call.of(OpCode.SESSION_SETUP, OpFlag.REQUEST_DIGEST, body).signedBy(server));
        if (exchange instanceof Exchange.Answered(var message, var from, int sessionId)
                && message.body() instanceof Body.SessionResponse(int _, var told)) {
            try {
                var key = KeyAgreement.finishDiffieHellman(keys, told);
                var opened = new ClientSession(sessionId, key);
                return new Opening.Opened(new AdministeringClient(caller, identity, Optional.of(opened)));
            } catch (MalformedException e) {
                return new Opening.Refused(new Result.Garbled(from, e.getMessage()));
            }
        }
        return new Opening.Refused(Result.of(exchange));
    }

    /// Sets up a session whose key is sent to the server, encrypted with the server's key (operation 402): for servers
    /// with a key of RSA.
    ///
    /// @param server the key its answers are signed with, as its site says
    public Opening openSessionByServerKey(VerificationKey server) {
        var body = new Body.SessionRequest(
                KeyExchange.SERVER_KEY, SESSION_SECONDS, identity.reference(), Octets.EMPTY, Optional.empty());
        var exchange = caller.call(
                Call.of(OpCode.SESSION_SETUP, OpFlag.REQUEST_DIGEST, body).signedBy(server));
        if (!(exchange instanceof Exchange.Answered(var message, var from, int sessionId))
                || !(message.body() instanceof Body.SessionResponse)) {
            return new Opening.Refused(Result.of(exchange));
        }
        try {
            var agreed = KeyAgreement.forOwnerOf(server.encode(), new SecureRandom());
            var key = new Body.KeyRequest(agreed.told());
            var result = Result.of(caller.call(
                    Call.of(OpCode.SESSION_EXCHANGE_KEY, OpFlag.REQUEST_DIGEST, key)
                            .signedBy(server),
                    sessionId));
            var opened = new ClientSession(sessionId, agreed.key());
            return result instanceof Result.Done
                    ? new Opening.Opened(new AdministeringClient(caller, identity, Optional.of(opened)))
                    : new Opening.Refused(result);
        } catch (MalformedException e) {
            return new Opening.Refused(new Result.Garbled(from, e.getMessage()));
        }
    }

    Optional<ClientSession> session() {
        return session;
    }

    /// Ends the session, if there is one.
    public Result closeSession() {
        return ask(OpCode.SESSION_TERMINATE, new Body.HandleRequest(Handle.BLANK));
    }
}
