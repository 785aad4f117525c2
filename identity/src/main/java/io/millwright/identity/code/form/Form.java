package io.millwright.identity.code.form;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The forms a code can be converted to.
public enum Form {
    /// The GTIN, fourteen digits.
    GTIN,
    /// GS1 elements in brackets: `(01)…(21)…`.
    ELEMENT_STRING,
    /// GS1 elements as a scanner sends them, with FNC1.
    SCAN_DATA,
    /// GS1 Digital Link URI.
    DIGITAL_LINK,
    /// GS1 Digital Link URI with its data compressed.
    COMPRESSED_DIGITAL_LINK,
    /// EPC pure identity URI.
    EPC,
    /// EPC tag URI.
    EPC_TAG,
    /// The bits of an EPC tag in hexadecimal.
    EPC_BINARY;

    /// Its name on the command line, e.g. `digital-link`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The form of that name.
    public static Optional<Form> of(String word) {
        return Arrays.stream(values()).filter(f -> f.word().equals(word)).findFirst();
    }
}
