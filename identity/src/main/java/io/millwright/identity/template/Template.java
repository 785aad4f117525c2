package io.millwright.identity.template;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A data template: the items that records of a kind of thing have.
///
/// @param code its code within the enterprise, or version; 1…128 characters
/// @param name for people; may be empty
/// @param description what it is for; may be empty
/// @param standard what it follows; may be empty
/// @param group the enterprise's own group of templates; may be empty
/// @param industry what it belongs to
/// @param carrier whether it describes an active identifier carrier, which speaks first: a UICC, a secure chip, a
/// communication module, a terminal
/// @param state how far it has come
/// @param restricted whether, once published, only those who are named may see it and register by it
/// @param createdSeconds since 1970
/// @param items by index, which differ as the English names do
public record Template(
        String code,
        String name,
        String description,
        String standard,
        String group,
        Industry industry,
        boolean carrier,
        TemplateState state,
        boolean restricted,
        long createdSeconds,
        List<TemplateItem> items) {

    /// The most items; a record has to fit into a message.
    public static final int ITEMS_MAX = 500;

    private static final int CODE_MAX = 128;
    private static final int NAME_MAX = 100;
    private static final int DESCRIPTION_MAX = 1000;
    private static final int STANDARD_MAX = 200;

    /// @throws IllegalArgumentException if one of them is not as said
    public Template {
        items = List.copyOf(items);
        if (code.isBlank() || code.length() > CODE_MAX || code.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("元数据代码(模板版本)为 1 至 " + CODE_MAX + " 个字符");
        }
        atMost("名称", name, NAME_MAX);
        atMost("描述", description, DESCRIPTION_MAX);
        atMost("依据标准", standard, STANDARD_MAX);
        atMost("分类", group, NAME_MAX);
        if (items.isEmpty() || items.size() > ITEMS_MAX) {
            throw new IllegalArgumentException("模板应有 1 至 " + ITEMS_MAX + " 个属性");
        }
        Set<Object> seen = new HashSet<>();
        for (var item : items) {
            if (!seen.add(item.index()) || !seen.add(item.englishName())) {
                throw new IllegalArgumentException("属性的索引与英文名称在模板内应唯一; 见 " + item.index() + " " + item.englishName());
            }
        }
    }

    private static void atMost(String what, String text, int max) {
        if (text.length() > max) {
            throw new IllegalArgumentException(what + "最多 " + max + " 个字符");
        }
    }

    /// The item of this English name, if there is one.
    public Optional<TemplateItem> item(String englishName) {
        return items.stream().filter(i -> i.englishName().equals(englishName)).findFirst();
    }

    /// Another state.
    public Template in(TemplateState changed) {
        return new Template(
                code,
                name,
                description,
                standard,
                group,
                industry,
                carrier,
                changed,
                restricted,
                createdSeconds,
                items);
    }

    /// For all, or for those who are named.
    public Template restricted(boolean changed) {
        return new Template(
                code, name, description, standard, group, industry, carrier, state, changed, createdSeconds, items);
    }

    /// Other items.
    public Template with(List<TemplateItem> changed) {
        return new Template(
                code,
                name,
                description,
                standard,
                group,
                industry,
                carrier,
                state,
                restricted,
                createdSeconds,
                changed);
    }

    /// What is wrong with the values of a record, each fault in words; empty if nothing is.
    ///
    /// @param values what the record is to have
    /// @param whole whether these are all; of a part, required items may be missing
    public List<String> faults(List<Filled> values, boolean whole) {
        var faults = new ArrayList<String>();
        Set<Integer> given = new HashSet<>();
        for (var value : values) {
            given.add(value.index());
            fault(value).ifPresent(faults::add);
        }
        if (given.size() < values.size()) {
            faults.add("同一索引只能出现一次");
        }
        if (whole) {
            items.stream()
                    .filter(i -> i.required() && i.enabled() && !given.contains(i.index()))
                    .forEach(i -> faults.add(i.englishName() + " 为必填项"));
        }
        return faults;
    }

    private Optional<String> fault(Filled value) {
        var item = items.stream().filter(i -> i.index() == value.index()).findFirst();
        if (item.isEmpty()) {
            return Optional.of("非法操作，索引" + value.index() + "在模板中不存在");
        }
        if (!item.get().englishName().equals(value.type())) {
            return Optional.of("索引 " + value.index() + " 的类型应为 " + item.get().englishName() + ", 不是 " + value.type());
        }
        if (!item.get().enabled()) {
            return Optional.of(value.type() + " 已禁用");
        }
        if (item.get().required() && value.value().isEmpty()) {
            return Optional.of(value.type() + " 为必填项");
        }
        return item.get().type().fault(value.value()).map(why -> value.type() + " " + why);
    }

    /// The form it is kept in.
    public ObjectNode write() {
        return TemplateForm.write(this);
    }

    /// @throws IllegalArgumentException if it is not in that form
    public static Template read(JsonNode json) {
        return TemplateForm.read(json);
    }
}
