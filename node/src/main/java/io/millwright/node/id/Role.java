package io.millwright.node.id;

import java.util.Locale;

/// What a node is in a tree of identifiers: presets of one configuration.
enum Role {
    /// Answers for the prefixes themselves, handles `0.NA/…`.
    ROOT("0.NA"),
    /// Answers for a prefix of one part, e.g. 88.
    NATIONAL("88"),
    /// Answers for a prefix of two parts, e.g. 88.118.
    SECOND_LEVEL("88.118"),
    /// Answers for a prefix of at least two parts, e.g. 88.118.7.
    ENTERPRISE("88.118.7"),
    /// Answers for nothing; asks others and keeps what they say.
    RECURSIVE("");

    private final String example;

    Role(String example) {
        this.example = example;
    }

    /// A prefix such a node may have.
    String example() {
        return example;
    }

    boolean fits(String prefix) {
        long parts =
                prefix.isEmpty() ? 0 : 1 + prefix.chars().filter(c -> c == '.').count();
        return switch (this) {
            case ROOT -> prefix.equals(example);
            case NATIONAL -> parts == 1;
            case SECOND_LEVEL -> parts == 2;
            case ENTERPRISE -> parts >= 2;
            case RECURSIVE -> parts == 0;
        };
    }

    /// As it is written on the command line.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
