package io.millwright.identity.template;

import java.util.regex.Pattern;

/// One property that a template describes.
///
/// @param index of the value that holds it, from [#FIRST_INDEX] on
/// @param code its code within the enterprise; may be empty
/// @param englishName the type of the value that holds it; letters, digits and `_-.`
/// @param chineseName its name for people
/// @param definition what it means; may be empty
/// @param comment what else is to be said; may be empty
/// @param required whether every record has it
/// @param unique whether no two records of the template have the same value of it
/// @param enabled whether records may have it; a disabled one stays in the template, and in records that have it
/// @param type what its values look like
public record TemplateItem(
        int index,
        String code,
        String englishName,
        String chineseName,
        String definition,
        String comment,
        boolean required,
        boolean unique,
        boolean enabled,
        ItemType type) {

    /// Below are values that no template describes.
    public static final int FIRST_INDEX = 2000;

    /// Leaves indexes for what comes.
    public static final int LAST_INDEX = 1_000_000;

    private static final int NAME_MAX = 50;
    private static final int TEXT_MAX = 200;
    private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9_.-]{0,49}[A-Za-z0-9_-]");

    /// @throws IllegalArgumentException if one of them is not as said
    public TemplateItem {
        if (index < FIRST_INDEX || index > LAST_INDEX) {
            throw new IllegalArgumentException("模板索引从 " + FIRST_INDEX + " 开始, 至 " + LAST_INDEX + "; 不是 " + index);
        }
        if (!TYPE.matcher(englishName).matches() || englishName.startsWith("HS_")) {
            throw new IllegalArgumentException("英文名称为 1 至 50 个字母、数字或 _-. , 不以 HS_ 开头; 不是 \"" + englishName + "\"");
        }
        if (chineseName.isBlank() || chineseName.length() > NAME_MAX || code.length() > NAME_MAX) {
            throw new IllegalArgumentException("中文名称为 1 至 50 个字符, 属性编码最多 50 个字符; 见 " + englishName);
        }
        if (definition.length() > TEXT_MAX || comment.length() > TEXT_MAX) {
            throw new IllegalArgumentException("定义与备注各最多 200 个字符; 见 " + englishName);
        }
    }

    /// The same item, or not any more.
    public TemplateItem enabled(boolean changed) {
        return new TemplateItem(
                index, code, englishName, chineseName, definition, comment, required, unique, changed, type);
    }
}
