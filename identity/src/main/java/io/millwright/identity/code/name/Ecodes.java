package io.millwright.identity.code.name;

import io.millwright.identity.code.Code;
import io.millwright.identity.code.Fault;
import io.millwright.identity.code.Part;
import java.util.ArrayList;
import java.util.List;

/// Ecode (GB/T 31866-2015, table 1): version, identifier of the numbering system (NSI), main code (MD).
///
/// ```
/// version │ NSI          │ main code
/// 1       │ 4 digits     │ up to 20 digits
/// 2       │ 4 digits     │ up to 28 digits
/// 3       │ 5 characters │ up to 39 letters and digits
/// 4       │ 5 characters │ Unicode of any length
/// ```
/// Version 0 holds GS1 codes, which stand in data carriers as they are (GB/T 35419, clause 5.1); versions 5 to 9 are
/// reserved. An Ecode alone looks like any number, so it is read only where it is announced.
///
/// That an Ecode is made of V, NSI and MD, and what version 0 is for, GB/T 35419-2017 and its revision say; the lengths
/// are from general knowledge, for no text of GB/T 31866 (2015, replaced by 2023) was at hand.
public final class Ecodes {

    private static final String ANNOUNCEMENT = "ecode:";

    private Ecodes() {}

    private record Version(String meaning, int systemLength, int maxLength, String characters) {}

    private static final List<Version> VERSIONS = List.of(
            new Version("GS1 codes", 0, 0, ""),
            new Version("digits", 4, 20, "[0-9]*"),
            new Version("digits", 4, 28, "[0-9]*"),
            new Version("letters and digits", 5, 39, "[0-9A-Za-z]*"),
            new Version("Unicode", 5, Integer.MAX_VALUE, "(?s).*"));

    /// Whether an Ecode is announced there.
    public static boolean isAnnounced(String text, int at) {
        return text.regionMatches(true, at, ANNOUNCEMENT, 0, ANNOUNCEMENT.length());
    }

    /// Reads an Ecode, announced or not, from an offset of the text to its end.
    public static Code.Ecode read(String text, int from) {
        int at = from + (isAnnounced(text, from) ? ANNOUNCEMENT.length() : 0);
        var faults = new ArrayList<Fault>();
        var parts = new ArrayList<Part>();
        int number = at < text.length() ? text.charAt(at) - '0' : -1;
        if (number < 1 || number >= VERSIONS.size()) {
            faults.add(new Fault(
                    at,
                    number == 0
                            ? "version 0 is for GS1 codes; write the GS1 code itself"
                            : "an Ecode starts with its version, 1 to 4"));
        } else {
            body(VERSIONS.get(number), text, at, parts, faults);
        }
        return new Code.Ecode(faults.isEmpty() ? text.substring(at) : "", parts, faults);
    }

    private static void body(Version version, String text, int at, List<Part> parts, List<Fault> faults) {
        parts.add(new Part("version", text.substring(at, at + 1), version.meaning()));
        int systemAt = at + 1;
        int codeAt = Math.min(text.length(), systemAt + version.systemLength());
        var system = text.substring(systemAt, codeAt);
        var code = text.substring(codeAt);
        parts.add(new Part("system", system, "NSI: which numbering system"));
        parts.add(new Part("code", code, "main code by the rules of that system"));
        var systemCharacters = version.systemLength() == 4 ? "[0-9]*" : "[0-9A-Za-z]*";
        if (!system.matches(systemCharacters)) {
            faults.add(new Fault(
                    systemAt,
                    "the numbering system takes " + (version.systemLength() == 4 ? "digits" : "letters and digits")));
        }
        if (code.isEmpty()) {
            faults.add(new Fault(
                    text.length(),
                    "behind the version come a numbering system of " + version.systemLength()
                            + " characters and a main code"));
        } else if (code.length() > version.maxLength()) {
            faults.add(new Fault(
                    codeAt + version.maxLength(),
                    "the main code has at most " + version.maxLength() + " characters, not " + code.length()));
        } else if (!code.matches(version.characters())) {
            faults.add(new Fault(
                    codeAt + firstBad(code, version.characters()), "the main code takes " + version.meaning()));
        }
    }

    private static int firstBad(String code, String characters) {
        int at = 0;
        while (at < code.length() && code.substring(at, at + 1).matches(characters)) {
            at++;
        }
        return at;
    }
}
