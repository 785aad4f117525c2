package io.millwright.identity.server;

import io.millwright.identity.message.Body;
import io.millwright.identity.message.Header;
import io.millwright.identity.message.OpCode;
import io.millwright.identity.message.OpFlag;
import io.millwright.identity.message.ResponseCode;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.Site;
import io.millwright.identity.registry.Ledger;
import io.millwright.identity.registry.Registry;
import io.millwright.model.Time;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// What comes of an operation once it is known who asks for it.
final class Operations {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Registry registry;
    private final Responsibility responsibility;
    private final Site site;
    private final Time time;
    private final Optional<Steered> steered;

    /// What only a node has that can be changed.
    private record Steered(
            Ledger ledger, Authority authority, Editor editor, Listings listings, Replication replication) {}

    /// A node that only resolves.
    Operations(Registry registry, Site site, int position, Time time) {
        this(registry, site, position, time, Optional.empty());
    }

    /// A node that can be changed.
    static Operations of(Ledger ledger, Authority authority, Site site, int position, Time time) {
        var steered = new Steered(
                ledger,
                authority,
                new Editor(ledger, authority),
                new Listings(ledger, authority),
                new Replication(ledger, new AtomicLong()));
        return new Operations(ledger, site, position, time, Optional.of(steered));
    }

    private Operations(Registry registry, Site site, int position, Time time, Optional<Steered> steered) {
        this.registry = registry;
        this.site = site;
        this.time = time;
        this.steered = steered;
        responsibility = new Responsibility(registry, site, position);
    }

    /// Whether another node is to be asked for a handle.
    boolean isElsewhere(Handle handle) {
        return handle.isComplete() && !registry.answersFor(handle);
    }

    Outcome perform(Header header, Body body, Requester requester) {
        return switch (body) {
            case Body.ResolutionRequest query -> resolve(header, query, requester);
            case Body.HandleRequest _
            when header.opCode() == OpCode.GET_SITE_INFO ->
                new Outcome(ResponseCode.SUCCESS, new Body.SiteResponse(site));
            default -> steered.map(s -> perform(s, header, body, requester)).orElseGet(() -> unsupported(header));
        };
    }

    private Outcome resolve(Header header, Body.ResolutionRequest request, Requester requester) {
        boolean mayRefer = !header.has(OpFlag.DO_NOT_REFER);
        var objection = responsibility.objection(request.handle(), mayRefer);
        if (objection.isPresent()) {
            return objection.get();
        }
        var authority = steered.map(Steered::authority);
        var query = new Query(request, header.has(OpFlag.PUBLIC_ONLY), requester, authority);
        return registry.find(request.handle())
                .map(query::select)
                .orElseGet(() -> responsibility.missing(request.handle(), mayRefer));
    }

    private Outcome perform(Steered s, Header header, Body body, Requester requester) {
        return switch (body) {
            case Body.ValuesRequest(var handle, var _) -> change(s, header, body, handle, requester);
            case Body.RemoveRequest(var handle, var _) -> change(s, header, body, handle, requester);
            case Body.HandleRequest(var handle) ->
                switch (header.opCode()) {
                    case OpCode.DELETE_HANDLE -> change(s, header, body, handle, requester);
                    case OpCode.LIST_HANDLES -> s.listings().handles(handle, requester);
                    case OpCode.LIST_HOMED_PREFIXES -> s.listings().prefixes(requester);
                    case OpCode.HOME_PREFIX ->
                        unchangeable(s).orElseGet(() -> s.listings().home(handle, requester));
                    case OpCode.UNHOME_PREFIX ->
                        unchangeable(s).orElseGet(() -> s.listings().unhome(handle, requester));
                    case OpCode.BACK_UP ->
                        s.listings()
                                .stewardship(requester)
                                .orElseGet(() -> s.authority().backUp());
                    case OpCode.NEXT_TRANSACTION ->
                        s.listings().copying(requester).orElseGet(() -> nextTransaction(s.ledger()));
                    default -> unsupported(header);
                };
            case Body.VerifyRequest proof -> verify(s, proof);
            case Body.TransactionsRequest request ->
                replicated(s, requester).orElseGet(() -> s.replication().transactions(request));
            case Body.DumpRequest request ->
                replicated(s, requester).orElseGet(() -> s.replication().records(request));
            default -> unsupported(header);
        };
    }

    /// Nothing if the requester may be told everything.
    private static Optional<Outcome> replicated(Steered s, Requester requester) {
        var refusal = s.listings().copying(requester);
        return refusal.isPresent() || requester.inSession() ? refusal : Optional.of(Replication.SESSION_NEEDED);
    }

    private static Outcome nextTransaction(Ledger ledger) {
        return new Outcome(ResponseCode.SUCCESS, new Body.NextTransaction(ledger.lastTransaction() + 1));
    }

    private Outcome change(Steered s, Header header, Body body, Handle handle, Requester requester) {
        boolean minted = header.opCode() == OpCode.CREATE_HANDLE && header.has(OpFlag.MINT_SUFFIX);
        if (minted && !Editor.canMint(handle)) {
            return Outcome.error(
                    ResponseCode.INVALID_HANDLE,
                    "there is no room for a suffix behind so long a beginning of a handle");
        }
        var stem = minted ? Handle.of(handle.prefix() + "/x") : handle;
        var objection = responsibility.objection(stem, !header.has(OpFlag.DO_NOT_REFER));
        if (objection.isPresent()) {
            return objection.get();
        }
        var unchangeable = unchangeable(s);
        if (unchangeable.isPresent()) {
            return unchangeable.get();
        }
        int nowSeconds = (int) (time.epochNanos() / NANOS_PER_SECOND);
        return s.editor().perform(header, body, requester, nowSeconds);
    }

    /// Why this node takes no changes; nothing if it does.
    private Optional<Outcome> unchangeable(Steered s) {
        return (site.isPrimary()
                        ? s.replication().objection()
                        : Optional.of("this is a mirror; changes are made at the primary server"))
                .map(why -> Outcome.error(ResponseCode.READ_ONLY, why));
    }

    private static Outcome verify(Steered s, Body.VerifyRequest proof) {
        boolean known = s.ledger().find(proof.identity().handle()).isPresent();
        return known
                ? new Outcome(
                        ResponseCode.SUCCESS,
                        new Body.VerifyResponse(s.authority().isProven(proof)))
                : Outcome.NOT_FOUND;
    }

    private static Outcome unsupported(Header header) {
        return Outcome.error(
                ResponseCode.OPERATION_DENIED,
                "operation " + Integer.toUnsignedString(header.opCode()) + " is not supported by this node");
    }
}
