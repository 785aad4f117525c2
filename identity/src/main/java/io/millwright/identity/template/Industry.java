package io.millwright.identity.template;

import java.util.regex.Pattern;

/// A class of the national classification of economic activities (GB/T 4754): section, division, group and class,
/// each code beginning with that of the one above, but for the section's letter.
///
/// @param category the section, `A` to `T`
/// @param specific the division, two digits
/// @param trade the group, three digits
/// @param subclass the class, four digits
public record Industry(String category, String specific, String trade, String subclass) {

    private static final Pattern SECTION = Pattern.compile("[A-T]");
    private static final Pattern CLASS = Pattern.compile("[0-9]{4}");

    /// @throws IllegalArgumentException if the codes are not of that form
    public Industry {
        boolean nested = CLASS.matcher(subclass).matches()
                && trade.equals(subclass.substring(0, 3))
                && specific.equals(subclass.substring(0, 2));
        if (!SECTION.matcher(category).matches() || !nested) {
            throw new IllegalArgumentException("行业分类应为 GB/T 4754 的门类(A–T)及逐级的大类、中类、小类代码, 例如 C 34 344 3441; 不是 "
                    + category + " " + specific + " " + trade + " " + subclass);
        }
    }
}
