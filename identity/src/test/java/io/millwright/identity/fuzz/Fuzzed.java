package io.millwright.identity.fuzz;

/// Where Jazzer's driver hands its inputs over: to the codec that the property `mw.fuzz.codec` names.
public final class Fuzzed {

    private static final Codec CODEC = Codecs.named(System.getProperty("mw.fuzz.codec"));

    private Fuzzed() {}

    /// Takes the seeds before the clock of the first input runs: keys are made, nodes started.
    public static void fuzzerInitialize() throws Exception {
        for (byte[] seed : CODEC.seeds()) {
            CODEC.check().holds(seed);
        }
    }

    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        CODEC.check().holds(input);
    }
}
