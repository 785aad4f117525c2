package io.millwright.identity.server;

import io.millwright.identity.message.Body;
import io.millwright.identity.message.ResponseCode;
import io.millwright.identity.record.Administrator;
import io.millwright.identity.record.Handle;
import io.millwright.identity.registry.Change;
import io.millwright.identity.registry.Ledger;
import java.util.List;
import java.util.Optional;

/// Prefixes and the handles under them (RFC 3652, section 3.7, and the operations 300 to 302 in use).
final class Listings {

    /// Handles in one message: with the longest handles, a message of 256 KiB.
    private static final int PAGE = 100;

    private static final Handle START = Handle.of("");

    private final Ledger ledger;
    private final Authority authority;

    Listings(Ledger ledger, Authority authority) {
        this.ledger = ledger;
        this.authority = authority;
    }

    /// The handles under a prefix, for its administrators.
    ///
    /// @param prefix a handle `0.NA/…`
    Outcome handles(Handle prefix, Requester requester) {
        if (!prefix.describesPrefix()) {
            return notAPrefix(prefix);
        }
        if (!ledger.answersFor(Handle.of(prefix.suffix() + "/x"))) {
            return Outcome.error(
                    ResponseCode.SERVER_NOT_RESPONSIBLE, "this node does not answer for prefix " + prefix.suffix());
        }
        if (requester.identity().isEmpty()) {
            return Outcome.WHO_ARE_YOU;
        }
        var identity = requester.identity().get();
        int has = authority
                .find(prefix)
                .map(p -> authority.permissions(p, identity))
                .orElse(0);
        return (has & Administrator.LIST_HANDLES) != 0 || authority.isSteward(identity)
                ? page(prefix.suffix(), START)
                : Outcome.error(ResponseCode.NOT_AUTHORIZED, identity + " may not list the handles of " + prefix);
    }

    private Outcome page(String prefix, Handle after) {
        var page = ledger.handles(prefix, after, PAGE);
        var body = new Body.HandleList(page);
        return page.size() < PAGE
                ? new Outcome(ResponseCode.SUCCESS, body)
                : new Outcome(ResponseCode.SUCCESS, body, Optional.of(() -> page(prefix, page.getLast())));
    }

    /// The handles `0.NA/…` of the homed prefixes, for stewards and mirrors.
    Outcome prefixes(Requester requester) {
        return copying(requester).orElseGet(() -> {
            List<Handle> prefixes =
                    ledger.prefixes().stream().map(Handle::ofPrefix).toList();
            return new Outcome(ResponseCode.SUCCESS, new Body.HandleList(prefixes));
        });
    }

    Outcome home(Handle prefix, Requester requester) {
        return prefix.describesPrefix()
                ? stewardship(requester).orElseGet(() -> made(new Change.Home(prefix.suffix())))
                : notAPrefix(prefix);
    }

    Outcome unhome(Handle prefix, Requester requester) {
        return prefix.describesPrefix()
                ? stewardship(requester).orElseGet(() -> made(new Change.Unhome(prefix.suffix())))
                : notAPrefix(prefix);
    }

    private Outcome made(Change change) {
        return Editor.commit(ledger, change, Outcome.DONE, Outcome.DONE);
    }

    private static Outcome notAPrefix(Handle handle) {
        return Outcome.error(
                ResponseCode.INVALID_HANDLE, "\"" + handle + "\" describes no prefix; write 0.NA/ and the prefix");
    }

    /// Nothing if the requester may copy everything.
    Optional<Outcome> copying(Requester requester) {
        return requester.identity().filter(authority::isMirror).isPresent() ? Optional.empty() : stewardship(requester);
    }

    /// Nothing if the requester is a steward.
    Optional<Outcome> stewardship(Requester requester) {
        if (requester.identity().isEmpty()) {
            return Optional.of(Outcome.WHO_ARE_YOU);
        }
        var identity = requester.identity().get();
        return authority.isSteward(identity)
                ? Optional.empty()
                : Optional.of(Outcome.error(ResponseCode.NOT_AUTHORIZED, identity + " is no steward of this node"));
    }
}
