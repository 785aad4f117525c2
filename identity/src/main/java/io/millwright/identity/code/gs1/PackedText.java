package io.millwright.identity.code.gs1;

import java.math.BigInteger;
import java.util.Optional;

/// Text packed into bits, as compressed Digital Links (GS1 Digital Link Standard 1.1) and tags (TDS 2.3, section
/// 14.5.6) do. The two number the ways differently: links have small hexadecimal digits before capital ones, tags the
/// other way round (TDT 2.2, table E), and only tags have URN Code 40.
public enum PackedText {
    /// Digits as one binary number.
    DIGITS("0123456789"),
    /// Hexadecimal digits with capital letters, four bits each.
    CAPITAL_HEXADECIMAL("0123456789ABCDEF"),
    /// Hexadecimal digits with small letters, four bits each.
    SMALL_HEXADECIMAL("0123456789abcdef"),
    /// Base64url, six bits a character.
    BASE64("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
    /// ASCII, seven bits a character.
    ASCII(""),
    /// URN Code 40 (ISO/IEC 15962, table of TDS 2.3, section 14.5.6.5): sixteen bits for three characters; the first of
    /// the forty pads.
    URN_CODE_40("\0ABCDEFGHIJKLMNOPQRSTUVWXYZ-.:0123456789");

    private static final int ASCII_BITS = 7;
    private static final int TRIPLE = 3;
    private static final int TRIPLE_BITS = 16;
    private static final int FORTY = 40;

    private final String characters;

    PackedText(String characters) {
        this.characters = characters;
    }

    /// The bits so many digits take as one number, as the standards compute them.
    public static int numberBits(int digits) {
        return digits == 0
                ? 0
                : BigInteger.TEN.pow(digits).subtract(BigInteger.ONE).bitLength();
    }

    /// How many bits so many characters take.
    public int bits(int length) {
        return switch (this) {
            case DIGITS -> numberBits(length);
            case CAPITAL_HEXADECIMAL, SMALL_HEXADECIMAL -> 4 * length;
            case BASE64 -> 6 * length;
            case ASCII -> ASCII_BITS * length;
            case URN_CODE_40 -> (length + TRIPLE - 1) / TRIPLE * TRIPLE_BITS;
        };
    }

    /// Whether the text can be packed this way.
    public boolean holds(String text) {
        return text.chars().allMatch(c -> this == ASCII ? c < 0x80 : c > 0 && characters.indexOf(c) >= 0);
    }

    /// The next characters; nothing if the bits end before, or say what this way cannot say.
    ///
    /// @param length how many characters
    public Optional<String> read(Bits bits, int length) {
        if (bits(length) > bits.left()) {
            return Optional.empty();
        }
        return switch (this) {
            case DIGITS -> digits(bits, length);
            case URN_CODE_40 -> triples(bits, length);
            default -> {
                var text = new StringBuilder();
                int width = bits(1);
                for (int i = 0; i < length; i++) {
                    int value = bits.number(width);
                    text.append(this == ASCII ? (char) value : characters.charAt(value));
                }
                yield Optional.of(text.toString());
            }
        };
    }

    private static Optional<String> digits(Bits bits, int length) {
        var digits = length == 0 ? "" : bits.big(numberBits(length)).toString();
        return digits.length() > length ? Optional.empty() : Optional.of("0".repeat(length - digits.length()) + digits);
    }

    private Optional<String> triples(Bits bits, int length) {
        var text = new StringBuilder();
        while (text.length() < length) {
            int triple = bits.number(TRIPLE_BITS) - 1;
            if (triple < 0 || triple >= FORTY * FORTY * FORTY) {
                return Optional.empty();
            }
            text.append(characters.charAt(triple / (FORTY * FORTY)))
                    .append(characters.charAt(triple / FORTY % FORTY))
                    .append(characters.charAt(triple % FORTY));
        }
        boolean padded = text.substring(length).chars().allMatch(c -> c == 0);
        text.setLength(length);
        return padded && text.indexOf("\0") < 0 ? Optional.of(text.toString()) : Optional.empty();
    }

    /// The bits of a text that this way [#holds].
    public String write(String text) {
        var bits = new StringBuilder();
        switch (this) {
            case DIGITS -> bits.append(Bits.of(new BigInteger("0" + text), numberBits(text.length())));
            case URN_CODE_40 -> {
                for (int i = 0; i < text.length(); i += TRIPLE) {
                    int triple = (rank(text, i) * FORTY + rank(text, i + 1)) * FORTY + rank(text, i + 2);
                    bits.append(Bits.of(triple + 1, TRIPLE_BITS));
                }
            }
            default ->
                text.chars().forEach(c -> bits.append(Bits.of(this == ASCII ? c : characters.indexOf(c), bits(1))));
        }
        return bits.toString();
    }

    private int rank(String text, int at) {
        return at < text.length() ? characters.indexOf(text.charAt(at)) : 0;
    }
}
