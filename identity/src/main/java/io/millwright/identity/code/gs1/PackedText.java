package io.millwright.identity.code.gs1;

import java.util.Optional;

/// Text packed into bits by one of five encodings, which compressed Digital Links (GS1 Digital Link Standard 1.1) and
/// tags (TDS 2.3, section 14.5.6) share: 0 digits as one number, 1 and 2 hexadecimal digits in small and capital
/// letters, 3 base64url characters, 4 ASCII.
public final class PackedText {

    /// The hexadecimal digits of encodings 1 and 2.
    private static final String[] HEXADECIMAL = {"0123456789abcdef", "0123456789ABCDEF"};

    private static final int NIBBLE = 4;
    private static final int BASE64 = 6;
    private static final int ASCII = 7;

    private PackedText() {}

    /// The bits so many digits take as one number, as the standards compute them.
    static int numberBits(int digits) {
        return (int) Math.ceil(digits * Math.log(10) / Math.log(2) + 0.01);
    }

    /// The next characters; nothing if the bits end before or there is no such encoding.
    ///
    /// @param length how many characters
    public static Optional<String> read(Bits bits, int encoding, int length) {
        int needed = switch (encoding) {
            case 0 -> numberBits(length);
            case 1, 2 -> NIBBLE * length;
            case 3 -> BASE64 * length;
            case 4 -> ASCII * length;
            default -> Integer.MAX_VALUE;
        };
        if (needed > bits.left() && length > 0 || encoding > 4) {
            return Optional.empty();
        }
        if (encoding == 0) {
            var digits = bits.big(needed).toString();
            if (length == 0) {
                return Optional.of("");
            }
            return digits.length() > length
                    ? Optional.empty()
                    : Optional.of("0".repeat(length - digits.length()) + digits);
        }
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(
                    switch (encoding) {
                        case 1, 2 -> HEXADECIMAL[encoding - 1].charAt(bits.number(NIBBLE));
                        case 3 -> Characters.BASE64.at(bits.number(BASE64));
                        default -> (char) bits.number(ASCII);
                    });
        }
        return Optional.of(text.toString());
    }
}
