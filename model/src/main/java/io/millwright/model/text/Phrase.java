package io.millwright.model.text;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// Something that is told to people: in English, and by a code with arguments for who says it in another language.
///
/// @param code by which programs know it; empty where it is told in English only
/// @param words in English; where there is a code, arguments stand in them by their names, as `{name}`
/// @param arguments what it is about: texts and numbers, which are the same in any language, [Term]s, and phrases
public record Phrase(String code, String words, Map<String, Object> arguments) {

    /// A noun of this platform, e.g. `a duration`, which has a name of its own in another language.
    public record Term(String english) {
        @Override
        public String toString() {
            return english;
        }
    }

    public Phrase {
        arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
    }

    /// A phrase with a code.
    ///
    /// @param namesAndArguments a name, its argument, the next name, …
    public static Phrase of(String code, String words, Object... namesAndArguments) {
        var arguments = new LinkedHashMap<String, Object>();
        for (int i = 0; i < namesAndArguments.length; i += 2) {
            arguments.put(namesAndArguments[i].toString(), namesAndArguments[i + 1]);
        }
        return new Phrase(code, words, arguments);
    }

    /// A text in English only.
    public static Phrase plain(String text) {
        return new Phrase("", text, Map.of());
    }

    /// The name that was probably meant, as what would be right.
    public static Phrase meant(String name) {
        return of("meant", "did you mean \"{name}\"?", "name", name);
    }

    /// The same with another argument in the place of one that it has.
    public Phrase instead(String name, Object argument) {
        var all = new LinkedHashMap<>(arguments);
        all.replace(name, argument);
        return new Phrase(code, words, all);
    }

    /// What it says, in English.
    @Override
    public String toString() {
        var text = new StringBuilder();
        int from = 0;
        for (int open = code.isEmpty() ? -1 : words.indexOf('{'); open >= 0; open = words.indexOf('{', from)) {
            int close = words.indexOf('}', open);
            var name = words.substring(open + 1, close);
            if (!arguments.containsKey(name)) {
                throw new IllegalStateException("phrase " + code + " has no " + name);
            }
            text.append(words, from, open).append(arguments.get(name));
            from = close + 1;
        }
        return text.append(words, from, words.length()).toString();
    }
}
