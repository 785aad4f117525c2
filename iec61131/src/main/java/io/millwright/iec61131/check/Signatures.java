package io.millwright.iec61131.check;

import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Declaration;
import io.millwright.iec61131.syntax.Declaration.Modifier;
import io.millwright.iec61131.syntax.Name;
import io.millwright.iec61131.syntax.TypeSyntax;
import io.millwright.iec61131.syntax.VariableBlock;
import io.millwright.iec61131.syntax.VariableDeclaration;
import io.millwright.iec61131.type.Defaults;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.StructureType;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import io.millwright.iec61131.type.Variable.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Turns the heads of functions and methods into signatures (6.6.2.2, 6.6.5.5).
final class Signatures {
    private static final Pattern ENABLED = Pattern.compile("\\bENO\\b\\s*:=", Pattern.CASE_INSENSITIVE);

    /// What Java's virtual machine hands over, less what a call needs besides.
    private static final int WORDS_MAX = 240;

    private final Context context;
    private final Part part;
    private final List<StructureType> unnamed;

    /// @param part where the heads stand
    Signatures(Context context, Part part) {
        this.context = context;
        this.part = part;
        this.unnamed = part.head.structures;
    }

    Signature of(
            Signature.Kind kind,
            Name name,
            @Nullable Type owner,
            Set<Modifier> modifiers,
            @Nullable TypeSyntax result,
            List<VariableBlock> blocks,
            boolean tellsEnabled) {
        List<Variable> parameters = new ArrayList<>();
        for (VariableBlock block : blocks) {
            Role role = switch (block.section()) {
                case VAR_INPUT -> Role.INPUT;
                case VAR_OUTPUT -> Role.OUTPUT;
                case VAR_IN_OUT -> Role.IN_OUT;
                default -> null;
            };
            if (role != null) {
                for (VariableDeclaration declaration : block.variables()) {
                    parameters.add(new Variables(context, unnamed).of(block, declaration, role));
                }
            }
        }
        int words = parameters.stream().mapToInt(Signatures::words).sum();
        if (kind != Signature.Kind.BODY && words > WORDS_MAX) {
            context.error(
                    "E013",
                    name.span(),
                    name.text() + " has more parameters than the " + WORDS_MAX + " that a function or method may have;"
                            + " those of 64 bits count twice, and a structure or array is one");
        }
        if (tellsEnabled) {
            parameters.add(enabled(name.span()));
        }
        Type type = result == null ? null : new Types(context, unnamed).of(result);
        Variable given = type == null ? null : result(name, type);
        var signature = new Signature(kind, name.text(), owner, modifiers, parameters, given, name.span());
        if (part.isBroken()) {
            signature.markMistaken();
        }
        return signature;
    }

    private static int words(Variable parameter) {
        Elementary elementary = parameter.type().elementary();
        return elementary != null && elementary.bits() == Long.SIZE ? 2 : 1;
    }

    /// Whether a routine sets ENO without having declared it.
    static boolean tellsEnabled(Declaration.Unit unit) {
        String text = unit.span().text();
        if (!mayName(text)) {
            return false;
        }
        boolean declared = unit.variables().stream()
                .flatMap(b -> b.variables().stream())
                .anyMatch(v -> v.name().key().equals("ENO"));
        return !declared && ENABLED.matcher(text).find();
    }

    private static boolean mayName(String text) {
        for (int at = 0; at < text.length() - 2; at++) {
            if ((text.charAt(at) | 0x20) == 'e' && text.regionMatches(true, at, "ENO", 0, 3)) {
                return true;
            }
        }
        return false;
    }

    /// ENO, which is TRUE unless the body says something else (6.6.1.6).
    static Variable enabled(Span span) {
        return new Variable("ENO", Elementary.BOOL, Role.OUTPUT, Set.of(), new Value.Truth(true), null, null, span);
    }

    /// A getter: its result is the property's value.
    Signature getter(Name name, Type owner, Set<Modifier> modifiers, Type type) {
        return new Signature(
                Signature.Kind.GETTER, name.text(), owner, modifiers, List.of(), result(name, type), name.span());
    }

    /// A setter: its only input has the property's name.
    Signature setter(Name name, Type owner, Set<Modifier> modifiers, Type type) {
        var input = new Variable(name.text(), type, Role.INPUT, Set.of(), Defaults.of(type), null, null, name.span());
        return new Signature(Signature.Kind.SETTER, name.text(), owner, modifiers, List.of(input), null, name.span());
    }

    private static Variable result(Name name, Type type) {
        return new Variable(name.text(), type, Role.RESULT, Set.of(), Defaults.of(type), null, null, name.span());
    }
}
