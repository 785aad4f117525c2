package io.millwright.iec61131.xml;

import java.util.Set;

/// Projects of one unit, for tests.
final class Xml {
    private Xml() {}

    /// A project with a program `p` and these variables, each `name TYPE`, and body.
    static String program(String variables, String body) {
        return project(unit("p", "program", variables, body));
    }

    static String project(String units) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <project xmlns="http://www.plcopen.org/xml/tc6_0201" xmlns:xhtml="http://www.w3.org/1999/xhtml">
                <types><dataTypes/><pous>
                %s
                </pous></types>
                <instances><configurations/></instances>
                </project>
                """.formatted(units);
    }

    static String unit(String name, String kind, String variables, String body) {
        var all = new StringBuilder();
        for (String variable : variables.split(",", -1)) {
            String[] parts = variable.strip().split(" ", -1);
            boolean elementary = Set.of("BOOL", "INT", "DINT", "TIME").contains(parts[1]);
            String type = elementary ? "<" + parts[1] + "/>" : "<derived name=\"" + parts[1] + "\"/>";
            all.append("<variable name=\"%s\"><type>%s</type></variable>\n".formatted(parts[0], type));
        }
        return """
                <pou name="%s" pouType="%s">
                <interface><localVars>
                %s</localVars></interface>
                %s
                </pou>
                """.formatted(name, kind, all, body);
    }

    static String in(int id, String expression) {
        return "<inVariable localId=\"%d\"><connectionPointOut/><expression>%s</expression></inVariable>\n"
                .formatted(id, expression);
    }

    static String out(int id, String expression, String... lines) {
        return "<outVariable localId=\"%d\"><position x=\"0\" y=\"%d\"/>%s<expression>%s</expression></outVariable>\n"
                .formatted(id, id, from(lines), expression);
    }

    /// A pin with lines from `localId` or `localId.PIN`.
    static String from(String... lines) {
        var all = new StringBuilder("<connectionPointIn>");
        for (String line : lines) {
            String[] parts = line.split("\\.", 2);
            all.append("<connection refLocalId=\"%s\"".formatted(parts[0]));
            all.append(parts.length > 1 ? " formalParameter=\"%s\"/>".formatted(parts[1]) : "/>");
        }
        return all.append("</connectionPointIn>").toString();
    }

    /// A block; inputs as `PIN=localId`, with `!` before the pin where it is negated; outputs by name.
    static String block(int id, String type, String instance, String inputs, String outputs) {
        var all = new StringBuilder("<block localId=\"%d\" typeName=\"%s\"".formatted(id, type));
        all.append(instance.isEmpty() ? ">" : " instanceName=\"%s\">".formatted(instance));
        all.append("<position x=\"0\" y=\"%d\"/><inputVariables>".formatted(id));
        for (String input : inputs.isEmpty() ? new String[0] : inputs.split(" ", -1)) {
            String[] parts = input.replace("!", "").split("=", 2);
            all.append("<variable formalParameter=\"%s\" negated=\"%s\">%s</variable>"
                    .formatted(parts[0], input.startsWith("!"), from(parts[1])));
        }
        all.append("</inputVariables><inOutVariables/><outputVariables>");
        for (String output : outputs.split(" ", -1)) {
            all.append("<variable formalParameter=\"%s\"><connectionPointOut/></variable>".formatted(output));
        }
        return all.append("</outputVariables></block>\n").toString();
    }

    static String contact(int id, String variable, String attributes, String... lines) {
        return "<contact localId=\"%d\" %s>%s<connectionPointOut/><variable>%s</variable></contact>\n"
                .formatted(id, attributes, from(lines), variable);
    }

    static String coil(int id, String variable, String attributes, String... lines) {
        return ("<coil localId=\"%d\" %s><position x=\"0\" y=\"%d\"/>%s<connectionPointOut/><variable>%s</variable>"
                        + "</coil>\n")
                .formatted(id, attributes, id, from(lines), variable);
    }

    static final String RAIL =
            "<leftPowerRail localId=\"1\"><connectionPointOut formalParameter=\"\"/></leftPowerRail>\n";
}
