package io.millwright.model.text;

import java.util.Optional;

/// A text is not what it should be. The message says what is wrong and, if that can be known, what would be right.
public final class NotationException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final transient Phrase what;
    private final transient Optional<Phrase> remedy;

    public NotationException(Phrase what, Optional<Phrase> remedy) {
        super(remedy.map(s -> what + "; " + s).orElse(what.toString()));
        this.what = what;
        this.remedy = remedy;
    }

    /// One that is told in English only.
    public NotationException(String problem, Optional<String> suggestion) {
        this(Phrase.plain(problem), suggestion.map(Phrase::plain));
    }

    /// What is wrong, e.g. `"10 msec" is not a duration`.
    public Phrase what() {
        return what;
    }

    /// What would be right, e.g. `write "10ms"`.
    public Optional<Phrase> remedy() {
        return remedy;
    }

    /// What is wrong, in English.
    public String problem() {
        return what.toString();
    }

    /// What would be right, in English.
    public Optional<String> suggestion() {
        return remedy.map(Phrase::toString);
    }
}
