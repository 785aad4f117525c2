package io.millwright.identity.door;

import io.millwright.identity.record.Handle;
import io.millwright.identity.record.ValueReference;
import io.millwright.identity.template.Industry;
import io.millwright.identity.template.ItemType;
import io.millwright.identity.template.Template;
import io.millwright.identity.template.TemplateItem;
import io.millwright.identity.template.TemplateState;
import io.millwright.model.Time;
import java.util.ArrayList;
import java.util.List;

/// Templates as the second-level node knows them: named by prefix and version, all items texts, published from the
/// start.
///
/// @param templates all there are
/// @param time says when they were made
record SecondLevelTemplates(TemplateRecords templates, Time time) {

    private static final int LINE_MAX = 1000;
    private static final int VERSION_MAX = 128;
    private static final int OTHER = 2;
    private static final int CARRIER = 1;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private static Handle handle(String prefix, String version) throws RefusedException {
        return ValueJson.handle(prefix + "/" + TemplateRecords.START + version);
    }

    private static Handle handle(Content content) throws RefusedException {
        return handle(content.text("prefix", 64), content.text("version", VERSION_MAX));
    }

    WebAnswer show(Parameters parameters, Client client) throws RefusedException {
        var prefix = EnterpriseDoor.needed(parameters, "prefix");
        var version = EnterpriseDoor.needed(parameters, "version");
        var found = templates.find(handle(prefix, version), client);
        if (found.isEmpty()) {
            return SecondLevelDoor.of(Outcome.refused(Outcome.Reason.NO_TEMPLATE, "数据模板不存在"));
        }
        var template = found.get().template();
        if (!template.items().stream().allMatch(i -> i.type() instanceof ItemType.Text)) {
            return SecondLevelDoor.of(Outcome.refused(Outcome.Reason.NOT_ALLOWED, "模板含有非字符型的属性, 不能用此接口查询"));
        }
        var json = Json.object().put("prefix", prefix).put("name", template.name());
        json.put("version", template.code()).put("description", template.description());
        json.put("industryCategory", template.industry().category());
        json.put("industrySpecific", template.industry().specific());
        json.put("industryTrade", template.industry().trade());
        json.put("industrySubclass", template.industry().subclass());
        json.put("type", template.carrier() ? CARRIER : OTHER);
        json.put("handle", found.get().handle().toString());
        var items = Json.array();
        for (var item : template.items()) {
            var one = Json.object().put("name", item.chineseName()).put("idType", item.englishName());
            one.put("idIndex", item.index());
            if (item.type() instanceof ItemType.Text(int min, int max)) {
                one.set(
                        "metadata",
                        Json.object()
                                .put("type", "string")
                                .put("minLength", min)
                                .put("maxLength", max));
            }
            items.add(one.put("required", item.required()).put("state", item.enabled() ? 1 : 0));
        }
        json.set("items", items);
        return SecondLevelDoor.done(json);
    }

    Outcome create(Content content, ValueReference owner) throws RefusedException {
        try {
            var items = new ArrayList<TemplateItem>();
            for (var one : content.list("items")) {
                int next = TemplateItem.FIRST_INDEX + items.size();
                items.add(item(one, one.number("idIndex", next, 0, Integer.MAX_VALUE)));
            }
            return templates.create(handle(content), template(content, items, seconds()), owner);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(String.valueOf(e.getMessage()));
        }
    }

    private long seconds() {
        return time.epochNanos() / NANOS_PER_SECOND;
    }

    private static Template template(Content content, List<TemplateItem> items, long createdSeconds)
            throws RefusedException {
        return new Template(
                content.text("version", VERSION_MAX),
                content.text("name", "", LINE_MAX),
                content.text("description", "", LINE_MAX),
                "",
                "",
                new Industry(
                        content.text("industryCategory", LINE_MAX),
                        content.text("industrySpecific", LINE_MAX),
                        content.text("industryTrade", LINE_MAX),
                        content.text("industrySubclass", LINE_MAX)),
                content.number("type", CARRIER, OTHER) == CARRIER,
                TemplateState.PUBLISHED,
                false,
                createdSeconds,
                items);
    }

    /// Items that are not given stay; an item that is there is known by its index and its English name.
    Outcome update(Content content, ValueReference who) throws RefusedException {
        return templates.change(handle(content), new Client.Known(who), before -> {
            var items = new ArrayList<TemplateItem>(before.items());
            for (var one : content.list("items")) {
                int next = items.stream().mapToInt(TemplateItem::index).max().orElse(TemplateItem.FIRST_INDEX - 1) + 1;
                int index = one.number("idIndex", next, 0, Integer.MAX_VALUE);
                var item = item(one, index).enabled(one.number("state", 1, 0, 1) == 1);
                before.item(item.englishName())
                        .filter(e -> e.index() == index)
                        .ifPresentOrElse(e -> items.set(items.indexOf(e), item), () -> items.add(item));
            }
            var changed = template(content, items, before.createdSeconds());
            return changed.in(before.state()).restricted(before.restricted());
        });
    }

    Outcome delete(Content content, ValueReference who) throws RefusedException {
        return templates.delete(handle(content), new Client.Known(who));
    }

    private static TemplateItem item(Content content, int index) throws RefusedException {
        var data = content.object("metadata");
        var type = data.text("type", "string", LINE_MAX);
        if (!type.equals("string")) {
            throw new RefusedException(data.at() + ".type 现只支持小写的 string, 不支持 " + type);
        }
        return new TemplateItem(
                index,
                "",
                content.text("idType", LINE_MAX),
                content.text("name", LINE_MAX),
                "",
                "",
                content.flag("required"),
                content.flag("unique"),
                true,
                new ItemType.Text(
                        data.number("minLength", 0, ItemType.TEXT_MAX),
                        data.number("maxLength", 1, ItemType.TEXT_MAX)));
    }
}
