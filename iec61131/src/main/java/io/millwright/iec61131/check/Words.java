package io.millwright.iec61131.check;

import io.millwright.iec61131.source.Excerpt;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Body;
import io.millwright.iec61131.syntax.Declaration;
import io.millwright.iec61131.syntax.Kind;
import io.millwright.iec61131.syntax.Name;
import io.millwright.iec61131.syntax.QualifiedName;
import io.millwright.iec61131.syntax.SyntaxTree;
import io.millwright.iec61131.syntax.Tokens;
import io.millwright.iec61131.syntax.TypeSyntax;
import io.millwright.iec61131.syntax.VariableBlock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The words of one version of a [Part]. Whatever a part depends on it names, if not itself then by way of what
/// it names; so a part is checked again when a declaration of a name among its words has changed.
///
/// A token belongs to a body, which only the routine itself depends on, or to the heads, on which others do.
final class Words {
    private final Tokens tokens;
    /// What is declared in which order, so that equal tokens which are read differently are not taken for equal
    /// heads.
    private final StringBuilder shape = new StringBuilder();
    private final BitSet inBody = new BitSet();
    private final Set<String> declared = new HashSet<>();
    /// The namespaces that it opens, those around them before their names, and the names of these.
    private final Set<String> spaces = new LinkedHashSet<>();

    private final Set<String> used = new HashSet<>();
    private final List<Unread.Statements> statements = new ArrayList<>();
    private @Nullable Set<String> headNames;
    private @Nullable Set<String> allNames;

    private Words(Tokens tokens) {
        this.tokens = tokens;
    }

    /// Where statements stand.
    List<Unread.Statements> statements() {
        return statements;
    }

    static Words of(Tokens tokens, SyntaxTree tree) {
        var words = new Words(tokens);
        tree.declarations().forEach(d -> words.declaration(d, ""));
        words.use(tree.using());
        return words;
    }

    /// Says that names are declared besides, for all anybody knows ([Unread#maybeDeclared]).
    void maybeDeclares(Set<String> names) {
        declared.addAll(names);
    }

    private void use(List<QualifiedName> using) {
        using.forEach(u -> u.parts().forEach(n -> used.add(n.key())));
    }

    /// @param around the namespaces that it stands in
    private void declaration(Declaration declaration, String around) {
        switch (declaration) {
            case Declaration.Unit unit -> unit(unit);
            case Declaration.Interface face -> {
                declared.add(face.name().key());
                shape.append('I')
                        .append(face.methods().size())
                        .append(' ')
                        .append(face.properties().size());
            }
            case Declaration.DataType type -> {
                declared.add(type.name().key());
                shape.append('T');
                values(type.type());
            }
            case Declaration.Globals(var name, var block, var _, var _) -> {
                if (name != null) {
                    declared.add(name.key());
                }
                globals(block);
            }
            case Declaration.Namespace namespace -> {
                use(namespace.using());
                String path = around;
                for (Name name : namespace.name().parts()) {
                    declared.add(name.key());
                    path += "." + name.key();
                    spaces.add(path);
                }
                String inside = path;
                shape.append('{');
                namespace.declarations().forEach(d -> declaration(d, inside));
                shape.append('}');
            }
            case Declaration.Configuration configuration -> {
                configuration.variables().forEach(b -> globals(b));
                configuration.resources().forEach(r -> r.variables().forEach(b -> globals(b)));
            }
        }
    }

    private void globals(VariableBlock block) {
        shape.append('G').append(block.section()).append(block.variables().size());
        if (block.section() != VariableBlock.Section.VAR_GLOBAL) {
            // VAR_CONFIG and VAR_ACCESS speak of what is declared elsewhere.
            return;
        }
        block.variables().forEach(v -> {
            declared.add(v.name().key());
            if (v.type() != null) {
                values(v.type());
            }
        });
    }

    private void values(TypeSyntax type) {
        if (type instanceof TypeSyntax.Enumeration enumeration) {
            enumeration.values().forEach(v -> declared.add(v.name().key()));
        }
    }

    private void unit(Declaration.Unit unit) {
        declared.add(unit.name().key());
        shape.append(unit.kind()).append(unit.name().text());
        // ENO that a body sets is an output, which the heads do not name.
        shape.append(Signatures.tellsEnabled(unit) ? " ENO " : " ");
        boolean function = unit.kind() == Declaration.Unit.Kind.FUNCTION;
        blocks(unit.variables(), function, !function);
        body(unit.body(), unit.variables(), unit, unit.span().end(), Kind.valueOf("END_" + unit.kind()));
        for (Declaration.Method method : unit.methods()) {
            shape.append('M').append(method.name().text());
            blocks(method.variables(), true, true);
            if (method.body() != null) {
                body(method.body(), method.variables(), unit, method.span().end(), Kind.END_METHOD);
            }
        }
        for (Declaration.Property property : unit.properties()) {
            shape.append('P').append(property.name().text());
            accessor(property.get(), unit, Kind.END_GET);
            accessor(property.set(), unit, Kind.END_SET);
        }
        for (Declaration.Action action : unit.actions()) {
            shape.append('A').append(action.name().text());
            body(action.body(), List.of(), unit, action.span().end(), Kind.END_ACTION);
        }
    }

    private void accessor(Declaration.@Nullable Accessor accessor, Declaration.Unit unit, Kind keyword) {
        if (accessor != null && accessor.body() != null) {
            blocks(accessor.variables(), true, true);
            body(accessor.body(), accessor.variables(), unit, accessor.span().end(), keyword);
        }
    }

    /// @param own whether VAR and the like are the routine's own affair
    private void blocks(List<VariableBlock> blocks, boolean own, boolean temporary) {
        for (VariableBlock block : blocks) {
            boolean inside = switch (block.section()) {
                case VAR, VAR_STAT, VAR_EXTERNAL -> own;
                case VAR_TEMP -> own || temporary;
                default -> false;
            };
            if (inside) {
                mark(block.span().start(), block.span().end());
            } else {
                shape.append('V')
                        .append(block.section())
                        .append(block.variables().size());
            }
        }
    }

    /// A body lasts from its first statement to the next head within the unit. A chart is no body: its steps
    /// are variables of the unit.
    ///
    /// @param keyword what ends it
    private void body(Body body, List<VariableBlock> before, Declaration.Unit unit, int end, Kind keyword) {
        Span first = switch (body) {
            case Body.StructuredText(var statements, var _) ->
                statements.isEmpty() ? null : statements.getFirst().span();
            case Body.InstructionList(var instructions, var _) ->
                instructions.isEmpty() ? null : instructions.getFirst().span();
            case Body.Chart _ -> null;
        };
        if (first == null) {
            return;
        }
        int start = first.start();
        int[] heads = new int[] {end};
        before.forEach(b -> heads[0] = nearest(heads[0], b.span(), start));
        unit.methods().forEach(m -> heads[0] = nearest(heads[0], m.span(), start));
        unit.properties().forEach(p -> heads[0] = nearest(heads[0], p.span(), start));
        unit.actions().forEach(a -> heads[0] = nearest(heads[0], a.span(), start));
        mark(start, heads[0]);
        statements.add(new Unread.Statements(token(tokens, start), token(tokens, heads[0]), keyword));
    }

    private static int nearest(int end, Span head, int start) {
        return head.start() > start ? Math.min(end, head.start()) : end;
    }

    private void mark(int start, int end) {
        for (int i = token(tokens, start); i < tokens.count() && tokens.start(i) < end; i++) {
            inBody.set(i);
        }
    }

    /// The first token at or behind a place.
    static int token(Tokens tokens, int offset) {
        int low = 0;
        int high = tokens.count();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (tokens.start(middle) < offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// The names that it declares for others.
    Set<String> declared() {
        return declared;
    }

    /// The names of namespaces that its USING, except those of units, make more visible to everybody.
    Set<String> used() {
        return used;
    }

    /// What decides which namespaces some names stand for: namespaces with any of them in their path, and the names
    /// themselves where something is declared so that is no namespace.
    Set<String> meant(Set<String> names) {
        Set<String> meant = new LinkedHashSet<>();
        Set<String> inPaths = new HashSet<>();
        for (String path : spaces) {
            List<String> parts = List.of(path.split("\\."));
            inPaths.addAll(parts);
            if (parts.stream().anyMatch(names::contains)) {
                meant.add(path);
            }
        }
        names.stream().filter(n -> declared.contains(n) && !inPaths.contains(n)).forEach(meant::add);
        return meant;
    }

    /// The names in its heads, its own among them, as names are compared.
    Set<String> headNames() {
        if (headNames == null) {
            headNames = names(true);
        }
        return headNames;
    }

    /// All names in it.
    Set<String> allNames() {
        if (allNames == null) {
            allNames = names(false);
        }
        return allNames;
    }

    private Set<String> names(boolean headsOnly) {
        Set<String> names = new HashSet<>(declared);
        // What charts are turned into names these.
        names.addAll(List.of("TIME", "BOOL"));
        for (int i = 0; i < tokens.count(); i++) {
            if (!(headsOnly && inBody.get(i)) && isWord(tokens, i)) {
                String text = tokens.text(i);
                int prefix = text.indexOf('#');
                names.add(Name.key(prefix < 0 ? text : text.substring(0, prefix)));
            }
        }
        return names;
    }

    /// Whether it could be a name: where a text is wrong, the parser takes even a number or a keyword for one.
    static boolean isWord(Tokens tokens, int index) {
        if (tokens.kind(index).isTrivia() || tokens.end(index) == tokens.start(index)) {
            return false;
        }
        char first = tokens.source().text().charAt(tokens.start(index));
        return Character.isLetterOrDigit(first) || first == '_';
    }

    /// Whether its heads consist of the same tokens as those of another version.
    boolean sameHeads(Words other) {
        return shape.compareTo(other.shape) == 0 && same(other, true);
    }

    /// Whether its bodies do as well, given that its heads do: on the same lines, which instruction lists go by.
    boolean sameBodies(Words other) {
        return same(other, false);
    }

    private boolean same(Words other, boolean headsOnly) {
        int mine = next(-1, headsOnly);
        int others = other.next(-1, headsOnly);
        while (mine < tokens.count() && others < other.tokens.count()) {
            boolean same = tokens.kind(mine) == other.tokens.kind(others)
                    && tokens.sameText(mine, other.tokens, others)
                    && (headsOnly || beginsLine(mine) == other.beginsLine(others));
            if (!same) {
                return false;
            }
            mine = next(mine, headsOnly);
            others = other.next(others, headsOnly);
        }
        return mine == tokens.count() && others == other.tokens.count();
    }

    /// Whether a token of a body stands on another line than the one before it; of heads the lines mean nothing.
    private boolean beginsLine(int index) {
        int before = index - 1;
        while (before >= 0 && tokens.kind(before).isTrivia()) {
            before--;
        }
        String text = tokens.source().text();
        return inBody.get(index)
                && before >= 0
                && text.substring(tokens.end(before), tokens.start(index))
                        .chars()
                        .anyMatch(c -> c == '\n' || c == '\r');
    }

    private int next(int after, boolean headsOnly) {
        int index = after + 1;
        while (index < tokens.count() && (tokens.kind(index).isTrivia() || headsOnly && inBody.get(index))) {
            index++;
        }
        return index;
    }

    /// Lets the places of this version follow the same tokens of a later one.
    void follow(Words later, boolean bodiesToo) {
        Excerpt excerpt = tokens.source().excerpt();
        if (this != later && excerpt != null) {
            excerpt.follow(later.tokens.source(), starts(!bodiesToo), later.starts(!bodiesToo));
        }
    }

    private int[] starts(boolean headsOnly) {
        int[] starts = new int[tokens.count()];
        int count = 0;
        for (int i = next(-1, headsOnly); i < tokens.count(); i = next(i, headsOnly)) {
            starts[count++] = tokens.start(i);
        }
        return Arrays.copyOf(starts, count);
    }
}
