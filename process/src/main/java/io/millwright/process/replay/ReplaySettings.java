package io.millwright.process.replay;

import java.nio.file.Path;
import java.util.Optional;

/// How recordings are replayed.
///
/// @param opcUaPort 0 for any free port
/// @param broker also publish as a Sparkplug edge node through this broker, e.g. `mqtt://127.0.0.1:1883`
/// @param folder for the server's certificate and the clients that it trusts
/// @param times the source times that values carry
/// @param speed how much faster than recorded, above 0
/// @param loop begin again at the end, times going on
public record ReplaySettings(
        int opcUaPort, Optional<String> broker, Path folder, Times times, double speed, boolean loop) {

    /// Which source times values carry.
    public enum Times {
        /// The recorded ones.
        ORIGINAL,
        /// Those of the replay.
        NOW
    }

    public ReplaySettings {
        if (!(speed > 0) || Double.isInfinite(speed)) {
            throw new IllegalArgumentException("speed must be above 0, e.g. 100, not " + speed);
        }
    }
}
