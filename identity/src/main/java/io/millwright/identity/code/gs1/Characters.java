package io.millwright.identity.code.gs1;

/// The characters GS1 data consists of (GS1 General Specifications, section 7.11).
public enum Characters {
    /// Digits; `N`.
    NUMERIC("0123456789", "digits"),
    /// The 82 of application identifiers; `X`.
    AI82(
            "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz",
            "GS1's 82 characters (letters, digits and !\"%&'()*+,-./:;<=>?_)"),
    /// The 39 of component identifiers; `Y`.
    AI39("#-/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", "capital letters, digits and #-/"),
    /// Base64 for URIs; `Z`.
    BASE64("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", "base64url characters");

    private static final int ASCII = 128;

    private final String all;
    private final String words;

    @SuppressWarnings("ImmutableEnumChecker") // written in the constructor alone
    private final int[] ranks = new int[ASCII];

    Characters(String all, String words) {
        this.all = all;
        this.words = words;
        java.util.Arrays.fill(ranks, -1);
        for (int i = 0; i < all.length(); i++) {
            ranks[all.charAt(i)] = i;
        }
    }

    /// Where the character stands in the set; -1 if it does not.
    int rank(char c) {
        return c < ASCII ? ranks[c] : -1;
    }

    char at(int rank) {
        return all.charAt(rank);
    }

    /// The offset of the first character that is not of the set; -1 if all are. `Z` may end with padding.
    int firstOutside(String text) {
        int end = text.length();
        while (this == BASE64 && end > 0 && text.length() - end < 2 && text.charAt(end - 1) == '=') {
            end--;
        }
        for (int i = 0; i < end; i++) {
            if (rank(text.charAt(i)) < 0) {
                return i;
            }
        }
        return -1;
    }

    /// Whether the text consists of these characters.
    public boolean holds(String text) {
        return firstOutside(text) < 0;
    }

    /// The set in words.
    String words() {
        return words;
    }

    static Characters of(char type) {
        return switch (type) {
            case 'N' -> NUMERIC;
            case 'X' -> AI82;
            case 'Y' -> AI39;
            case 'Z' -> BASE64;
            default -> throw new IllegalArgumentException("no characters of type " + type);
        };
    }
}
