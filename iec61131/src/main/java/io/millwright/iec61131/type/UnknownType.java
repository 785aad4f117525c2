package io.millwright.iec61131.type;

/// The type of what is declared wrongly: the mistake is reported where it is, and nothing that is done with the
/// variable is one more. No term and no place is ever of it.
public record UnknownType() implements Type {
    @Override
    public String name() {
        return "?";
    }

    @Override
    public boolean isMistaken() {
        return true;
    }
}
