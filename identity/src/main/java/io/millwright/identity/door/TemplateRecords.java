package io.millwright.identity.door;

import io.millwright.identity.message.Body;
import io.millwright.identity.message.OpCode;
import io.millwright.identity.message.OpFlag;
import io.millwright.identity.record.Administrator;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.Permissions;
import io.millwright.identity.record.TimeToLive;
import io.millwright.identity.record.ValueReference;
import io.millwright.identity.record.ValueTypes;
import io.millwright.identity.template.Template;
import io.millwright.identity.template.TemplateState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Templates, which are records of the node like others: handles `PREFIX/META_…`, with the template as the value at
/// index 1 and its owner at index 100. A draft, a withdrawn and a restricted one are for their administrators to
/// read, and for readers that these name.
final class TemplateRecords {

    /// What the suffixes of templates begin with.
    static final String START = "META_";

    static final int TEMPLATE_INDEX = 1;
    static final int OWNER_INDEX = 100;

    /// Leaves room for those it is granted to.
    private static final int FORM_BYTES_MAX = 200_000;

    private static final int LAST_ADMIN = OWNER_INDEX + 1 + Grants.MAX;

    private final Node node;

    TemplateRecords(Node node) {
        this.node = node;
    }

    /// @param template what it says
    /// @param values of the record, those that the client may read
    record Kept(Handle handle, Template template, List<HandleValue> values) {

        /// When it was changed last, seconds since 1970.
        long updatedSeconds() {
            return values.stream()
                    .mapToLong(v -> Integer.toUnsignedLong(v.timestampSeconds()))
                    .max()
                    .orElse(0);
        }
    }

    /// The handle of a template of this version.
    static Handle handle(String prefix, String version) throws RefusedException {
        return ValueJson.handle(prefix + "/" + START + version);
    }

    /// The template of a handle, if the client may read it.
    Optional<Kept> find(Handle handle, Client client) {
        if (!handle.suffix().startsWith(START)) {
            return Optional.empty();
        }
        var reading = Reading.of(node, handle, client);
        return reading.at(TEMPLATE_INDEX)
                .filter(v -> v.hasType(ValueTypes.TEMPLATE))
                .flatMap(TemplateRecords::read)
                .map(template -> new Kept(handle, template, reading.values()));
    }

    private static Optional<Template> read(HandleValue value) {
        try {
            return Optional.of(Template.read(Json.read(value.data())));
        } catch (RefusedException | IllegalArgumentException e) {
            return Optional.empty(); // Somebody put another thing there, by another door.
        }
    }

    Outcome create(Handle handle, Template template, ValueReference owner) {
        var values = List.of(value(template), administrator(OWNER_INDEX, Administrator.ALL, owner));
        var body = new Body.ValuesRequest(handle, values);
        return Outcome.of(new Client.Known(owner).ask(node, OpCode.CREATE_HANDLE, 0, body));
    }

    /// @throws IllegalArgumentException if it is too long for a message
    private static HandleValue value(Template template) {
        boolean open = template.state() == TemplateState.PUBLISHED && !template.restricted();
        var permissions = open ? Permissions.PUBLISHED : Permissions.ADMINISTRATORS_ONLY;
        var form = Json.octets(template.write());
        if (form.length() > FORM_BYTES_MAX) {
            throw new IllegalArgumentException("模板有 " + form.length() + " 字节, 最多 " + FORM_BYTES_MAX + " 字节");
        }
        return new HandleValue(TEMPLATE_INDEX, ValueTypes.TEMPLATE, form, permissions, TimeToLive.DAY, 0, List.of());
    }

    static HandleValue administrator(int index, int permissions, ValueReference who) {
        return new HandleValue(
                index,
                ValueTypes.HS_ADMIN,
                new Administrator(permissions, who).encode(),
                Permissions.PUBLISHED,
                TimeToLive.DAY,
                0,
                List.of());
    }

    /// A change that may object to what there is.
    interface Change {
        Template of(Template before) throws RefusedException;
    }

    /// Changes a template that the client may read; one change after the other, so that none is lost.
    synchronized Outcome change(Handle handle, Client client, Change change) {
        var kept = find(handle, client);
        if (kept.isEmpty()) {
            return Outcome.refused(Outcome.Reason.NO_TEMPLATE, "元数据不存在: " + handle);
        }
        try {
            var body = new Body.ValuesRequest(
                    handle, List.of(value(change.of(kept.get().template()))));
            return Outcome.of(client.ask(node, OpCode.ADD_VALUE, OpFlag.OVERWRITE, body));
        } catch (RefusedException | IllegalArgumentException e) {
            return Outcome.refused(Outcome.Reason.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
    }

    Outcome delete(Handle handle, Client client) {
        return Outcome.of(client.ask(node, OpCode.DELETE_HANDLE, 0, new Body.HandleRequest(handle)));
    }

    /// Changes who else than its owner reads or writes a record.
    ///
    /// @param change makes the list of all administrators but the owner
    synchronized Outcome grant(Handle handle, Client client, UnaryOperator<List<Administrator>> change) {
        var reading = Reading.of(node, handle, client);
        if (!reading.isFound()) {
            return Outcome.refused(Outcome.Reason.MISSING);
        }
        var before = reading.values().stream()
                .filter(v -> v.hasType(ValueTypes.HS_ADMIN) && v.index() > OWNER_INDEX && v.index() < LAST_ADMIN)
                .toList();
        var after = change.apply(
                before.stream().flatMap(v -> Grants.decode(v).stream()).toList());
        if (after.size() > Grants.MAX) {
            return Outcome.refused(Outcome.Reason.BAD_REQUEST, "最多授权 " + Grants.MAX + " 个身份");
        }
        var values = new ArrayList<HandleValue>();
        for (var granted : after) {
            values.add(administrator(OWNER_INDEX + 1 + values.size(), granted.permissions(), granted.reference()));
        }
        var all = new ArrayList<>(reading.values());
        all.removeAll(before);
        all.addAll(values);
        if (!ValueJson.fit(all)) {
            return Outcome.refused(Outcome.Reason.BAD_REQUEST, "授权的身份过多, 标识放不下");
        }
        var written = values.isEmpty()
                ? Outcome.DONE
                : Outcome.of(
                        client.ask(node, OpCode.ADD_VALUE, OpFlag.OVERWRITE, new Body.ValuesRequest(handle, values)));
        var kept = values.stream().map(HandleValue::index).toList();
        var gone = before.stream()
                .map(HandleValue::index)
                .filter(i -> !kept.contains(i))
                .toList();
        return written instanceof Outcome.Done && !gone.isEmpty()
                ? Outcome.of(client.ask(node, OpCode.REMOVE_VALUE, 0, new Body.RemoveRequest(handle, gone)))
                : written;
    }
}
