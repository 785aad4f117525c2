package io.millwright.iec61131.type;

/// REF_TO (6.4.4.10), and REFERENCE TO and POINTER TO of common dialects.
///
/// @param kind REF_TO is dereferenced by `^`, REFERENCE_TO without, POINTER_TO by `^` or an index, and can be
///     counted on
public record ReferenceType(Kind kind, Type target) implements Type {
    public enum Kind {
        REF_TO("REF_TO "),
        REFERENCE_TO("REFERENCE TO "),
        POINTER_TO("POINTER TO ");

        private final String text;

        Kind(String text) {
            this.text = text;
        }
    }

    @Override
    public String name() {
        return kind.text + target.name();
    }

    @Override
    public boolean isMistaken() {
        return target.isMistaken();
    }
}
