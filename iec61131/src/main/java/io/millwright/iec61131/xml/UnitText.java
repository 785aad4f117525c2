package io.millwright.iec61131.xml;

import io.millwright.iec61131.source.Diagnostics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Writes the units of a project: functions, function blocks, programs, classes and interfaces.
final class UnitText {
    private static final Map<String, String> SECTIONS = Map.of(
            "inputVars", "VAR_INPUT",
            "outputVars", "VAR_OUTPUT",
            "inOutVars", "VAR_IN_OUT",
            "localVars", "VAR",
            "tempVars", "VAR_TEMP",
            "externalVars", "VAR_EXTERNAL",
            "globalVars", "VAR_GLOBAL");

    private final Writing writing;
    private final Diagnostics diagnostics;
    private final Map<String, Map<String, String>> members;
    private final Map<String, String> functions;
    private final Map<String, String> globals;

    /// @param members of the types and units of the project
    /// @param functions the types of their results
    UnitText(
            Writing writing,
            Diagnostics diagnostics,
            Map<String, Map<String, String>> members,
            Map<String, String> functions,
            Map<String, String> globals) {
        this.writing = writing;
        this.diagnostics = diagnostics;
        this.members = members;
        this.functions = functions;
        this.globals = globals;
    }

    void write(Element unit) {
        String name = unit.attribute("name");
        String kind = switch (unit.attribute("pouType")) {
            case "function" -> "FUNCTION";
            case "functionBlock" -> "FUNCTION_BLOCK";
            case "class" -> "CLASS";
            case "interface" -> "INTERFACE";
            default -> "PROGRAM";
        };
        String place = "POU " + name;
        writing.at(unit, place);
        document(unit);
        String result = functions.getOrDefault(Guess.key(name), "");
        String line = kind + modifiers(unit) + " " + name + (result.isEmpty() ? "" : " : " + result)
                + names(" EXTENDS ", unit.all("extends")) + names(" IMPLEMENTS ", unit.all("implements"));
        writing.line(line, unit, "name");
        unit.all("using").forEach(u -> writing.at(u, place).line("USING " + u.attribute("name") + ";"));
        unit.within("interface").forEach(block -> block(block, place));
        Guess guess = guess(unit);
        List<Element> transitions = unit.within("transitions").toList();
        // What the bodies need is declared before them, and known only behind them.
        Writing head = writing.split();
        unit.all("method").forEach(m -> method(m, unit, head, place));
        Bodies bodies = new Bodies(name, head, diagnostics, guess, !kind.equals("FUNCTION"), transitions);
        boolean chart = unit.within("body").anyMatch(b -> b.name().equals("SFC"));
        if (chart) {
            unit.all("body").forEach(bodies::body);
        }
        unit.within("actions").forEach(action -> {
            head.at(action, place + ", action " + action.attribute("name"));
            head.line("ACTION " + action.attribute("name") + ":", action, "name");
            bodies.action(action);
            head.line("END_ACTION");
        });
        if (!chart) {
            unit.all("body").forEach(bodies::body);
        }
        bodies.actions();
        declare(bodies);
        writing.join(head);
        writing.at(unit, place).line("END_" + kind);
    }

    private Guess guess(Element unit) {
        Guess guess = new Guess(members, functions, globals);
        members.getOrDefault(Guess.key(unit.attribute("name")), Map.of()).forEach(guess::variable);
        return guess;
    }

    private void declare(Bodies bodies) {
        if (!bodies.declarations().isEmpty()) {
            writing.line("VAR");
            bodies.declarations().forEach(writing::line);
            writing.line("END_VAR");
        }
    }

    /// Methods stand with the bodies, for what a body needs is declared before them.
    private void method(Element method, Element unit, Writing into, String place) {
        String inside = place + ", method " + method.attribute("name");
        var text = new UnitText(into, diagnostics, members, functions, globals);
        into.at(method, inside);
        text.document(method);
        String result = method.within("interface")
                .filter(e -> e.name().equals("returnType"))
                .map(r -> " : " + TypeText.of(r))
                .findFirst()
                .orElse("");
        into.line("METHOD" + modifiers(method) + " " + method.attribute("name") + result, method, "name");
        method.within("interface").forEach(block -> text.block(block, inside));
        Guess guess = guess(unit);
        Project.variables(method.within("interface").flatMap(b -> b.all("variable")))
                .forEach(guess::variable);
        Writing head = into.split();
        Bodies bodies = new Bodies(unit.attribute("name"), head, diagnostics, guess, false, List.of());
        method.all("body").forEach(bodies::body);
        text.declare(bodies);
        into.join(head);
        into.at(method, inside).line("END_METHOD");
    }

    private static String names(String keyword, Stream<Element> named) {
        String all = named.map(e -> e.attribute("name")).collect(Collectors.joining(", "));
        return all.isEmpty() ? "" : keyword + all;
    }

    /// What is public is so without a word.
    private static String modifiers(Element element) {
        String access = element.attribute("accessSpecifier").toUpperCase(Locale.ROOT);
        return (element.is("abstract") ? " ABSTRACT" : "")
                + (element.is("final") ? " FINAL" : "")
                + (element.is("override") ? " OVERRIDE" : "")
                + (element.is("internal") ? " INTERNAL" : "")
                + access(access);
    }

    private static String access(String specifier) {
        return specifier.isEmpty() || specifier.equals("PUBLIC") ? "" : " " + specifier;
    }

    void document(Element holder) {
        Element documentation = holder.child("documentation");
        if (documentation != null) {
            documentation.deepText().strip().lines().forEach(l -> writing.line("// " + l.strip()));
        }
    }

    /// Writes a block of variables.
    void block(Element block, String place) {
        String section = SECTIONS.get(block.name());
        if (section == null || block.child("variable") == null) {
            return;
        }
        writing.at(block, place).line(section + qualifiers(block));
        block.all("variable").forEach(variable -> {
            writing.at(variable, place + ", variable " + variable.attribute("name"));
            document(variable);
            writing.line(TypeText.variable(variable), variable, "name");
        });
        writing.at(block, place).line("END_VAR");
    }

    private static String qualifiers(Element block) {
        return (block.is("constant") ? " CONSTANT" : "")
                + (block.is("retain") ? " RETAIN" : "")
                + (block.is("nonretain") ? " NON_RETAIN" : "")
                + (block.is("persistent") ? " PERSISTENT" : "")
                + access(block.attribute("accessSpecifier").toUpperCase(Locale.ROOT));
    }
}
