package io.millwright.identity.code;

/// One thing a code says.
///
/// @param name what the standard calls it: an application identifier, or words such as `company-prefix`
/// @param value as it stands in the code, decoded
/// @param meaning in words; empty when name and value say it all
public record Part(String name, String value, String meaning) {

    /// A part that needs no explanation.
    public static Part of(String name, String value) {
        return new Part(name, value, "");
    }
}
