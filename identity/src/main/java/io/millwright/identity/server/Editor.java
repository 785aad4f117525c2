package io.millwright.identity.server;

import io.millwright.identity.message.Body;
import io.millwright.identity.message.Header;
import io.millwright.identity.message.OpCode;
import io.millwright.identity.message.OpFlag;
import io.millwright.identity.message.ResponseCode;
import io.millwright.identity.record.Administrator;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.ValueReference;
import io.millwright.identity.registry.Change;
import io.millwright.identity.registry.Commit;
import io.millwright.identity.registry.Ledger;
import io.millwright.identity.wire.Octets;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/// Creation, deletion and changes of handles (RFC 3652, section 3.6). Whoever asks needs the permission that the
/// operation calls for in the HS_ADMIN values of the handle, or of its prefix where a handle is created.
final class Editor {

    /// How often a change is tried again that another change came before.
    private static final int ATTEMPTS = 10;

    private final Ledger ledger;
    private final Authority authority;

    Editor(Ledger ledger, Authority authority) {
        this.ledger = ledger;
        this.authority = authority;
    }

    /// @param nowSeconds the timestamp that changed values get, seconds since 1970
    Outcome perform(Header header, Body body, Requester requester, int nowSeconds) {
        return again(() -> switch (body) {
            case Body.ValuesRequest(var handle, var values)
            when header.opCode() == OpCode.CREATE_HANDLE ->
                create(header, new ValueEdits(values, nowSeconds), handle, requester);
            case Body.ValuesRequest(var handle, var values)
            when header.opCode() == OpCode.ADD_VALUE -> {
                var edits = new ValueEdits(values, nowSeconds);
                boolean replace = header.has(OpFlag.OVERWRITE);
                yield edit(handle, requester, before -> edits.add(before, replace));
            }
            case Body.ValuesRequest(var handle, var values) -> {
                var edits = new ValueEdits(values, nowSeconds);
                yield edit(handle, requester, edits::modify);
            }
            case Body.RemoveRequest(var handle, var indexes) ->
                edit(handle, requester, before -> ValueEdits.remove(before, indexes));
            case Body.HandleRequest(var handle) -> delete(handle, requester);
            default -> throw new IllegalArgumentException("not a change: " + body);
        });
    }

    /// What is to be done with a record.
    sealed interface Edit {
        /// @param after what is to be there
        /// @param permissions that it takes: bits of [Administrator]; 0 if anyone may
        record Allowed(HandleRecord after, int permissions) implements Edit {}

        record Refused(Outcome why) implements Edit {}
    }

    private interface Edition {
        Edit of(HandleRecord before);
    }

    private Outcome edit(Handle handle, Requester requester, Edition edition) {
        var before = ledger.find(handle);
        if (before.isEmpty()) {
            return Outcome.NOT_FOUND;
        }
        return switch (edition.of(before.get())) {
            case Edit.Refused(var why) -> requester.identity().isEmpty() ? Outcome.WHO_ARE_YOU : why;
            case Edit.Allowed(var after, int permissions) ->
                permissionFor(permissions, before.get(), requester)
                        .or(() -> tooLong(after))
                        .orElseGet(() -> commit(new Change.Replace(before.get(), after), Outcome.DONE));
        };
    }

    /// Nothing if the requester has the permissions.
    private Optional<Outcome> permissionFor(int permissions, HandleRecord in, Requester requester) {
        if (permissions == 0) {
            return Optional.empty();
        }
        if (requester.identity().isEmpty()) {
            return Optional.of(Outcome.WHO_ARE_YOU);
        }
        var identity = requester.identity().get();
        int has = authority.permissions(in, identity);
        return (has & permissions) == permissions ? Optional.empty() : Optional.of(denied(has, identity, in.handle()));
    }

    private static Outcome denied(int has, ValueReference identity, Handle handle) {
        return has == 0
                ? Outcome.error(ResponseCode.NOT_AUTHORIZED, identity + " is no administrator of " + handle)
                : Outcome.error(ResponseCode.ACCESS_DENIED, identity + " lacks the permission for this in " + handle);
    }

    private static final int MINTED_CHARACTERS = 36;

    /// Whether a handle may get a minted suffix.
    static boolean canMint(Handle start) {
        return Octets.utf8(start.toString()).length() + MINTED_CHARACTERS <= Handle.MAX_BYTES;
    }

    private Outcome create(Header header, ValueEdits values, Handle asked, Requester requester) {
        var handle = header.has(OpFlag.MINT_SUFFIX)
                ? Handle.of(asked + UUID.randomUUID().toString())
                : asked;
        var denial = creationDenied(handle, requester).or(values::objection);
        if (denial.isPresent()) {
            return denial.get();
        }
        var created = new HandleRecord(handle, values.stamped());
        var tooLong = tooLong(created);
        if (tooLong.isPresent()) {
            return tooLong.get();
        }
        var existing = ledger.find(handle);
        if (existing.isEmpty()) {
            var done = new Outcome(ResponseCode.SUCCESS, new Body.CreateResponse(handle));
            return commit(new Change.Create(created), done);
        }
        if (!header.has(OpFlag.OVERWRITE)) {
            return Outcome.error(ResponseCode.HANDLE_ALREADY_EXISTS, handle + " exists already");
        }
        var replaced = new Outcome(
                ResponseCode.SUCCESS, new Body.CreateResponse(existing.get().handle()));
        return permissionFor(Administrator.DELETE_HANDLE, existing.get(), requester)
                .orElseGet(() -> commit(new Change.Replace(existing.get(), created), replaced));
    }

    /// What nobody could be told is not kept.
    private static Optional<Outcome> tooLong(HandleRecord record) {
        return record.octets() <= HandleRecord.MAX_BYTES
                ? Optional.empty()
                : Optional.of(Outcome.error(
                        ResponseCode.VALUE_INVALID,
                        "the values of " + record.handle() + " would take " + record.octets() + " octets; at most "
                                + HandleRecord.MAX_BYTES + " fit into an answer"));
    }

    /// Handles are created by the administrators of their prefix, `0.NA/a.b` by those of `0.NA/a`. The first
    /// handle of a prefix that was homed here, its own, is a steward's to create.
    private Optional<Outcome> creationDenied(Handle handle, Requester requester) {
        if (requester.identity().isEmpty()) {
            return Optional.of(Outcome.WHO_ARE_YOU);
        }
        if (handle.describesPrefix() && authority.isSteward(requester.identity().get())) {
            return Optional.empty();
        }
        var prefix = handle.describesPrefix() ? handle.parentPrefix() : Handle.ofPrefix(handle.prefix());
        int needed = handle.describesPrefix() ? Administrator.ADD_DERIVED_PREFIX : Administrator.ADD_HANDLE;
        return authority
                .find(prefix)
                .map(found -> permissionFor(needed, found, requester))
                .orElseGet(() -> Optional.of(Outcome.error(
                        ResponseCode.NOT_AUTHORIZED, "nobody is known to administer " + prefix + " here")));
    }

    private Outcome delete(Handle handle, Requester requester) {
        var before = ledger.find(handle);
        if (before.isEmpty()) {
            return Outcome.NOT_FOUND;
        }
        return permissionFor(Administrator.DELETE_HANDLE, before.get(), requester)
                .orElseGet(() -> commit(new Change.Delete(before.get()), Outcome.DONE));
    }

    /// The outcome of a change that another change came before; it never leaves the editor.
    private static final Outcome CONFLICT = Outcome.error(ResponseCode.SERVER_BUSY, "many change the handle at once");

    private static Outcome again(Supplier<Outcome> attempt) {
        var outcome = attempt.get();
        for (int i = 1; i < ATTEMPTS && CONFLICT.equals(outcome); i++) {
            outcome = attempt.get();
        }
        return outcome;
    }

    private Outcome commit(Change change, Outcome done) {
        return commit(ledger, change, done, CONFLICT);
    }

    /// Waits until the change is durable.
    static Outcome commit(Ledger ledger, Change change, Outcome done, Outcome conflict) {
        try {
            return switch (ledger.commit(change).join()) {
                case Commit.Done _ -> done;
                case Commit.Conflict _ -> conflict;
                case Commit.Busy _ -> Outcome.error(ResponseCode.SERVER_BUSY, "too many changes wait for the disk");
            };
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException disk) {
                return Outcome.error(ResponseCode.ERROR, "the node could not keep the change: " + disk.getMessage());
            }
            throw e;
        }
    }
}
