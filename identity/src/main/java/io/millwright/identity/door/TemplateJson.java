package io.millwright.identity.door;

import io.millwright.identity.template.Industry;
import io.millwright.identity.template.ItemType;
import io.millwright.identity.template.Template;
import io.millwright.identity.template.TemplateItem;
import io.millwright.identity.template.TemplateState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Templates as the enterprise node writes and reads them.
final class TemplateJson {

    private static final int TEXT = 1;
    private static final int NUMBER = 2;
    private static final int DATE = 3;
    private static final int LAST_TYPE = 8;
    private static final int DISABLED = 1;
    private static final int NOT_YET = 2;
    private static final int LINE_MAX = 1000;

    private TemplateJson() {}

    static int dataType(ItemType type) {
        return switch (type) {
            case ItemType.Text _ -> TEXT;
            case ItemType.Decimal _ -> NUMBER;
            case ItemType.Moment _ -> DATE;
        };
    }

    static int state(Template template) {
        return template.state() == TemplateState.PUBLISHED ? 1 : 0;
    }

    /// The answer to `/meta/info`.
    static ObjectNode info(TemplateRecords.Kept kept) {
        var template = kept.template();
        var json = Json.object();
        json.put("classifyCode", template.group()).put("classifyName", template.group());
        json.put("metaHandle", kept.handle().toString());
        basic(json, template);
        json.put("metaContributor", kept.handle().prefix());
        json.put("createdTime", DoipAnswers.moment(template.createdSeconds()));
        json.put("updatedTime", DoipAnswers.moment(kept.updatedSeconds()));
        var items = Json.array();
        template.items().forEach(i -> items.add(item(i, "itemSchemaVO")));
        json.set("itemVOS", items);
        return json;
    }

    private static void basic(ObjectNode json, Template template) {
        json.put("metaName", template.name()).put("metaCode", template.code());
        json.put("industryCategory", template.industry().category());
        json.put("industrySpecific", template.industry().specific());
        json.put("industryTrade", template.industry().trade());
        json.put("industrySubclass", template.industry().subclass());
        json.put("metaState", state(template)).put("isQuote", 0);
        json.put("standard", template.standard()).put("metaDesc", template.description());
    }

    private static ObjectNode item(TemplateItem item, String schema) {
        var json = Json.object();
        json.put("itemIndex", item.index()).put("itemCode", item.code());
        json.put("englishName", item.englishName()).put("chineseName", item.chineseName());
        json.put("itemState", item.enabled() ? 0 : DISABLED);
        json.put("definition", item.definition()).put("comment", item.comment());
        json.put("inputNecessary", 1).put("listItemNecessary", 0);
        json.put("required", item.required() ? 1 : 0).put("uniqueField", item.unique() ? 1 : 0);
        json.set(schema, schema(item.type()));
        return json;
    }

    private static ObjectNode schema(ItemType type) {
        var json = Json.object().put("dataType", dataType(type));
        return switch (type) {
            case ItemType.Text(int min, int max) -> json.put("minLength", min).put("maxLength", max);
            case ItemType.Decimal(int min, int max, int accuracy) ->
                json.put("minLength", min).put("maxLength", max).put("accuracy", accuracy);
            case ItemType.Moment(var format) -> json.put("dateFormat", format);
        };
    }

    /// The attributes of a template as an object that is retrieved.
    static ObjectNode attributes(TemplateRecords.Kept kept) {
        var template = kept.template();
        var basic = Json.object();
        basic(basic, template);
        basic.put("metaContributor", kept.handle().prefix());
        basic.put("latestUpdateTime", DoipAnswers.moment(kept.updatedSeconds()));
        var items = Json.array();
        for (var item : template.items()) {
            var about = Json.object().put("itemIndex", item.index()).put("itemCode", item.code());
            about.put("enName", item.englishName()).put("cnName", item.chineseName());
            about.put("state", item.enabled() ? 0 : DISABLED);
            var whole = Json.object();
            whole.set("itemBasicInfo", about);
            whole.set("itemSchemaInfo", schema(item.type()));
            items.add(whole);
        }
        var content = Json.object();
        content.set("basicInfo", basic);
        content.set("itemInfos", items);
        content.set("required", names(template, TemplateItem::required));
        content.set("uniqueness", names(template, TemplateItem::unique));
        content.set("inputItem", names(template, _ -> true));
        content.set("listItem", Json.array());
        var json = Json.object();
        json.set("content", content);
        json.set(
                "metaData",
                Json.object()
                        .put("createTime", DoipAnswers.moment(template.createdSeconds()))
                        .put("updateTime", DoipAnswers.moment(kept.updatedSeconds())));
        return json;
    }

    private static ArrayNode names(Template template, Predicate<TemplateItem> which) {
        var names = Json.array();
        template.items().stream().filter(which).forEach(i -> names.add(i.englishName()));
        return names;
    }

    /// A new template, a draft.
    ///
    /// @throws IllegalArgumentException if it is not one that could be
    static Template template(Content content, long nowSeconds) throws RefusedException {
        var items = new ArrayList<TemplateItem>();
        for (var one : content.list("metaItemCreateDTOS")) {
            items.add(item(one, TemplateItem.FIRST_INDEX + items.size()));
        }
        return new Template(
                content.text("metaCode", LINE_MAX),
                content.text("metaName", LINE_MAX),
                content.text("metaDesc", "", LINE_MAX),
                content.text("standard", "", LINE_MAX),
                content.text("classifyCode", LINE_MAX),
                industry(content),
                false,
                TemplateState.DRAFT,
                false,
                nowSeconds,
                items);
    }

    static Industry industry(Content content) throws RefusedException {
        return new Industry(
                content.text("industryCategory", LINE_MAX),
                content.text("industrySpecific", LINE_MAX),
                content.text("industryTrade", LINE_MAX),
                content.text("industrySubclass", LINE_MAX));
    }

    /// The same template with what `/meta/update-basic-info` says.
    static Template renamed(Template before, Content content) throws RefusedException {
        return new Template(
                content.text("metaCode", LINE_MAX),
                content.text("metaName", LINE_MAX),
                content.text("metaDesc", "", LINE_MAX),
                content.text("standard", "", LINE_MAX),
                content.text("classifyCode", LINE_MAX),
                industry(content),
                before.carrier(),
                before.state(),
                before.restricted(),
                before.createdSeconds(),
                before.items());
    }

    /// The items that `/meta/update-item` names, by English name, changed or added; the others stay.
    static Template edited(Template before, Content content) throws RefusedException {
        var items = new ArrayList<TemplateItem>(before.items());
        for (var one : content.list("metaItemDTOS")) {
            var name = one.text("englishName", LINE_MAX);
            var existing = before.item(name);
            int next = items.stream().mapToInt(TemplateItem::index).max().orElse(TemplateItem.FIRST_INDEX - 1) + 1;
            int index =
                    existing.isPresent() ? existing.get().index() : one.number("itemIndex", next, 0, Integer.MAX_VALUE);
            var item = item(one, index);
            existing.ifPresentOrElse(e -> items.set(items.indexOf(e), item), () -> items.add(item));
        }
        return before.with(items);
    }

    private static TemplateItem item(Content content, int index) throws RefusedException {
        int state = content.number("itemState", 0, 0, NOT_YET);
        return new TemplateItem(
                index,
                content.text("itemCode", LINE_MAX),
                content.text("englishName", LINE_MAX),
                content.text("chineseName", LINE_MAX),
                content.text("definition", "", LINE_MAX),
                content.text("comment", "", LINE_MAX),
                content.flag("required"),
                content.flag("uniqueField"),
                state == 0,
                type(content.object("itemSchemaCreateDTO")));
    }

    private static ItemType type(Content content) throws RefusedException {
        int type = content.number("dataType", 1, LAST_TYPE);
        return switch (type) {
            case TEXT ->
                new ItemType.Text(
                        content.number("minLength", 0, 0, ItemType.TEXT_MAX),
                        content.number("maxLength", ItemType.TEXT_MAX, 1, ItemType.TEXT_MAX));
            case NUMBER -> {
                int max = content.number("maxLength", ItemType.DIGITS_MAX, 1, ItemType.DIGITS_MAX);
                yield new ItemType.Decimal(
                        content.number("minLength", 0, 0, max), max, content.number("accuracy", max, 0, max));
            }
            case DATE -> new ItemType.Moment(content.text("dateFormat", "YYYY-MM-DD", LINE_MAX));
            default -> throw new RefusedException("dataType 支持 1 字符型、2 数值型、3 日期型; 不支持 " + type + ": 本节点不存放文件");
        };
    }

    /// All that a list of states names.
    static List<String> handles(Content content) throws RefusedException {
        var handles = content.texts("metaHandleList");
        if (handles.isEmpty()) {
            throw new RefusedException("元数据标识列表metaHandleList不能为空");
        }
        return handles;
    }
}
