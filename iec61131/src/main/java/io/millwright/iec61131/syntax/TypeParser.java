package io.millwright.iec61131.syntax;

import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads types (6.4) and initial values (6.5.1.3).
final class TypeParser {
    private static final Set<String> WHOLE =
            Set.of("SINT", "INT", "DINT", "LINT", "USINT", "UINT", "UDINT", "ULINT", "BYTE", "WORD", "DWORD", "LWORD");

    private final Cursor cursor;
    private final Blocks blocks;
    private final ExpressionParser expressions;
    private final VariableParser variables;

    TypeParser(Cursor cursor, Blocks blocks, ExpressionParser expressions) {
        this.cursor = cursor;
        this.blocks = blocks;
        this.expressions = expressions;
        this.variables = new VariableParser(cursor, blocks, expressions, this);
    }

    VariableParser variables() {
        return variables;
    }

    /// A type where a variable is declared or a result.
    TypeSyntax type() {
        return type(false);
    }

    private TypeSyntax type(boolean defining) {
        TypeSyntax type = cursor.enter() ? anyType(defining) : new TypeSyntax.Broken(cursor.gap());
        cursor.leave();
        return type;
    }

    private TypeSyntax anyType(boolean defining) {
        int start = cursor.position();
        switch (cursor.kind()) {
            case STRUCT -> {
                return structure(Kind.END_STRUCT);
            }
            case ARRAY -> {
                return array();
            }
            case LEFT_PARENTHESIS -> {
                return enumeration(null, start);
            }
            case REF_TO -> {
                if (beforeType(1)) {
                    cursor.next();
                    return reference(TypeSyntax.Reference.Kind.REF_TO, start);
                }
            }
            case REFERENCE, POINTER -> {
                if (cursor.kind(1) == Kind.TO) {
                    boolean pointer = cursor.at(Kind.POINTER);
                    cursor.extension(cursor.span(), cursor.text() + " TO");
                    cursor.next();
                    cursor.next();
                    return reference(
                            pointer ? TypeSyntax.Reference.Kind.POINTER_TO : TypeSyntax.Reference.Kind.REFERENCE_TO,
                            start);
                }
            }
            case UNION -> {
                if (cursor.kind(1).isName()) {
                    cursor.extension(cursor.span(), "UNION");
                    return structure(Kind.END_UNION);
                }
            }
            case STRING, WSTRING -> {
                return text(start);
            }
            default -> {}
        }
        if (!cursor.atName()) {
            cursor.missing("a type");
            return new TypeSyntax.Broken(cursor.gap());
        }
        TypeSyntax named = new TypeSyntax.Named(cursor.qualifiedName("a type"));
        return cursor.at(Kind.LEFT_PARENTHESIS) ? restricted(named, defining, start) : named;
    }

    private boolean beforeType(int ahead) {
        Kind kind = cursor.kind(ahead);
        return kind.isName() || kind == Kind.ARRAY || kind == Kind.STRUCT || kind == Kind.LEFT_PARENTHESIS;
    }

    /// `INT(0..9)` or `INT(Red, Green)`; `Block(x := 1)` is left to the initial value.
    private TypeSyntax restricted(TypeSyntax named, boolean defining, int start) {
        boolean whole = named instanceof TypeSyntax.Named(var name)
                && WHOLE.contains(name.last().key());
        Kind next = cursor.kind(1);
        Kind after = cursor.kind(2);
        if (next == Kind.RIGHT_PARENTHESIS) {
            return named;
        }
        if (next.isName() && after == Kind.ASSIGN) {
            return defining || whole ? enumeration(named, start) : named;
        }
        if (next.isName() && (after == Kind.COMMA || after == Kind.RIGHT_PARENTHESIS)) {
            return enumeration(named, start);
        }
        Span open = cursor.span();
        cursor.next();
        Expression low = expressions.expression();
        cursor.expect(Kind.RANGE);
        Expression high = expressions.expression();
        expressions.close(Kind.RIGHT_PARENTHESIS, open);
        return new TypeSyntax.Subrange(named, low, high, cursor.since(start));
    }

    private TypeSyntax reference(TypeSyntax.Reference.Kind kind, int start) {
        TypeSyntax target = type();
        return new TypeSyntax.Reference(kind, target, cursor.since(start));
    }

    private TypeSyntax text(int start) {
        boolean wide = cursor.at(Kind.WSTRING);
        cursor.next();
        Expression length = null;
        Kind open = cursor.kind();
        if (open == Kind.LEFT_BRACKET || open == Kind.LEFT_PARENTHESIS) {
            Span place = cursor.span();
            boolean round = open == Kind.LEFT_PARENTHESIS;
            if (round) {
                cursor.extension(place, "the length of a string in parentheses");
            }
            cursor.next();
            length = expressions.expression();
            expressions.close(round ? Kind.RIGHT_PARENTHESIS : Kind.RIGHT_BRACKET, place);
        }
        return new TypeSyntax.Text(wide, length, cursor.since(start));
    }

    private TypeSyntax array() {
        int start = cursor.position();
        cursor.next();
        List<TypeSyntax.Array.Dimension> dimensions = new ArrayList<>();
        Span open = cursor.span();
        if (cursor.expect(Kind.LEFT_BRACKET)) {
            do {
                dimensions.add(dimension());
            } while (cursor.accept(Kind.COMMA));
            expressions.close(Kind.RIGHT_BRACKET, open);
        }
        cursor.expectWord(Kind.OF, " of ARRAY");
        TypeSyntax element = type();
        return new TypeSyntax.Array(dimensions, element, cursor.since(start));
    }

    private TypeSyntax.Array.Dimension dimension() {
        int start = cursor.position();
        if (cursor.accept(Kind.STAR)) {
            return new TypeSyntax.Array.Dimension(null, null, cursor.since(start));
        }
        Expression low = expressions.expression();
        cursor.expect(Kind.RANGE);
        Expression high = expressions.expression();
        return new TypeSyntax.Array.Dimension(low, high, cursor.since(start));
    }

    private TypeSyntax structure(Kind end) {
        int start = cursor.position();
        blocks.open(end, cursor.span());
        cursor.next();
        boolean overlap = cursor.at(Kind.OVERLAP) && cursor.kind(1).isName();
        if (overlap) {
            cursor.next();
        }
        QualifiedName base = base();
        List<VariableDeclaration> fields = variables.declarations(null, end);
        blocks.close();
        return new TypeSyntax.Structure(overlap || end == Kind.END_UNION, base, fields, cursor.since(start));
    }

    /// `EXTENDS Base` before the colon of a type or behind STRUCT.
    private @Nullable QualifiedName base() {
        if (!cursor.at(Kind.EXTENDS) || !cursor.kind(1).isName()) {
            return null;
        }
        cursor.extension(cursor.span(), "EXTENDS of a structure");
        cursor.next();
        return cursor.qualifiedName("a structure");
    }

    private TypeSyntax enumeration(@Nullable TypeSyntax before, int start) {
        Span open = cursor.span();
        cursor.next();
        List<TypeSyntax.Enumeration.Value> values = new ArrayList<>();
        do {
            Name name = cursor.name("the name of a value");
            Expression value = cursor.accept(Kind.ASSIGN) ? expressions.expression() : null;
            values.add(new TypeSyntax.Enumeration.Value(name, value));
        } while (cursor.accept(Kind.COMMA) && !cursor.at(Kind.RIGHT_PARENTHESIS));
        expressions.close(Kind.RIGHT_PARENTHESIS, open);
        TypeSyntax base = before;
        if (base == null && cursor.atName() && !cursor.isLost()) {
            cursor.extension(cursor.span(), "the type of an enumeration behind its values");
            base = new TypeSyntax.Named(cursor.qualifiedName("a type"));
        }
        return new TypeSyntax.Enumeration(base, values, cursor.since(start));
    }

    /// `TYPE … END_TYPE`; the cursor is at TYPE.
    List<Declaration> definitions() {
        List<Declaration> all = new ArrayList<>();
        String documentation = cursor.documentationBefore(cursor.position());
        blocks.open(Kind.END_TYPE, cursor.span());
        cursor.next();
        while (!Parts.endsDeclarations(cursor.kind()) && !Parts.beginsDeclaration(cursor)) {
            boolean end = cursor.nearestWord(Kind.END_TYPE) != null && cursor.kind(1) != Kind.COLON;
            if (end) {
                break;
            }
            if (cursor.accept(Kind.SEMICOLON)) {
                continue;
            }
            all.add(definition(all.isEmpty() ? documentation : ""));
        }
        blocks.close();
        cursor.accept(Kind.SEMICOLON);
        return all;
    }

    private Declaration definition(String documentation) {
        int start = cursor.position();
        cursor.mark(Tokens.Mark.STARTS);
        while (Modifiers.isModifier(cursor)) {
            cursor.extension(cursor.span(), cursor.text() + " before a type");
            cursor.next();
        }
        String own = cursor.documentationBefore(start);
        Name name = cursor.name("the name of a type");
        QualifiedName base = base();
        cursor.expect(Kind.COLON);
        TypeSyntax type = extended(type(true), base);
        Initializer initializer = cursor.accept(Kind.ASSIGN) ? initializer(type) : null;
        Span span = cursor.since(start);
        boolean structure = type instanceof TypeSyntax.Structure;
        if (!cursor.accept(Kind.SEMICOLON)) {
            if (!structure) {
                cursor.missing(Kind.SEMICOLON.described());
            } else {
                cursor.extension(cursor.gap(), "a type without \";\" at its end");
            }
            while (cursor.isLost() && !cursor.at(Kind.SEMICOLON) && !Parts.endsDeclarations(cursor.kind())) {
                cursor.next();
                boolean next = cursor.atName() && cursor.kind(1) == Kind.COLON && cursor.isFirstOnLine(0);
                if (next) {
                    cursor.found();
                }
            }
        }
        cursor.found();
        String told = Documentation.together(own, cursor.documentationBehind());
        return new Declaration.DataType(name, type, initializer, told.isEmpty() ? documentation : told, span);
    }

    private TypeSyntax extended(TypeSyntax type, @Nullable QualifiedName base) {
        if (base == null) {
            return type;
        }
        if (type instanceof TypeSyntax.Structure(var overlap, var _, var fields, var span)) {
            return new TypeSyntax.Structure(overlap, base, fields, span);
        }
        cursor.report(
                Diagnostic.error("E010", base.span(), "only a structure extends another: write STRUCT behind it"));
        return type;
    }

    /// The value after `:=`. The values of an array may stand without brackets in common dialects.
    Initializer initializer(@Nullable TypeSyntax type) {
        int start = cursor.position();
        Initializer first = value();
        boolean repeated = cursor.at(Kind.LEFT_PARENTHESIS);
        if (!(type instanceof TypeSyntax.Array) || !cursor.at(Kind.COMMA) && !repeated) {
            return first;
        }
        cursor.extension(cursor.span(), "an array's values without brackets");
        List<Initializer.Array.Item> items = new ArrayList<>();
        items.add(item(first));
        while (cursor.accept(Kind.COMMA)) {
            items.add(item(value()));
        }
        return new Initializer.Array(items, cursor.since(start));
    }

    private Initializer value() {
        Initializer value = cursor.enter() ? anyValue() : single();
        cursor.leave();
        return value;
    }

    private Initializer single() {
        return new Initializer.Single(new Expression.Broken(cursor.gap()));
    }

    private Initializer anyValue() {
        int start = cursor.position();
        if (cursor.at(Kind.LEFT_BRACKET)) {
            Span open = cursor.span();
            cursor.next();
            List<Initializer.Array.Item> items = new ArrayList<>();
            if (!cursor.at(Kind.RIGHT_BRACKET)) {
                do {
                    items.add(item(value()));
                } while (cursor.accept(Kind.COMMA));
            }
            expressions.close(Kind.RIGHT_BRACKET, open);
            return new Initializer.Array(items, cursor.since(start));
        }
        if (cursor.at(Kind.LEFT_PARENTHESIS) && cursor.kind(1).isName() && cursor.kind(2) == Kind.ASSIGN) {
            return fields();
        }
        return new Initializer.Single(expressions.expression());
    }

    /// `(x := 1, y := 2)`; the cursor is at the parenthesis.
    Initializer fields() {
        int start = cursor.position();
        Span open = cursor.span();
        cursor.next();
        List<Initializer.Structure.Field> fields = new ArrayList<>();
        if (!cursor.at(Kind.RIGHT_PARENTHESIS)) {
            do {
                Name name = cursor.name("the name of a field");
                cursor.expect(Kind.ASSIGN);
                fields.add(new Initializer.Structure.Field(name, value()));
            } while (cursor.accept(Kind.COMMA));
        }
        expressions.close(Kind.RIGHT_PARENTHESIS, open);
        return new Initializer.Structure(fields, cursor.since(start));
    }

    /// `value`, or with `(` behind it so many times what stands in the parentheses.
    private Initializer.Array.Item item(Initializer first) {
        if (!(first instanceof Initializer.Single(var times)) || !cursor.at(Kind.LEFT_PARENTHESIS)) {
            Expression once = new Expression.Literal(
                    null,
                    new LiteralValue.Whole(java.math.BigInteger.ONE, 10),
                    first.span()
                            .source()
                            .span(first.span().start(), first.span().start()));
            return new Initializer.Array.Item(once, List.of(first), first.span());
        }
        Span open = cursor.span();
        cursor.next();
        List<Initializer> values = new ArrayList<>();
        if (!cursor.at(Kind.RIGHT_PARENTHESIS)) {
            do {
                values.add(value());
            } while (cursor.accept(Kind.COMMA));
        }
        expressions.close(Kind.RIGHT_PARENTHESIS, open);
        return new Initializer.Array.Item(times, values, cursor.since(first.span()));
    }
}
