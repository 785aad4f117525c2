package io.millwright.node.command;

import io.millwright.connect.Protocols;
import io.millwright.model.Plant;
import io.millwright.model.Time;
import io.millwright.node.api.AccessToken;
import io.millwright.node.api.HttpServer;
import io.millwright.node.runtime.PlantRuntime;
import io.millwright.node.runtime.RuntimeSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;

/// A plant with its HTTP server, as `mw up` and `mw demo` run it.
final class RunningPlant implements AutoCloseable {

    private final PlantRuntime runtime;
    private final HttpServer http;
    private final InetSocketAddress address;

    private RunningPlant(PlantRuntime runtime, HttpServer http, InetSocketAddress address) {
        this.runtime = runtime;
        this.http = http;
        this.address = address;
    }

    /// Starts everything.
    ///
    /// @throws FailedError if a port is taken or the data folder cannot be used; the message says which
    static RunningPlant start(Plant plant, RuntimeSettings settings) {
        PlantRuntime runtime = null;
        try {
            var token = settings.http().getAddress().isLoopbackAddress()
                    ? Optional.<AccessToken>empty()
                    : Optional.of(AccessToken.of(settings.securityFolder().resolve("token")));
            runtime = PlantRuntime.start(
                    plant, Protocols.all(), settings, VersionProvider.version(), Time.system());
            var http = HttpServer.start(runtime, settings.http(), token);
            return new RunningPlant(
                    runtime, http, new InetSocketAddress(settings.http().getAddress(), http.port()));
        } catch (IOException e) {
            if (runtime != null) {
                runtime.close();
            }
            throw new FailedError(String.valueOf(e.getMessage()));
        }
    }

    PlantRuntime runtime() {
        return runtime;
    }

    /// The console's address.
    String url() {
        return "http://" + Address.text(address) + "/";
    }

    @Override
    public void close() {
        http.close();
        runtime.close();
    }
}
