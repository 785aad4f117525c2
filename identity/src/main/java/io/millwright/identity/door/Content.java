package io.millwright.identity.door;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// The members of a JSON object that a program of the Chinese system sent, read strictly but for what such programs
/// are seen to do: numbers as texts, and null for what is not given.
///
/// @param json an object
/// @param at where it stands, for messages; empty for the whole content
record Content(JsonNode json, String at) {

    private static final int LIST_MAX = 2000;

    /// @throws RefusedException if it is no object
    static Content of(JsonNode json) throws RefusedException {
        return new Content(object(json, "请求体"), "");
    }

    private static JsonNode object(JsonNode json, String at) throws RefusedException {
        if (json.isObject()) {
            return json;
        }
        throw new RefusedException(at + " 应为 JSON 对象");
    }

    private String name(String member) {
        return at.isEmpty() ? member : at + "." + member;
    }

    private Optional<JsonNode> member(String name) {
        var member = json.path(name);
        return member.isMissingNode() || member.isNull() ? Optional.empty() : Optional.of(member);
    }

    boolean has(String name) {
        return member(name).isPresent();
    }

    /// A text that has to be there, with at least one character.
    String text(String name, int max) throws RefusedException {
        var text = text(name, "", max);
        if (text.isBlank()) {
            throw new RefusedException("缺少必要的请求参数: " + name(name));
        }
        return text;
    }

    /// A text that may be missing.
    String text(String name, String otherwise, int max) throws RefusedException {
        var member = member(name);
        if (member.isEmpty()) {
            return otherwise;
        }
        if (!member.get().isString() && !member.get().isNumber()) {
            throw new RefusedException(name(name) + " 应为字符串");
        }
        var text = member.get().asString();
        if (text.codePointCount(0, text.length()) > max) {
            throw new RefusedException(name(name) + " 最多 " + max + " 个字符");
        }
        return text;
    }

    /// A number that has to be there, also as a text.
    int number(String name, int min, int max) throws RefusedException {
        try {
            var text = text(name, 20);
            int number = Integer.parseInt(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new RefusedException(name(name) + " 应为 " + min + " 至 " + max + " 的整数");
    }

    /// A number that may be missing.
    int number(String name, int otherwise, int min, int max) throws RefusedException {
        return has(name) ? number(name, min, max) : otherwise;
    }

    /// `true` or `false`, 1 or 0; false if it is missing.
    boolean flag(String name) throws RefusedException {
        var member = member(name);
        if (member.isEmpty() || member.get().isBoolean()) {
            return member.isPresent() && member.get().booleanValue();
        }
        return number(name, 0, 1) == 1;
    }

    /// An object that has to be there.
    Content object(String name) throws RefusedException {
        return new Content(object(json.path(name), name(name)), name(name));
    }

    /// A list of objects; empty if it is missing.
    List<Content> list(String name) throws RefusedException {
        var items = new ArrayList<Content>();
        for (var item : elements(name)) {
            var place = name(name) + "[" + items.size() + "]";
            items.add(new Content(object(item, place), place));
        }
        return items;
    }

    /// A list of texts; empty if it is missing.
    List<String> texts(String name) throws RefusedException {
        var texts = new ArrayList<String>();
        for (var item : elements(name)) {
            if (!item.isString()) {
                throw new RefusedException(name(name) + "[" + texts.size() + "] 应为字符串");
            }
            texts.add(item.stringValue());
        }
        return texts;
    }

    private Iterable<JsonNode> elements(String name) throws RefusedException {
        var member = member(name);
        if (member.isEmpty()) {
            return List.of();
        }
        if (!member.get().isArray() || member.get().size() > LIST_MAX) {
            throw new RefusedException(name(name) + " 应为最多 " + LIST_MAX + " 项的数组");
        }
        return member.get();
    }
}
