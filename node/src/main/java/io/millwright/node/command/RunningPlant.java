package io.millwright.node.command;

import io.millwright.connect.LinkException;
import io.millwright.connect.Protocols;
import io.millwright.model.Plant;
import io.millwright.model.Time;
import io.millwright.node.api.AccessToken;
import io.millwright.node.api.HttpServer;
import io.millwright.node.runtime.PlantRuntime;
import io.millwright.node.runtime.RuntimeSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;

/// A plant with its HTTP server, as `mw up` and `mw demo` run it.
public final class RunningPlant implements AutoCloseable {

    private final PlantRuntime runtime;
    private final HttpServer http;
    private final String url;

    private RunningPlant(PlantRuntime runtime, HttpServer http, String url) {
        this.runtime = runtime;
        this.http = http;
        this.url = url;
    }

    /// Starts everything.
    ///
    /// @throws UsageError if a port is taken or the data folder cannot be used; the message says which
    static RunningPlant start(Plant plant, RuntimeSettings settings) {
        return start(plant, Optional.empty(), settings);
    }

    /// Starts everything, control logic included.
    ///
    /// @throws UsageError if a port is taken or the data folder cannot be used; the message says which
    public static RunningPlant start(Plant plant, Optional<PlantRuntime.Control> control, RuntimeSettings settings) {
        return start(plant, KnownProtocols.ALL, control, settings);
    }

    /// Starts everything, with connections of other protocols.
    ///
    /// @throws UsageError if a port is taken or the data folder cannot be used; the message says which
    static RunningPlant start(
            Plant plant, Protocols protocols, Optional<PlantRuntime.Control> control, RuntimeSettings settings) {
        try {
            var token = settings.http().getAddress().isLoopbackAddress()
                    ? Optional.<AccessToken>empty()
                    : Optional.of(AccessToken.of(settings.securityFolder().resolve("token")));
            var runtime =
                    PlantRuntime.start(plant, control, protocols, settings, VersionProvider.version(), Time.system());
            try {
                var http = HttpServer.start(runtime, settings.http(), token);
                var address = new InetSocketAddress(settings.http().getAddress(), http.port());
                var url = "http://" + Address.text(address) + "/";
                publish(runtime, URI.create(url));
                return new RunningPlant(runtime, http, url);
            } catch (IOException | RuntimeException e) {
                runtime.close();
                throw e;
            }
        } catch (LinkException e) {
            throw new UsageError(e.getMessage());
        } catch (IOException e) {
            throw new UsageError(IoReason.of(e));
        }
    }

    private static void publish(PlantRuntime runtime, URI base) {
        try {
            runtime.publish(base);
        } catch (IllegalArgumentException e) {
            throw new UsageError(String.valueOf(e.getMessage())); // two assets whose names differ in case only
        }
    }

    public PlantRuntime runtime() {
        return runtime;
    }

    /// The console's address.
    public String url() {
        return url;
    }

    /// Ends the server, then the plant.
    @Override
    public void close() {
        http.close();
        try {
            runtime.close();
        } catch (IOException e) {
            throw new FailedError("the plant did not end well: " + IoReason.of(e));
        }
    }
}
