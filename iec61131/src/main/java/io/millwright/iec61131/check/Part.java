package io.millwright.iec61131.check;

import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.source.Diagnostics;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Declaration;
import io.millwright.iec61131.syntax.Name;
import io.millwright.iec61131.syntax.QualifiedName;
import io.millwright.iec61131.syntax.SyntaxTree;
import io.millwright.iec61131.syntax.TestDeclaration;
import io.millwright.iec61131.syntax.Tokens;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A piece of a program with what the checker found out about it, as small as the text allows: mostly one unit,
/// or one block of types. It is kept as long as its text and everything that it names stay the same.
public final class Part {
    private final SyntaxTree tree;
    private final List<Declaration> declarations;
    private final List<String> functions;
    private final boolean hasGeneric;
    private final List<Diagnostic> syntax;
    private final Set<String> unread;
    private final boolean broken;
    private final @Nullable Words words;
    private @Nullable Words headVersion;
    private @Nullable Words bodyVersion;
    Work head = new Work();
    Work body = new Work();

    private Part(SyntaxTree tree, @Nullable Tokens tokens, Set<String> unread, Diagnostics found) {
        this.tree = tree;
        this.unread = unread;
        this.words = tokens == null ? null : Words.of(tokens, tree);
        this.headVersion = words;
        this.bodyVersion = words;
        this.declarations = Charts.without(tree.declarations(), found);
        this.functions = Overloads.functions(declarations);
        this.hasGeneric = functions.size() > 1 && Set.copyOf(functions).size() < functions.size();
        this.syntax = found.sorted();
        List<Diagnostic> errors = syntax.stream().filter(Diagnostic::isError).toList();
        this.broken = tokens == null || words == null
                ? !errors.isEmpty()
                : !new Unread(tokens, words.statements()).sparesHeads(errors);
        if (broken && words != null) {
            words.maybeDeclares(unread);
        }
    }

    /// A tree that is checked anew whenever anything changes.
    ///
    /// @param found what the parser said about it
    public static Part of(SyntaxTree tree, Diagnostics found) {
        return new Part(tree, null, Set.of(), found);
    }

    /// A tree with its tokens, which tell what it depends on.
    ///
    /// @param found what the parser said about it
    public static Part of(SyntaxTree tree, Tokens tokens, Diagnostics found) {
        return of(tree, tokens, Set.of(), found);
    }

    /// A tree with its tokens, of a text that could not be read in whole.
    ///
    /// @param unread the names that it may declare besides
    /// @param found what was said about it where it was read
    public static Part of(SyntaxTree tree, Tokens tokens, Set<String> unread, Diagnostics found) {
        Set<String> all = new HashSet<>(found.hasErrors() ? Unread.maybeDeclared(tokens) : Set.of());
        unread.forEach(n -> all.add(Name.key(n)));
        return new Part(tree, tokens, all, found);
    }

    /// As written.
    public SyntaxTree tree() {
        return tree;
    }

    public Source source() {
        return tree.source();
    }

    /// The declarations with no chart left in them.
    List<Declaration> declarations() {
        return declarations;
    }

    /// The names of the functions among them ([Overloads#functions]).
    List<String> functions() {
        return functions;
    }

    /// Whether some of its heads could not be read, so that it may declare more than its tree says. Where
    /// statements alone could not, it declares what it would without the mistake.
    boolean isBroken() {
        return broken;
    }

    /// The names that it may declare for others where it could not be read.
    Set<String> unread() {
        return broken ? unread : Set.of();
    }

    /// The names that may be meant to be declared where it could not be read, be it for its own statements.
    Set<String> unreadWithin() {
        return unread;
    }

    /// Whether one of its functions may have generic types.
    boolean hasGeneric() {
        return hasGeneric;
    }

    List<QualifiedName> using() {
        return tree.using();
    }

    List<TestDeclaration> tests() {
        return tree.tests();
    }

    List<Diagnostic> syntax() {
        return syntax;
    }

    /// What it names; null where that is not known, so that it may be anything.
    @Nullable
    Words words() {
        return words;
    }

    /// Takes over from an earlier version of the piece what is still true: all of it where only comments and
    /// blanks have changed, and what its heads declare where only bodies have.
    ///
    /// @return whether its heads say the same as before
    public boolean adopt(Part earlier) {
        Words mine = words;
        Words head1 = earlier.headVersion;
        Words body1 = earlier.bodyVersion;
        Words before = earlier.words;
        if (mine == null || before == null || head1 == null || body1 == null || !mine.sameHeads(before)) {
            return false;
        }
        if (!earlier.head.done || isBroken() || earlier.isBroken()) {
            // How a text is read that is wrong depends on where its lines end.
            return false;
        }
        head = earlier.head;
        headVersion = head1;
        head1.follow(mine, false);
        // What is said about a body may quote it, blanks and all.
        boolean clean = earlier.body.done && earlier.body.diagnostics.sorted().isEmpty();
        boolean read = Stream.of(this, earlier).flatMap(p -> p.syntax.stream()).noneMatch(Diagnostic::isError);
        if (clean && read && mine.sameBodies(before)) {
            body = earlier.body;
            bodyVersion = body1;
            body1.follow(mine, true);
        }
        return true;
    }

    /// Forgets what its heads declare, and so what its bodies do.
    void forgetHead() {
        head = new Work();
        headVersion = words;
        forgetBody();
    }

    void forgetBody() {
        body = new Work();
        bodyVersion = words;
    }
}
