package io.millwright.model.unit;

import io.millwright.model.text.NotationException;
import java.util.List;
import java.util.Optional;

/// Reads unit codes of UCUM, case-sensitive form.
public final class Ucum {

    /// The longest code, in characters.
    public static final int MAX_LENGTH = 100;

    private static final List<String> COMMON =
            Atoms.rows("common.txt").stream().map(List::getFirst).toList();

    private Ucum() {}

    /// What a code means.
    ///
    /// @param code e.g. `m3/h`, `kW.h`, `Cel`, `[in_i]`, `{piece}/min`; `1` for plain numbers
    /// @throws NotationException if the text is no code, with the code that was probably meant
    public static Meaning parse(String code) {
        if (code.length() > MAX_LENGTH) {
            throw new NotationException(
                    "unit of " + code.length() + " characters; at most " + MAX_LENGTH + " are allowed",
                    Optional.empty());
        }
        try {
            return new CodeParser(code, Atoms.ucum()).parse();
        } catch (NotationException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new NotationException(describe(code, e), Spelling.suggest(code));
        }
    }

    /// Codes of the quantities that plants measure, as examples for people and editors.
    public static List<String> examples() {
        return COMMON;
    }

    private static String describe(String code, IllegalArgumentException e) {
        String whole = "unknown unit \"" + code + "\"";
        String reason = String.valueOf(e.getMessage());
        return code.isEmpty() ? "the unit is empty" : reason.startsWith("unknown") ? whole : whole + ": " + reason;
    }
}
