package io.millwright.node.tree;

import io.millwright.identity.client.AdministeringClient;
import io.millwright.identity.client.Result;
import io.millwright.identity.record.Administrator;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.Permissions;
import io.millwright.identity.record.TimeToLive;
import io.millwright.identity.record.ValueReference;
import io.millwright.identity.record.ValueTypes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What an edit does to a record as it is now: the values that differ, and the requests that change them.
///
/// @param action `create`, `change`, `delete` or `nothing`
/// @param differences value by value
/// @param requests in the order in which they are made: what is there is changed before anything is taken away
record RecordEdit(String action, List<RecordViews.DifferenceView> differences, List<Request> requests) {

    static final String NOTHING = "nothing";

    private static final int ADMIN_INDEX = 100;

    /// One request of the protocol.
    record Request(String kind, List<Long> indexes, Function<AdministeringClient, Result> make) {}

    static RecordEdit of(
            RecordViews.EditView edit,
            Handle handle,
            Optional<HandleRecord> before,
            Optional<RecordViews.CredentialsView> credentials) {
        var wanted = edit.values();
        if (wanted == null) {
            return before.map(RecordEdit::deletion).orElseGet(() -> new RecordEdit(NOTHING, List.of(), List.of()));
        }
        if (wanted.isEmpty()) {
            throw RefusedException.wrong("a record has at least one value; to delete it leave `values` out");
        }
        var values = new ArrayList<HandleValue>();
        var indexes = new HashSet<Integer>();
        for (var view : wanted) {
            var old = before.flatMap(b -> b.value((int) view.index()));
            var value = Values.value(view, old);
            if (!indexes.add(value.index())) {
                throw RefusedException.wrong("two values have index " + value.index());
            }
            values.add(value);
        }
        return before.isPresent() ? change(before.get(), values) : creation(handle, values, credentials);
    }

    private static RecordEdit deletion(HandleRecord before) {
        var removed = before.values().stream().map(v -> removal(v)).toList();
        return new RecordEdit(
                "delete", removed, List.of(new Request("delete", List.of(), c -> c.delete(before.handle()))));
    }

    /// A record that nobody could change later is given its creator as an administrator.
    private static RecordEdit creation(
            Handle handle, List<HandleValue> values, Optional<RecordViews.CredentialsView> credentials) {
        boolean administered = values.stream().anyMatch(v -> v.hasType(ValueTypes.HS_ADMIN));
        if (!administered && credentials.isPresent()) {
            values.add(administrator(values, credentials.get()));
        }
        var created = new HandleRecord(handle, values);
        return new RecordEdit(
                "create",
                values.stream().map(RecordEdit::addition).toList(),
                List.of(new Request("create", indexes(values), c -> c.create(created))));
    }

    private static HandleValue administrator(List<HandleValue> values, RecordViews.CredentialsView credentials) {
        int index = ADMIN_INDEX;
        while (isTaken(values, index)) {
            index++;
        }
        var named = credentials.administrator().strip();
        int colon = named.indexOf(':');
        var reference =
                new ValueReference(Handle.of(named.substring(colon + 1)), Integer.parseInt(named.substring(0, colon)));
        var data = new Administrator(Administrator.ALL, reference).encode();
        return new HandleValue(index, ValueTypes.HS_ADMIN, data, Permissions.PUBLISHED, TimeToLive.DAY, 0, List.of());
    }

    private static boolean isTaken(List<HandleValue> values, int index) {
        return values.stream().anyMatch(v -> v.index() == index);
    }

    private static RecordEdit change(HandleRecord before, List<HandleValue> wanted) {
        var differences = new ArrayList<RecordViews.DifferenceView>();
        var added = new ArrayList<HandleValue>();
        var modified = new ArrayList<HandleValue>();
        var removed = new ArrayList<HandleValue>(before.values());
        for (var value : wanted) {
            removed.removeIf(v -> v.index() == value.index());
            var old = before.value(value.index());
            if (old.isEmpty()) {
                added.add(value);
                differences.add(addition(value));
            } else if (!Values.isSame(old.get(), value)) {
                modified.add(value);
                differences.add(new RecordViews.DifferenceView(
                        "modify", value.index(), Values.view(old.get()), Values.view(value)));
            }
        }
        removed.forEach(value -> differences.add(removal(value)));
        var handle = before.handle();
        var requests = new ArrayList<Request>();
        if (!added.isEmpty()) {
            requests.add(new Request("add", indexes(added), c -> c.add(handle, added)));
        }
        if (!modified.isEmpty()) {
            requests.add(new Request("modify", indexes(modified), c -> c.modify(handle, modified)));
        }
        if (!removed.isEmpty()) {
            var gone = removed.stream().map(HandleValue::index).toList();
            requests.add(new Request("remove", indexes(removed), c -> c.remove(handle, gone)));
        }
        return new RecordEdit(requests.isEmpty() ? NOTHING : "change", differences, requests);
    }

    private static List<Long> indexes(List<HandleValue> values) {
        return values.stream().map(v -> Integer.toUnsignedLong(v.index())).toList();
    }

    private static RecordViews.DifferenceView addition(HandleValue value) {
        return new RecordViews.DifferenceView("add", value.index(), null, Values.view(value));
    }

    private static RecordViews.DifferenceView removal(HandleValue value) {
        return new RecordViews.DifferenceView("remove", value.index(), Values.view(value), null);
    }
}
