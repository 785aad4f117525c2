package io.millwright.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Something that is told to people: in English, and by a code with arguments to those who say it in another
/// language.
///
/// @param code by which programs know it
/// @param words in English; arguments stand in them by their names, as `{task}`, and with what goes with them
///     where they are not empty, as `{: detail}`
/// @param arguments what it is about, the same in any language
public record Told(String code, String words, Map<String, String> arguments) {
    /// Nothing: no code, and an empty text.
    public static final Told NOTHING = of("", "");

    private static final Pattern HOLE = Pattern.compile("\\{(\\W*)(\\w+)(\\W*)}");

    public Told {
        arguments = Map.copyOf(arguments);
    }

    /// One without arguments so far.
    public static Told of(String code, String words) {
        return new Told(code, words, Map.of());
    }

    /// Something that has no code of its own, such as what another program says: it is told as it came.
    public static Told problem(@Nullable String text) {
        return of("problem", "{problem}").with("problem", text);
    }

    /// The same with an argument.
    public Told with(String name, @Nullable Object value) {
        var all = new LinkedHashMap<>(arguments);
        all.put(name, String.valueOf(value));
        return new Told(code, words, all);
    }

    /// The same with something that is told itself as an argument: in the words as its text, and besides as
    /// `name.code` and `name.argument`, for who says it in another language.
    public Told with(String name, Told told) {
        var all = new LinkedHashMap<>(arguments);
        all.put(name, told.text());
        all.put(name + ".code", told.code());
        told.arguments().forEach((argument, value) -> all.put(name + "." + argument, value));
        return new Told(code, words, all);
    }

    /// The same with several that are told themselves as one argument: besides as `name.1.code` and so on, from 1.
    ///
    /// @param text what they say together, in English
    public Told with(String name, List<Told> told, String text) {
        var all = new LinkedHashMap<>(arguments);
        all.put(name, text);
        int number = 1;
        for (Told one : told) {
            String at = name + "." + number++;
            all.put(at + ".code", one.code());
            one.arguments().forEach((argument, value) -> all.put(at + "." + argument, value));
        }
        return new Told(code, words, all);
    }

    /// The same, and that it holds of so many others.
    public Told others(int count) {
        return new Told(code, words + "; the same of {others} more", arguments).with("others", count);
    }

    /// What it says, in English.
    public String text() {
        return HOLE.matcher(words).replaceAll(hole -> {
            String value = arguments.getOrDefault(hole.group(2), "");
            return Matcher.quoteReplacement(value.isEmpty() ? "" : hole.group(1) + value + hole.group(3));
        });
    }
}
