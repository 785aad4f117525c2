package io.millwright.node.api;

import io.helidon.http.Method;
import java.util.List;
import java.util.Optional;

/// One operation of the API: what the server does and what the OpenAPI document says of it.
///
/// @param method the HTTP method
/// @param path the path beneath `/api/v1`, with parameters in braces
/// @param summary what it does, in one sentence
/// @param parameters path and query parameters
/// @param body the record its request body is read into; empty where it takes none
/// @param answer the record it answers with
/// @param many whether it answers with an array of these
/// @param handler does it
record Route(
        Method method,
        String path,
        String summary,
        List<Parameter> parameters,
        Optional<Class<?>> body,
        Class<?> answer,
        boolean many,
        Handler handler) {

    /// Where a parameter stands.
    enum Place {
        PATH,
        QUERY
    }

    /// A parameter.
    ///
    /// @param name its name
    /// @param place where it stands
    /// @param repeated whether it may be given more than once
    /// @param required whether it must be given
    /// @param description what it means
    /// @param example a value that works in the demonstration plant
    record Parameter(String name, Place place, boolean repeated, boolean required, String description, String example) {

        static Parameter path(String name, String description, String example) {
            return new Parameter(name, Place.PATH, false, true, description, example);
        }

        static Parameter query(String name, String description, String example) {
            return new Parameter(name, Place.QUERY, false, false, description, example);
        }
    }

    /// Answers a call.
    @FunctionalInterface
    interface Handler {
        /// @return what is written as JSON
        /// @throws Problem if it cannot be answered
        Object handle(Call call);
    }

    static Route get(String path, String summary, List<Parameter> parameters, Class<?> answer, Handler handler) {
        return new Route(Method.GET, path, summary, parameters, Optional.empty(), answer, false, handler);
    }

    /// The same route, answering with an array.
    Route ofMany() {
        return new Route(method, path, summary, parameters, body, answer, true, handler);
    }
}
