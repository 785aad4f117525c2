package io.millwright.identity.server;

import io.millwright.identity.message.ResponseCode;
import io.millwright.identity.record.Administrator;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.ValueTypes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What becomes of a record's values when some are added, modified or removed, and which permissions that takes (RFC
/// 3652, section 3.6; RFC 3651, section 3.2.1): those about HS_ADMIN values are other ones than those about the rest.
///
/// @param values what the request brings
/// @param nowSeconds the timestamp that values get, seconds since 1970
record ValueEdits(List<HandleValue> values, int nowSeconds) {

    /// Why the values cannot be those of a handle.
    Optional<Outcome> objection() {
        if (values.isEmpty()) {
            return Optional.of(Outcome.error(ResponseCode.VALUE_INVALID, "there is no value in the request"));
        }
        var indexes = new HashSet<Integer>();
        for (var value : values) {
            if (value.index() <= 0) {
                return invalid(value.index(), "a value's index is from 1 to 2147483647");
            }
            if (value.type().isEmpty() || value.type().endsWith(".")) {
                return invalid(value.index(), "a value's type is not empty and does not end with a dot");
            }
            if (!indexes.add(value.index())) {
                return invalid(value.index(), "two values have the same index");
            }
        }
        return Optional.empty();
    }

    private static Optional<Outcome> invalid(int index, String why) {
        return Optional.of(Outcome.error(ResponseCode.VALUE_INVALID, why + "; see index " + index, index));
    }

    List<HandleValue> stamped() {
        return values.stream().map(this::stamped).toList();
    }

    private HandleValue stamped(HandleValue value) {
        return new HandleValue(
                value.index(),
                value.type(),
                value.data(),
                value.permissions(),
                value.ttl(),
                nowSeconds,
                value.references());
    }

    private static boolean isAdmin(HandleValue value) {
        return value.hasType(ValueTypes.HS_ADMIN);
    }

    /// @param replace whether a value takes the place of one with its index
    Editor.Edit add(HandleRecord before, boolean replace) {
        var objection = objection();
        if (objection.isPresent()) {
            return new Editor.Edit.Refused(objection.get());
        }
        var after = byIndex(before);
        int permissions = 0;
        for (var value : values) {
            var existing = Optional.ofNullable(after.get(value.index()));
            if (existing.isPresent() && !replace) {
                return refused(ResponseCode.VALUE_ALREADY_EXISTS, "a value exists with index ", value.index());
            }
            if (existing.isPresent() && !existing.get().permissions().adminWrite()) {
                return refused(ResponseCode.ACCESS_DENIED, "nobody may write the value with index ", value.index());
            }
            permissions |= existing.map(e -> modification(e, value)).orElse(0)
                    | (isAdmin(value) ? Administrator.ADD_ADMIN : Administrator.ADD_VALUE);
            after.put(value.index(), stamped(value));
        }
        if (after.size() > HandleRecord.MAX_VALUES) {
            return new Editor.Edit.Refused(Outcome.error(
                    ResponseCode.VALUE_INVALID, "a handle has at most " + HandleRecord.MAX_VALUES + " values"));
        }
        return allowed(before, after, permissions);
    }

    Editor.Edit modify(HandleRecord before) {
        var objection = objection();
        if (objection.isPresent()) {
            return new Editor.Edit.Refused(objection.get());
        }
        var after = byIndex(before);
        int permissions = 0;
        for (var value : values) {
            var existing = Optional.ofNullable(after.get(value.index()));
            if (existing.isEmpty()) {
                return refused(ResponseCode.VALUE_NOT_FOUND, "there is no value with index ", value.index());
            }
            var writable = existing.get().permissions();
            if (!writable.adminWrite() && !writable.publicWrite()) {
                return refused(ResponseCode.ACCESS_DENIED, "nobody may write the value with index ", value.index());
            }
            if (!isPublic(existing.get(), value)) {
                permissions |= modification(existing.get(), value);
            }
            after.put(value.index(), stamped(value));
        }
        return allowed(before, after, permissions);
    }

    /// Anyone may write the value, and nothing but its data changes: who may read and write it is not for anyone to
    /// say.
    private static boolean isPublic(HandleValue before, HandleValue after) {
        return before.permissions().publicWrite()
                && before.permissions().equals(after.permissions())
                && before.type().equals(after.type())
                && !isAdmin(before);
    }

    private static int modification(HandleValue before, HandleValue after) {
        int admin = isAdmin(before) || isAdmin(after) ? Administrator.MODIFY_ADMIN : 0;
        return isAdmin(before) && isAdmin(after) ? admin : admin | Administrator.MODIFY_VALUE;
    }

    static Editor.Edit remove(HandleRecord before, List<Integer> indexes) {
        var after = byIndex(before);
        int permissions = 0;
        for (int index : indexes) {
            var existing = Optional.ofNullable(after.remove(index));
            if (existing.isEmpty()) {
                return refused(ResponseCode.VALUE_NOT_FOUND, "there is no value with index ", index);
            }
            if (!existing.get().permissions().adminWrite()) {
                return refused(ResponseCode.ACCESS_DENIED, "nobody may write the value with index ", index);
            }
            permissions |= isAdmin(existing.get()) ? Administrator.REMOVE_ADMIN : Administrator.REMOVE_VALUE;
        }
        return indexes.isEmpty()
                ? new Editor.Edit.Refused(
                        Outcome.error(ResponseCode.VALUE_NOT_FOUND, "there is no index in the request"))
                : allowed(before, after, permissions);
    }

    private static Map<Integer, HandleValue> byIndex(HandleRecord record) {
        var values = new LinkedHashMap<Integer, HandleValue>();
        record.values().forEach(v -> values.put(v.index(), v));
        return values;
    }

    private static Editor.Edit allowed(HandleRecord before, Map<Integer, HandleValue> after, int permissions) {
        var values = new ArrayList<>(after.values());
        return new Editor.Edit.Allowed(new HandleRecord(before.handle(), values), permissions);
    }

    private static Editor.Edit refused(int code, String why, int index) {
        return new Editor.Edit.Refused(Outcome.error(code, why + Integer.toUnsignedString(index), index));
    }
}
