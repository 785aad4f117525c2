package io.millwright.identity.server;

import io.millwright.identity.message.Limits;

/// How much a node sends by UDP, where whoever asks may have written the address of another into the datagram.
///
/// A client is known to be where it says for ten minutes after it made a TCP connection from there. Of an answer that
/// is longer than allowed 21 octets are sent that say so ([io.millwright.identity.message.Envelope#cutShort]): the
/// client
/// asks by TCP. What a network draws in all has a limit too (/24 of IPv4, /56 of IPv6): beyond it, every second answer
/// is these octets and the others are left out, as name servers do.
///
/// @param strangerBytesMax the longest answer sent whole to a source that is not known
/// @param knownBytesMax the longest answer sent whole to one that is
/// @param bytesPerSecond what all unknown sources of one network draw at most, on average; twice as much at once; known
/// ones [#KNOWN_SHARE] times as much
/// @param trustsLoopback whether loopback is known and has no rate: nobody beyond this machine can forge it
public record UdpLimits(int strangerBytesMax, int knownBytesMax, int bytesPerSecond, boolean trustsLoopback) {

    /// How much more of the rate a known source has.
    static final int KNOWN_SHARE = 20;

    public UdpLimits {
        if (strangerBytesMax < 0 || knownBytesMax < strangerBytesMax || bytesPerSecond < KNOWN_SHARE) {
            throw new IllegalArgumentException("no length is negative, the known have no less, and the rate is more");
        }
    }

    /// Three datagrams, 1476 octets; 16 KiB for those who are known; 500 000 octets per second.
    public static UdpLimits usual() {
        return new UdpLimits(3 * Limits.FRAGMENT_BYTES, 16_384, 500_000, true);
    }

    /// The same also for loopback.
    public UdpLimits distrustingLoopback() {
        return new UdpLimits(strangerBytesMax, knownBytesMax, bytesPerSecond, false);
    }

    public UdpLimits withBytesPerSecond(int rate) {
        return new UdpLimits(strangerBytesMax, knownBytesMax, rate, trustsLoopback);
    }
}
