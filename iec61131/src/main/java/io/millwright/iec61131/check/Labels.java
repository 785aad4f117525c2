package io.millwright.iec61131.check;

import io.millwright.iec61131.syntax.Name;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The labels of a body, and the number of the stretch that begins at each.
final class Labels {
    private final Context context;
    private final Map<String, Integer> stretches = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, Landmark> landmarks = new HashMap<>();

    Labels(Context context) {
        this.context = context;
    }

    boolean isEmpty() {
        return stretches.isEmpty();
    }

    void declare(Name label, int stretch) {
        if (stretches.putIfAbsent(label.text(), stretch) != null) {
            context.error("E696", label.span(), "there is already a label " + label);
        }
        Landmark.declare(landmarks, Landmark.Kind.LABEL, label, label + ":", context.usages());
    }

    /// The stretch that a jump leads to; null after saying that there is no such label.
    @Nullable
    Integer target(Name label, String code) {
        Integer stretch = stretches.get(label.text());
        if (stretch == null) {
            context.unknown(code, label.span(), "there is no label " + label, label.text(), stretches.keySet());
        }
        Landmark.use(landmarks, label, context.usages());
        return stretch;
    }
}
