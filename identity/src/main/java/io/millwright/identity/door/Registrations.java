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
import io.millwright.identity.record.ValueText;
import io.millwright.identity.record.ValueTypes;
import io.millwright.identity.template.Filled;
import io.millwright.identity.template.TemplateItem;
import io.millwright.identity.template.TemplateState;
import io.millwright.identity.wire.Octets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// Records that are registered by a template: checked against it, and then created, changed and deleted by the
/// operations of the Handle protocol, with the permissions these ask for. Such a record has the template's handle at
/// index 1000, its version at 1001, its owner at 100, and its items from 2000 on.
final class Registrations {

    static final int TEMPLATE_ID_INDEX = 1000;
    static final int VERSION_INDEX = 1001;

    /// As these interfaces say it.
    private static final int HANDLE_LENGTH_MAX = 255;

    private static final Outcome TOO_LONG = Outcome.refused(Outcome.Reason.WRONG_VALUES, "各属性值合计过长, 一个标识放不下");

    private final Node node;
    private final TemplateRecords templates;
    private final UniqueValues unique;

    Registrations(Node node, TemplateRecords templates) {
        this.node = node;
        this.templates = templates;
        unique = new UniqueValues(node);
    }

    /// Registers a record, its values readable by everybody.
    Outcome create(Handle handle, Handle template, List<Filled> values, ValueReference owner) {
        var found = templates.find(template, new Client.Known(owner));
        if (found.isEmpty()) {
            return Outcome.refused(Outcome.Reason.NO_TEMPLATE, "元数据不存在: " + template);
        }
        var kept = found.get();
        return first(
                () -> nameable(handle),
                () -> usable(kept),
                () -> valid(kept, values, true),
                () -> created(handle, kept, values, owner));
    }

    private static Outcome usable(TemplateRecords.Kept kept) {
        return kept.template().state() == TemplateState.PUBLISHED
                ? Outcome.DONE
                : Outcome.refused(Outcome.Reason.UNPUBLISHED, "元数据未发布: " + kept.handle());
    }

    @SafeVarargs
    private static Outcome first(Supplier<Outcome>... steps) {
        var outcome = Outcome.DONE;
        for (int i = 0; i < steps.length && outcome instanceof Outcome.Done; i++) {
            outcome = steps[i].get();
        }
        return outcome;
    }

    private static Outcome nameable(Handle handle) {
        boolean reserved = List.of(TemplateRecords.START, UniqueValues.START).stream()
                .anyMatch(start -> handle.suffix().regionMatches(true, 0, start, 0, start.length()));
        if (!handle.isComplete() || handle.toString().length() > HANDLE_LENGTH_MAX) {
            return Outcome.refused(Outcome.Reason.BAD_REQUEST, "标识格式异常, 应为 前缀/后缀, 最多 " + HANDLE_LENGTH_MAX + " 个字符");
        }
        return reserved ? Outcome.refused(Outcome.Reason.NOT_ALLOWED, "后缀不能以 META_ 或 UNIQUE_ 开头") : Outcome.DONE;
    }

    private static Outcome valid(TemplateRecords.Kept kept, List<Filled> values, boolean whole) {
        var faults = kept.template().faults(values, whole);
        return faults.isEmpty() ? Outcome.DONE : Outcome.refused(Outcome.Reason.WRONG_VALUES, String.join("；", faults));
    }

    private Outcome created(Handle handle, TemplateRecords.Kept kept, List<Filled> values, ValueReference owner) {
        var all = new ArrayList<HandleValue>();
        all.add(TemplateRecords.administrator(TemplateRecords.OWNER_INDEX, Administrator.ALL, owner));
        all.add(text(TEMPLATE_ID_INDEX, ValueTypes.TEMPLATE_ID, kept.handle().toString(), Permissions.PUBLISHED));
        all.add(text(VERSION_INDEX, ValueTypes.TEMPLATE_VERSION, kept.template().code(), Permissions.PUBLISHED));
        values.forEach(v -> all.add(text(v.index(), v.type(), v.value(), Permissions.PUBLISHED)));
        if (!ValueJson.fit(all)) {
            return TOO_LONG;
        }
        var claims = unique.claims(kept, values, handle);
        return unique.with(
                claims,
                new Client.Known(owner),
                () -> Outcome.of(new Client.Known(owner)
                        .ask(node, OpCode.CREATE_HANDLE, 0, new Body.ValuesRequest(handle, all))));
    }

    private static HandleValue text(int index, String type, String text, Permissions permissions) {
        return new HandleValue(index, type, Octets.utf8(text), permissions, TimeToLive.DAY, 0, List.of());
    }

    /// Changes the items of a record.
    ///
    /// @param values the items given
    /// @param whole whether they are all there are to be; otherwise those not given stay
    Outcome update(Handle handle, List<Filled> values, boolean whole, ValueReference who) {
        var client = new Client.Known(who);
        var before = Reading.of(node, handle, client);
        if (!before.isFound()) {
            return Outcome.refused(Outcome.Reason.MISSING);
        }
        var kept = before.template().flatMap(t -> templates.find(t, client));
        if (kept.isEmpty()) {
            return Outcome.refused(Outcome.Reason.NO_TEMPLATE, "标识没有可用的元数据: " + handle);
        }
        return first(
                () -> valid(kept.get(), values, whole),
                () -> changed(handle, kept.get(), before, values, whole, client));
    }

    private Outcome changed(
            Handle handle,
            TemplateRecords.Kept kept,
            Reading before,
            List<Filled> values,
            boolean whole,
            Client client) {
        var after = new ArrayList<HandleValue>();
        for (var value : values) {
            var permissions =
                    before.at(value.index()).map(HandleValue::permissions).orElseGet(() -> permissions(before));
            after.add(text(value.index(), value.type(), value.value(), permissions));
        }
        Set<Integer> given = new HashSet<>(values.stream().map(Filled::index).toList());
        var gone = before.items().stream()
                .filter(v -> whole && v.index() >= TemplateItem.FIRST_INDEX && !given.contains(v.index()))
                .toList();
        var all = new ArrayList<>(before.values());
        all.removeIf(v -> given.contains(v.index()) || gone.contains(v));
        all.addAll(after);
        if (!ValueJson.fit(all)) {
            return TOO_LONG;
        }
        var changing = new Body.ValuesRequest(handle, after);
        var removing = new Body.RemoveRequest(
                handle, gone.stream().map(HandleValue::index).toList());
        var outcome = unique.with(
                unique.claims(kept, values, handle),
                client,
                () -> first(
                        () -> after.isEmpty()
                                ? Outcome.DONE
                                : Outcome.of(client.ask(node, OpCode.ADD_VALUE, OpFlag.OVERWRITE, changing)),
                        () -> gone.isEmpty()
                                ? Outcome.DONE
                                : Outcome.of(client.ask(node, OpCode.REMOVE_VALUE, 0, removing))));
        if (outcome instanceof Outcome.Done) {
            var replaced = before.items().stream()
                    .filter(v -> given.contains(v.index()) || gone.contains(v))
                    .map(v -> new Filled(v.index(), v.type(), ValueText.of(v)))
                    .filter(v -> !values.contains(v))
                    .toList();
            unique.release(unique.claims(kept, replaced, handle), client);
        }
        return outcome;
    }

    /// A new item is for whoever may read the others.
    private static Permissions permissions(Reading before) {
        return before.items().stream().findFirst().map(HandleValue::permissions).orElse(Permissions.PUBLISHED);
    }

    Outcome delete(Handle handle, ValueReference who) {
        var client = new Client.Known(who);
        var before = Reading.of(node, handle, client);
        if (nameable(handle) instanceof Outcome.Refused refused) {
            return refused;
        }
        var outcome = Outcome.of(client.ask(node, OpCode.DELETE_HANDLE, 0, new Body.HandleRequest(handle)));
        if (outcome instanceof Outcome.Done) {
            var held = before.items().stream()
                    .map(v -> new Filled(v.index(), v.type(), ValueText.of(v)))
                    .toList();
            before.template()
                    .flatMap(t -> templates.find(t, client))
                    .ifPresent(kept -> unique.release(unique.claims(kept, held, handle), client));
        }
        return outcome;
    }

    /// Lets everybody read the items of a record, or its administrators only.
    Outcome open(Handle handle, boolean everybody, Client client) {
        var before = Reading.of(node, handle, client);
        var permissions = everybody ? Permissions.PUBLISHED : Permissions.ADMINISTRATORS_ONLY;
        var changed = before.items().stream()
                .filter(v -> v.index() >= TemplateItem.FIRST_INDEX)
                .map(v -> new HandleValue(v.index(), v.type(), v.data(), permissions, v.ttl(), 0, v.references()))
                .toList();
        return changed.isEmpty()
                ? Outcome.refused(Outcome.Reason.MISSING)
                : Outcome.of(
                        client.ask(node, OpCode.ADD_VALUE, OpFlag.OVERWRITE, new Body.ValuesRequest(handle, changed)));
    }
}
