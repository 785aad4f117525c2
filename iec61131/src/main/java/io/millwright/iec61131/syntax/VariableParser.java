package io.millwright.iec61131.syntax;

import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.VariableBlock.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the declarations of variables and fields (6.5).
final class VariableParser {
    private static final Kind[] SECTIONS = {
        Kind.VAR, Kind.VAR_INPUT, Kind.VAR_OUTPUT, Kind.VAR_IN_OUT, Kind.VAR_TEMP, Kind.VAR_EXTERNAL
    };

    private final Cursor cursor;
    private final Blocks blocks;
    private final ExpressionParser expressions;
    private final TypeParser types;

    /// Where the next END_VAR stands, as far as it was looked for.
    private int nextEnd = -1;

    private boolean nextEndFound;

    VariableParser(Cursor cursor, Blocks blocks, ExpressionParser expressions, TypeParser types) {
        this.cursor = cursor;
        this.blocks = blocks;
        this.expressions = expressions;
        this.types = types;
    }

    /// All blocks of variables from the cursor on.
    List<VariableBlock> blocks() {
        List<VariableBlock> all = new ArrayList<>();
        while (atBlock()) {
            all.add(block());
        }
        return all;
    }

    /// Whether a block begins here, if only with a misspelt keyword.
    boolean atBlock() {
        if (cursor.at(Kind.NAME) && cursor.kind(1).isName() && Blocks.declares(cursor.kind(2))) {
            Kind meant = cursor.nearestWord(SECTIONS);
            if (meant != null) {
                cursor.correct(meant);
            }
        }
        return cursor.kind().isSection();
    }

    VariableBlock block() {
        int start = cursor.position();
        Section section = Section.valueOf(cursor.kind().name());
        if (section == Section.VAR_STAT || section == Section.VAR_INST) {
            cursor.extension(cursor.span(), section.name());
        }
        blocks.open(Kind.END_VAR, cursor.span());
        cursor.next();
        Set<VariableBlock.Qualifier> qualifiers = Modifiers.qualifiers(cursor);
        List<VariableDeclaration> variables = declarations(section, Kind.END_VAR);
        blocks.close();
        cursor.accept(Kind.SEMICOLON);
        return new VariableBlock(section, qualifiers, variables, cursor.since(start));
    }

    /// Declarations up to `end`, or to where it is missing.
    List<VariableDeclaration> declarations(@Nullable Section section, Kind end) {
        List<VariableDeclaration> all = new ArrayList<>();
        while (!cursor.at(end)) {
            if (cursor.accept(Kind.SEMICOLON)) {
                continue;
            }
            if (endIsMissing(end)) {
                return all;
            }
            int start = cursor.position();
            declaration(section, all);
            if (cursor.position() == start) {
                cursor.next();
            }
        }
        return all;
    }

    private boolean endIsMissing(Kind end) {
        Kind kind = cursor.kind();
        Kind next = cursor.kind(1);
        boolean declares = Blocks.declares(next);
        if (kind == Kind.END_OF_TEXT) {
            return true;
        }
        if (declares && !kind.isEnd()) {
            return false;
        }
        if (cursor.at(Kind.NAME) && Spelling.isNear(cursor.text(), end.text())) {
            return true;
        }
        if (Cursor.isAnchor(kind) || Parts.beginsPart(cursor)) {
            return true;
        }
        boolean statement = switch (next) {
            case ASSIGN, LEFT_PARENTHESIS, POINT, LEFT_BRACKET, CARET -> kind.isName();
            default -> false;
        };
        return statement && !isEndAhead(end);
    }

    /// Whether the block is closed further on, before another begins.
    private boolean isEndAhead(Kind end) {
        int here = cursor.position();
        if (here >= nextEnd) {
            while (!cursor.at(end)
                    && !cursor.kind().isSection()
                    && !cursor.at(Kind.END_OF_TEXT)
                    && !Parts.isUnitEnd(cursor.kind())) {
                cursor.next();
            }
            nextEnd = cursor.position();
            nextEndFound = cursor.at(end);
            cursor.back(here);
        }
        return nextEndFound;
    }

    private record Declared(Name name, @Nullable Address address) {}

    private void declaration(@Nullable Section section, List<VariableDeclaration> all) {
        int start = cursor.position();
        cursor.mark(Tokens.Mark.STARTS);
        if (section == Section.VAR_ACCESS || section == Section.VAR_CONFIG) {
            all.add(section == Section.VAR_ACCESS ? access() : configured());
            return;
        }
        String before = cursor.documentationBefore(start);
        List<Declared> names = new ArrayList<>();
        do {
            names.add(declared());
        } while (cursor.accept(Kind.COMMA) || commaIsMissing());
        if (!cursor.expect(Kind.COLON) && (cursor.atName() || cursor.at(Kind.ARRAY)) && !cursor.isFirstOnLine(0)) {
            cursor.found();
        }
        TypeSyntax type = cursor.isLost() ? new TypeSyntax.Broken(cursor.gap()) : types.type();
        VariableDeclaration.Edge edge = null;
        if (cursor.at(Kind.R_EDGE) || cursor.at(Kind.F_EDGE)) {
            edge = cursor.at(Kind.R_EDGE) ? VariableDeclaration.Edge.RISING : VariableDeclaration.Edge.FALLING;
            cursor.next();
        }
        Initializer initializer = null;
        if (cursor.accept(Kind.ASSIGN)) {
            initializer = types.initializer(type);
        } else if (cursor.at(Kind.LEFT_PARENTHESIS) && !cursor.isLost()) {
            cursor.extension(cursor.span(), "an instance's values without \":=\"");
            initializer = types.fields();
        }
        Span span = cursor.since(start);
        end(start, type instanceof TypeSyntax.Structure);
        String behind = cursor.documentationBehind();
        String documentation = Documentation.together(before, behind);
        for (Declared one : names) {
            all.add(new VariableDeclaration(one.name, one.address, type, edge, initializer, documentation, span));
        }
    }

    /// Whether another name follows without a comma; says so.
    private boolean commaIsMissing() {
        boolean missing = !cursor.isLost()
                && cursor.atName()
                && !cursor.isFirstOnLine(0)
                && (cursor.kind(1) == Kind.COMMA || cursor.kind(1) == Kind.COLON);
        if (missing) {
            cursor.missing(Kind.COMMA.described());
            cursor.found();
        }
        return missing;
    }

    private Declared declared() {
        if (cursor.at(Kind.AT) && cursor.kind(1) == Kind.ADDRESS) {
            Name name = new Name(cursor.text(1), cursor.span());
            cursor.next();
            return new Declared(name, expressions.address());
        }
        Name name;
        if (cursor.kind().isKeyword() && !cursor.kind().isName()) {
            cursor.report(Diagnostic.error(
                    "E010",
                    cursor.span(),
                    "a variable cannot be called %s, for that is a keyword".formatted(cursor.text())));
            cursor.found();
            name = new Name(cursor.text(), cursor.span());
            cursor.next();
        } else {
            name = cursor.name("the name of a variable");
        }
        return new Declared(name, cursor.at(Kind.AT) ? place() : null);
    }

    private @Nullable Address place() {
        cursor.next();
        if (cursor.at(Kind.ADDRESS) || cursor.at(Kind.PART)) {
            return expressions.address();
        }
        cursor.missing("an address such as %IX1.7");
        return null;
    }

    /// `;`, or a recovery up to the next declaration.
    private void end(int start, boolean optional) {
        if (cursor.accept(Kind.SEMICOLON)) {
            cursor.found();
            return;
        }
        boolean lost = cursor.isLost();
        if (optional && !lost) {
            cursor.extension(cursor.gap(), "a declaration without \";\" at its end");
            return;
        }
        if (!lost) {
            cursor.missing(Kind.SEMICOLON.described());
        }
        while (!cursor.at(Kind.SEMICOLON) && !beginsDeclaration(start) && !Parts.endsDeclarations(cursor.kind())) {
            cursor.next();
        }
        cursor.accept(Kind.SEMICOLON);
        cursor.found();
    }

    private boolean beginsDeclaration(int start) {
        Kind next = cursor.kind(1);
        return cursor.position() > start && cursor.atName() && cursor.isFirstOnLine(0) && Blocks.declares(next);
    }

    /// `name : path : type READ_WRITE;`
    private VariableDeclaration access() {
        int start = cursor.position();
        String before = cursor.documentationBefore(start);
        Name name = cursor.name("the name of an access path");
        cursor.expect(Kind.COLON);
        Name resource = null;
        if (cursor.atName() && cursor.kind(1) == Kind.POINT && cursor.kind(2) == Kind.ADDRESS) {
            resource = cursor.name("a resource");
            cursor.next();
        }
        Expression target = expressions.variable();
        cursor.expect(Kind.COLON);
        TypeSyntax type = cursor.isLost() ? null : types.type();
        boolean writable = cursor.accept(Kind.READ_WRITE);
        if (!writable) {
            cursor.accept(Kind.READ_ONLY);
        }
        Span span = cursor.since(start);
        end(start, false);
        var path = new VariableDeclaration.Path(resource, target, writable);
        String documentation = Documentation.together(before, cursor.documentationBehind());
        return new VariableDeclaration(name, null, type, null, null, path, documentation, span);
    }

    /// `path AT address : type := value;`
    private VariableDeclaration configured() {
        int start = cursor.position();
        String before = cursor.documentationBefore(start);
        Expression target = expressions.variable();
        List<Name> names = ExpressionParser.names(target);
        Name name = names == null ? new Name("", target.span()) : names.getLast();
        Address address = cursor.at(Kind.AT) ? place() : null;
        TypeSyntax type = cursor.accept(Kind.COLON) ? types.type() : null;
        Initializer initializer = cursor.accept(Kind.ASSIGN) ? types.initializer(type) : null;
        Span span = cursor.since(start);
        end(start, false);
        var path = new VariableDeclaration.Path(null, target, true);
        String documentation = Documentation.together(before, cursor.documentationBehind());
        return new VariableDeclaration(name, address, type, null, initializer, path, documentation, span);
    }
}
