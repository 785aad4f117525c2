package io.millwright.identity.door;

import java.math.BigInteger;
import java.util.Optional;

/// Base58 in the alphabet of Bitcoin (draft-msporny-base58), read.
final class Base58 {

    private static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(ALPHABET.length());

    private Base58() {}

    /// The octets; nothing if a character is not of the alphabet. Each leading 1 is an octet of zero.
    static Optional<byte[]> decode(String text) {
        var number = BigInteger.ZERO;
        int zeros = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = ALPHABET.indexOf(text.charAt(i));
            if (digit < 0) {
                return Optional.empty();
            }
            zeros += digit == 0 && zeros == i ? 1 : 0;
            number = number.multiply(BASE).add(BigInteger.valueOf(digit));
        }
        byte[] signed = number.toByteArray();
        int from = signed[0] == 0 ? 1 : 0;
        byte[] octets = new byte[zeros + signed.length - from];
        System.arraycopy(signed, from, octets, zeros, signed.length - from);
        return Optional.of(octets);
    }
}
