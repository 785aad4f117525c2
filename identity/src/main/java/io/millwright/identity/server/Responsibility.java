package io.millwright.identity.server;

import io.millwright.identity.message.Body;
import io.millwright.identity.message.ResponseCode;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.ServerHash;
import io.millwright.identity.record.Site;
import io.millwright.identity.record.ValueTypes;
import io.millwright.identity.registry.Registry;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Which handles this server answers for, and who answers for others as far as it knows (RFC 3652, sections 3.1.3 and
/// 3.4).
///
/// A prefix that is registered here and served elsewhere is told by a service referral: the HS_SITE and HS_SERV values
/// of its handle. Prefixes below a registered one are told by a prefix referral, if the registered one has delegated
/// them (HS_SITE.PREFIX, HS_SERV.PREFIX).
///
/// @param registry the records
/// @param site the servers that share them by hash
/// @param position which of them this is, from 0
record Responsibility(Registry registry, Site site, int position) {

    /// Nothing if this server answers for the handle.
    ///
    /// @param mayRefer whether the client wants to be told who does
    Optional<Outcome> objection(Handle handle, boolean mayRefer) {
        if (!handle.isComplete()) {
            return Optional.of(Outcome.error(
                    ResponseCode.INVALID_HANDLE, "\"" + handle + "\" is not a handle; write prefix/suffix"));
        }
        if (!registry.answersFor(handle)) {
            return Optional.of((mayRefer ? referral(handle) : Optional.<Outcome>empty())
                    .orElseGet(() -> Outcome.error(
                            ResponseCode.SERVER_NOT_RESPONSIBLE,
                            "this node does not answer for prefix " + handle.prefix())));
        }
        if (ServerHash.serverOf(handle, site) != position) {
            return Optional.of(Outcome.error(
                    ResponseCode.SERVER_NOT_RESPONSIBLE, "another server of this site answers for " + handle));
        }
        return Optional.empty();
    }

    /// Who knows of a handle that is not registered here: the prefixes above `0.NA/…` may have been delegated.
    Outcome missing(Handle handle, boolean mayRefer) {
        return (mayRefer && handle.describesPrefix() ? delegation(handle) : Optional.<Outcome>empty())
                .orElse(Outcome.NOT_FOUND);
    }

    private Optional<Outcome> referral(Handle handle) {
        return handle.describesPrefix()
                ? delegation(handle)
                : referral(ResponseCode.SERVICE_REFERRAL, Handle.ofPrefix(handle.prefix()), Responsibility::isService);
    }

    private Optional<Outcome> delegation(Handle handle) {
        for (var above = handle.parentPrefix(); !above.equals(Handle.ROOT); above = above.parentPrefix()) {
            var referral = referral(ResponseCode.PREFIX_REFERRAL, above, Responsibility::isDelegation);
            if (referral.isPresent()) {
                return referral;
            }
        }
        return Optional.empty();
    }

    private Optional<Outcome> referral(int code, Handle prefix, Predicate<HandleValue> tells) {
        List<HandleValue> values = registry.find(prefix).map(HandleRecord::values).orElse(List.of()).stream()
                .filter(value -> value.permissions().publicRead())
                .filter(tells)
                .toList();
        return values.isEmpty() ? Optional.empty() : Optional.of(new Outcome(code, new Body.Referral(prefix, values)));
    }

    private static boolean isService(HandleValue value) {
        return value.hasType(ValueTypes.HS_SITE) || value.hasType(ValueTypes.HS_SERV);
    }

    private static boolean isDelegation(HandleValue value) {
        return value.hasType(ValueTypes.HS_SITE_PREFIX)
                || value.hasType(ValueTypes.HS_SERV_PREFIX)
                || value.hasType(ValueTypes.HS_NA_DELEGATE);
    }
}
