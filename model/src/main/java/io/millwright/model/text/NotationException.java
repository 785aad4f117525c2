package io.millwright.model.text;

import java.util.Optional;

/// A text is not what it should be. The message says what is wrong and, if that can be known, what would be right.
public final class NotationException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final String problem;
    private final transient Optional<String> suggestion;

    public NotationException(String problem, Optional<String> suggestion) {
        super(suggestion.map(s -> problem + "; " + s).orElse(problem));
        this.problem = problem;
        this.suggestion = suggestion;
    }

    /// What is wrong, e.g. `"10 msec" is not a duration`.
    public String problem() {
        return problem;
    }

    /// What would be right, e.g. `write "10ms"`.
    public Optional<String> suggestion() {
        return suggestion;
    }
}
