package io.millwright.iec61131.jvm;

import java.util.ArrayList;
import java.util.List;

/// Objects of running machines that the code of one routine knows as constants.
final class MetObjects {
    private final List<Object> objects = new ArrayList<>();

    /// The number under which the code asks for an object.
    @SuppressWarnings("ReferenceEquality") // It is that very object.
    int number(Object object) {
        for (int i = 0; i < objects.size(); i++) {
            if (objects.get(i) == object) {
                return i;
            }
        }
        objects.add(object);
        return objects.size() - 1;
    }

    Object object(int number) {
        return objects.get(number);
    }
}
