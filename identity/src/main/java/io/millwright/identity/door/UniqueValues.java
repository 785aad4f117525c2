package io.millwright.identity.door;

import io.millwright.identity.message.Body;
import io.millwright.identity.message.OpCode;
import io.millwright.identity.message.OpFlag;
import io.millwright.identity.record.Administrator;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.ValueText;
import io.millwright.identity.record.ValueTypes;
import io.millwright.identity.template.Filled;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// Sees to it that items said to be unique are: each value is claimed by a record of its own, `PREFIX/UNIQUE_…`,
/// whose HS_ALIAS leads to the record that has the value. There can be only one such handle, so that the store
/// decides, and the claim outlives the process. A claim whose record is gone, or has another value, is taken over.
final class UniqueValues {

    /// What the suffixes of claims begin with.
    static final String START = "UNIQUE_";

    private static final int ALIAS_INDEX = 1;
    private static final int STRIPES = 64;

    private final Node node;
    private final List<Lock> stripes =
            IntStream.range(0, STRIPES).<Lock>mapToObj(i -> new ReentrantLock()).toList();

    UniqueValues(Node node) {
        this.node = node;
    }

    /// @param handle of the claim, by template, item and value
    /// @param owner the record that is to have the value
    /// @param filled the value
    record Claim(Handle handle, Handle owner, Filled filled) {}

    /// The claims that values make.
    List<Claim> claims(TemplateRecords.Kept kept, List<Filled> values, Handle owner) {
        var claims = new ArrayList<Claim>();
        for (var value : values) {
            boolean unique = kept.template().items().stream().anyMatch(i -> i.index() == value.index() && i.unique());
            if (unique) {
                var text = kept.handle().key() + "\n" + value.index() + "\n" + value.value();
                claims.add(new Claim(Handle.of(kept.handle().prefix() + "/" + START + digest(text)), owner, value));
            }
        }
        return claims;
    }

    private static String digest(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /// Claims the values and does the work; gives up the claims made for it if it comes to nothing.
    Outcome with(List<Claim> claims, Client client, Supplier<Outcome> work) {
        var locks = claims.stream()
                .map(c -> Math.floorMod(c.handle().hashCode(), STRIPES))
                .distinct()
                .sorted() // In one order, so that no two wait for each other.
                .map(stripes::get)
                .toList();
        locks.forEach(Lock::lock);
        try {
            var made = new ArrayList<Claim>();
            for (var claim : claims) {
                var outcome = claim(claim, client, made);
                if (outcome instanceof Outcome.Refused) {
                    release(made, client);
                    return outcome;
                }
            }
            var outcome = work.get();
            if (outcome instanceof Outcome.Refused) {
                release(made, client);
            }
            return outcome;
        } finally {
            locks.forEach(Lock::unlock);
        }
    }

    private Outcome claim(Claim claim, Client client, List<Claim> made) {
        var holder = holder(claim);
        if (holder.filter(claim.owner()::equals).isPresent()) {
            return Outcome.DONE;
        }
        if (holder.isPresent() && holds(holder.get(), claim)) {
            return Outcome.refused(Outcome.Reason.WRONG_VALUES, claim.filled().type() + " 应唯一, 该值已属于 " + holder.get());
        }
        var outcome = Outcome.of(client.ask(node, OpCode.CREATE_HANDLE, OpFlag.OVERWRITE, body(claim, client)));
        if (outcome instanceof Outcome.Done) {
            made.add(claim);
        }
        return outcome;
    }

    private static Body.ValuesRequest body(Claim claim, Client client) {
        var values = new ArrayList<HandleValue>();
        values.add(HandleValue.published(
                ALIAS_INDEX, ValueTypes.HS_ALIAS, claim.owner().toString(), 0));
        if (client instanceof Client.Known(var who)) {
            values.add(TemplateRecords.administrator(TemplateRecords.OWNER_INDEX, Administrator.ALL, who));
        }
        return new Body.ValuesRequest(claim.handle(), values);
    }

    private Optional<Handle> holder(Claim claim) {
        return node.find(claim.handle())
                .flatMap(found -> found.textOf(ValueTypes.HS_ALIAS))
                .filter(alias -> alias.length() * 3 <= Handle.MAX_BYTES)
                .map(Handle::of);
    }

    /// Whether a record has the claimed value, or one that only others may read.
    private boolean holds(Handle holder, Claim claim) {
        return node.find(holder).map(found -> has(found, claim.filled())).orElse(false);
    }

    private static boolean has(HandleRecord found, Filled filled) {
        return found.value(filled.index())
                .map(v -> ValueText.of(v).equals(filled.value()))
                .orElse(true);
    }

    void release(List<Claim> claims, Client client) {
        for (var claim : claims) {
            if (holder(claim).filter(claim.owner()::equals).isPresent()) {
                var _ = client.ask(node, OpCode.DELETE_HANDLE, 0, new Body.HandleRequest(claim.handle()));
            }
        }
    }
}
