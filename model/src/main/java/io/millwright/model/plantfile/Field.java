package io.millwright.model.plantfile;

import java.util.Optional;

/// A key of an object, and what stands under it.
///
/// @param key the key
/// @param shape what stands under it
/// @param required whether it must be there
/// @param fallback what counts when it is not there, as one would write it; empty where that is simply nothing
/// @param description what it is for, as an editor shows it
record Field<T>(String key, Shape<T> shape, boolean required, Optional<String> fallback, String description) {

    static <T> Field<T> required(String key, Shape<T> shape, String description) {
        return new Field<>(key, shape, true, Optional.empty(), description);
    }

    static <T> Field<T> optional(String key, Shape<T> shape, String description) {
        return new Field<>(key, shape, false, Optional.empty(), description);
    }

    static <T> Field<T> optional(String key, Shape<T> shape, String fallback, String description) {
        return new Field<>(key, shape, false, Optional.of(fallback), description);
    }
}
