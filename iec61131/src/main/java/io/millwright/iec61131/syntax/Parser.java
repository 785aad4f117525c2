package io.millwright.iec61131.syntax;

import io.millwright.iec61131.source.Diagnostics;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.source.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads a text in the textual languages of IEC 61131-3 (ed. 3): recursive descent, one class for each part of
/// the language on a [Cursor] they share.
///
/// Any text gives a tree, in time that grows with its length. What cannot be read is reported (codes `E001` to
/// `E020`, listed in `docs/reference/structured-text.md`), one message for one mistake, and reading goes on
/// behind it.
public final class Parser {
    /// The most characters a text may have.
    public static final int LENGTH_MAX = 16 << 20;

    private static final Kind[] STARTS = {
        Kind.FUNCTION_BLOCK,
        Kind.FUNCTION,
        Kind.PROGRAM,
        Kind.TYPE,
        Kind.CLASS,
        Kind.INTERFACE,
        Kind.NAMESPACE,
        Kind.CONFIGURATION,
        Kind.VAR_GLOBAL
    };

    private final Cursor cursor;
    private final Blocks blocks;
    private final StatementParser statements;
    private final TypeParser types;
    private final UnitParser units;
    private final ConfigurationParser configurations;
    private final List<TestDeclaration> tests = new ArrayList<>();

    private Parser(Cursor cursor) {
        this.cursor = cursor;
        this.blocks = new Blocks(cursor);
        ExpressionParser expressions = new ExpressionParser(cursor);
        this.types = new TypeParser(cursor, blocks, expressions);
        this.statements = new StatementParser(cursor, blocks, expressions);
        BodyParser bodies = new BodyParser(cursor, blocks, expressions, statements);
        this.units = new UnitParser(cursor, blocks, expressions, types, bodies);
        this.configurations = new ConfigurationParser(cursor, blocks, expressions, types.variables());
    }

    /// The tree of a text.
    ///
    /// @param diagnostics where what is wrong is added
    public static SyntaxTree parse(Source source, Dialect dialect, Diagnostics diagnostics) {
        return read(source, dialect, diagnostics).tree;
    }

    /// The tokens of a text as the parser took them.
    public static Tokens tokens(Source source, Dialect dialect, Diagnostics diagnostics) {
        return read(source, dialect, diagnostics).tokens;
    }

    /// A text as tokens and as a tree.
    public record Result(Tokens tokens, SyntaxTree tree) {}

    /// Tokens and tree of a text.
    public static Result read(Source source, Dialect dialect, Diagnostics diagnostics) {
        if (source.text().length() > LENGTH_MAX) {
            diagnostics.error("E014", source.span(0, 0), "a text has at most %d characters".formatted(LENGTH_MAX));
            Tokens none = new Tokens(source);
            none.add(Kind.END_OF_TEXT, 0, 0);
            return new Result(none, new SyntaxTree(source, List.of(), List.of(), List.of()));
        }
        Tokens tokens = Lexer.tokens(source, dialect, diagnostics);
        Parser parser = new Parser(new Cursor(tokens, dialect, diagnostics));
        List<QualifiedName> using = new ArrayList<>();
        List<Declaration> declarations = new ArrayList<>();
        parser.declarations(using, declarations, false);
        return new Result(tokens, new SyntaxTree(source, using, declarations, parser.tests));
    }

    /// Declarations up to END_NAMESPACE, or the end of the text.
    private void declarations(List<QualifiedName> using, List<Declaration> all, boolean inNamespace) {
        while (!cursor.at(Kind.END_OF_TEXT) && !(inNamespace && cursor.at(Kind.END_NAMESPACE))) {
            int start = cursor.position();
            oldSpelling();
            Kind meant = Parts.beginsDeclaration(cursor) ? null : cursor.nearestWord(STARTS);
            if (meant != null && (cursor.kind(1).isName() || meant == Kind.VAR_GLOBAL)) {
                cursor.correct(meant);
            }
            declaration(using, all, inNamespace);
            cursor.found();
            if (cursor.position() == start) {
                cursor.next();
            }
        }
    }

    /// `FUNCTIONBLOCK`, which CoDeSys 2.3 reads as well.
    private void oldSpelling() {
        if (cursor.at(Kind.NAME)
                && cursor.kind(1).isName()
                && Name.key(cursor.text()).equals("FUNCTIONBLOCK")) {
            cursor.extension(cursor.span(), "FUNCTIONBLOCK");
            cursor.take(Kind.FUNCTION_BLOCK);
        }
    }

    private void declaration(List<QualifiedName> using, List<Declaration> all, boolean inNamespace) {
        Kind kind = cursor.kind();
        if (Parts.beginsDeclaration(cursor)) {
            switch (kind) {
                case TYPE -> all.addAll(types.definitions());
                case INTERFACE -> all.add(units.interfaceDeclaration());
                case CONFIGURATION -> all.add(configurations.configuration());
                case NAMESPACE -> all.add(namespace());
                case TEST, SETUP, TEARDOWN -> tests.add(test());
                default -> all.add(units.unit());
            }
        } else if (kind == Kind.VAR_GLOBAL || kind == Kind.VAR_CONFIG) {
            all.add(globals());
        } else if (kind == Kind.USING && cursor.kind(1).isName()) {
            units.using(using);
        } else if (kind == Kind.SEMICOLON) {
            cursor.next();
        } else if (kind.isEnd()) {
            blocks.stray();
        } else if (Parts.beginsPart(cursor) && !all.isEmpty() && all.getLast() instanceof Declaration.Unit unit) {
            part(unit, all);
        } else {
            junk(inNamespace);
        }
    }

    /// An action, method or property behind the end of its unit, as some tools write it.
    private void part(Declaration.Unit unit, List<Declaration> all) {
        switch (cursor.kind()) {
            case ACTION, METHOD, PROPERTY -> {
                cursor.extension(cursor.span(), cursor.text() + " behind the end of its unit");
                all.set(all.size() - 1, units.withParts(unit));
            }
            default -> junk(false);
        }
    }

    /// Passes over what declares nothing.
    private void junk(boolean inNamespace) {
        cursor.missing("a declaration, such as PROGRAM, FUNCTION_BLOCK, FUNCTION or TYPE,");
        do {
            cursor.next();
        } while (!cursor.at(Kind.END_OF_TEXT)
                && !Parts.beginsDeclaration(cursor)
                && !cursor.at(Kind.VAR_GLOBAL)
                && !(inNamespace && cursor.at(Kind.END_NAMESPACE)));
    }

    private Declaration globals() {
        Span head = cursor.span();
        String documentation = cursor.documentationBefore(cursor.position());
        if (cursor.at(Kind.VAR_GLOBAL)) {
            cursor.extension(head, "VAR_GLOBAL outside a configuration");
        }
        VariableBlock block = types.variables().block();
        return new Declaration.Globals(null, block, documentation, block.span());
    }

    private Declaration namespace() {
        int start = cursor.position();
        String documentation = cursor.documentationBefore(start);
        cursor.next();
        boolean internal = cursor.at(Kind.INTERNAL) && cursor.kind(1).isName();
        if (internal) {
            cursor.next();
        }
        QualifiedName name = cursor.qualifiedName("the name of a namespace");
        blocks.open(Kind.END_NAMESPACE, cursor.since(start));
        cursor.accept(Kind.SEMICOLON);
        List<QualifiedName> using = new ArrayList<>();
        List<Declaration> declarations = new ArrayList<>();
        if (cursor.enter()) {
            cursor.found();
            declarations(using, declarations, true);
        }
        cursor.leave();
        blocks.close();
        cursor.accept(Kind.SEMICOLON);
        return new Declaration.Namespace(name, internal, using, declarations, documentation, cursor.since(start));
    }

    private TestDeclaration test() {
        int start = cursor.position();
        TestDeclaration.Kind kind = TestDeclaration.Kind.valueOf(cursor.kind().name());
        cursor.next();
        String title = kind == TestDeclaration.Kind.TEST ? title() : "";
        Kind end = Kind.valueOf("END_" + kind);
        blocks.open(end, cursor.since(start));
        List<VariableBlock> variables = types.variables().blocks();
        List<Statement> body = statements.body(end);
        blocks.close();
        cursor.accept(Kind.SEMICOLON);
        blocks.forget();
        return new TestDeclaration(kind, title, variables, body, cursor.since(start));
    }

    private String title() {
        @Nullable LiteralValue value = cursor.literals().value(cursor.kind(), cursor.span());
        cursor.next();
        return value instanceof LiteralValue.Text(var text, var _) ? text : "";
    }
}
