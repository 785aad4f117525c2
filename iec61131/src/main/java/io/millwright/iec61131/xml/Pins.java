package io.millwright.iec61131.xml;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What stands in the elements of a diagram.
final class Pins {
    private Pins() {}

    static int order(Element element) {
        int order = element.number("executionOrderId", 0);
        return order > 0 ? order : Integer.MAX_VALUE;
    }

    static int y(Element element) {
        Element position = element.child("position");
        return position == null ? 0 : position.number("y", 0);
    }

    static int x(Element element) {
        Element position = element.child("position");
        return position == null ? 0 : position.number("x", 0);
    }

    static String text(Element element, String child) {
        Element inside = element.child(child);
        return inside == null ? element.attribute(child) : inside.deepText().strip();
    }

    static boolean connected(Element pin) {
        Element point = pin.child("connectionPointIn");
        return point != null && point.child("connection") != null;
    }

    static List<Element> pins(Element block, String group) {
        return block.within(group).filter(v -> v.name().equals("variable")).toList();
    }

    static Element withId(Element pin, Element block) {
        Map<String, String> attributes = new HashMap<>(pin.attributes());
        attributes.put("localId", block.attribute("localId"));
        return new Element(pin.name(), attributes, pin.children(), pin.text(), pin.offset());
    }

    static List<Element> outputs(Element block) {
        return pins(block, "outputVariables").stream()
                .filter(p -> !p.attribute("formalParameter").equals("ENO"))
                .toList();
    }

    static String negated(Element pin, String value) {
        return pin.is("negated") ? "NOT (" + value + ")" : value;
    }
}
