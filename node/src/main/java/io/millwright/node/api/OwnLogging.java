package io.millwright.node.api;

import io.helidon.logging.common.spi.LoggingProvider;

/// Tells the HTTP server that logging is configured by the program, not by it. Found by its service file.
public final class OwnLogging implements LoggingProvider {

    @Override
    public void initialization() {
        // The program has done it.
    }

    @Override
    public void runTime() {
        // The program has done it.
    }
}
