package io.millwright.identity.fuzz;

/// Where Jazzer's driver hands its inputs over: to the codec that the property `mw.fuzz.codec` names.
public final class Fuzzed {

    private static final Codec CODEC = Codecs.named(System.getProperty("mw.fuzz.codec"));

    private Fuzzed() {}

    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        CODEC.check().holds(input);
    }
}
