package io.millwright.iec61131.syntax;

import io.millwright.iec61131.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads functions, function blocks, programs, classes and interfaces with their parts (6.6).
final class UnitParser {
    private final Cursor cursor;
    private final Blocks blocks;
    private final TypeParser types;
    private final VariableParser variables;
    private final BodyParser bodies;
    private final ChartParser charts;

    UnitParser(Cursor cursor, Blocks blocks, ExpressionParser expressions, TypeParser types, BodyParser bodies) {
        this.cursor = cursor;
        this.blocks = blocks;
        this.types = types;
        this.variables = types.variables();
        this.bodies = bodies;
        this.charts = new ChartParser(cursor, blocks, expressions, new InstructionParser(cursor, expressions), bodies);
    }

    /// What stands in a unit, as it is gathered.
    private static final class Contents {
        final List<QualifiedName> using = new ArrayList<>();
        final List<QualifiedName> interfaces = new ArrayList<>();
        final List<VariableBlock> variables = new ArrayList<>();
        final List<Declaration.Method> methods = new ArrayList<>();
        final List<Declaration.Property> properties = new ArrayList<>();
        final List<Declaration.Action> actions = new ArrayList<>();

        @Nullable
        QualifiedName base;

        @Nullable
        TypeSyntax result;

        @Nullable
        Body body;
    }

    Declaration.Unit unit() {
        int start = cursor.position();
        String before = cursor.documentationBefore(start);
        Declaration.Unit.Kind kind = Declaration.Unit.Kind.valueOf(cursor.kind().name());
        Kind end = Kind.valueOf("END_" + kind);
        cursor.next();
        Set<Declaration.Modifier> modifiers = Modifiers.read(cursor);
        Name name = cursor.name("the name of what is declared");
        Span head = cursor.since(start);
        blocks.open(end, head);
        Contents contents = new Contents();
        head(contents, kind == Declaration.Unit.Kind.FUNCTION);
        String documentation = before.isEmpty() ? headComment() : before;
        contents(contents, end);
        close();
        blocks.forget();
        Body body = contents.body == null ? new Body.StructuredText(List.of()) : contents.body;
        return new Declaration.Unit(
                kind,
                name,
                modifiers,
                contents.base,
                contents.interfaces,
                contents.result,
                contents.using,
                contents.variables,
                contents.methods,
                contents.properties,
                contents.actions,
                body,
                documentation,
                cursor.since(start));
    }

    private void close() {
        blocks.close();
        cursor.accept(Kind.SEMICOLON);
    }

    /// The comment between a head and the variables.
    private String headComment() {
        return cursor.kind().isSection() ? cursor.documentationHere() : "";
    }

    private void head(Contents contents, boolean function) {
        boolean more = true;
        while (more && !cursor.isLost()) {
            switch (cursor.kind()) {
                case EXTENDS -> {
                    cursor.next();
                    contents.base = cursor.qualifiedName("the name of the base");
                }
                case IMPLEMENTS -> {
                    cursor.next();
                    names(contents.interfaces);
                }
                case USING -> using(contents.using);
                case COLON -> {
                    cursor.next();
                    contents.result = types.type();
                }
                default -> {
                    boolean forgotten =
                            function && contents.result == null && cursor.atName() && !cursor.isFirstOnLine(0);
                    if (forgotten) {
                        cursor.missing("\":\" and the type of the result");
                        cursor.found();
                        contents.result = types.type();
                    }
                    more = false;
                }
            }
        }
        endOfHead();
    }

    /// An optional `;`; where the head could not be read, the rest of its line is passed over.
    private void endOfHead() {
        cursor.accept(Kind.SEMICOLON);
        if (cursor.isLost()) {
            while (!cursor.isFirstOnLine(0) && !Cursor.isAnchor(cursor.kind())) {
                cursor.next();
            }
        }
        cursor.found();
    }

    private void names(List<QualifiedName> into) {
        do {
            into.add(cursor.qualifiedName("a name"));
        } while (cursor.accept(Kind.COMMA));
    }

    /// `USING A.B, C;`
    void using(List<QualifiedName> into) {
        cursor.mark(Tokens.Mark.STARTS);
        cursor.next();
        names(into);
        if (!cursor.expect(Kind.SEMICOLON)) {
            endOfHead();
        }
    }

    private void contents(Contents contents, Kind end) {
        while (!cursor.at(end)) {
            int start = cursor.position();
            if (variables.atBlock()) {
                if (hasStatements(contents.body)) {
                    cursor.missing("a statement");
                    cursor.found();
                }
                contents.variables.addAll(variables.blocks());
            } else if (cursor.at(Kind.METHOD) && Parts.beginsPart(cursor)) {
                contents.methods.add(method(false));
            } else if (cursor.at(Kind.PROPERTY) && Parts.beginsPart(cursor)) {
                contents.properties.add(property(false));
            } else if (cursor.at(Kind.ACTION) && Parts.beginsPart(cursor)) {
                contents.actions.add(charts.action());
            } else if (cursor.at(Kind.END_OF_TEXT) || Parts.beginsDeclaration(cursor)) {
                return;
            } else {
                contents.body = bodies.body(end, contents.body, contents.actions);
            }
            if (cursor.position() == start
                    && !cursor.at(Kind.METHOD)
                    && !cursor.at(Kind.PROPERTY)
                    && !cursor.at(Kind.ACTION)) {
                return;
            }
        }
    }

    private static boolean hasStatements(@Nullable Body body) {
        return body instanceof Body.StructuredText(var statements, var _)
                && !statements.stream().allMatch(Statement.Broken.class::isInstance);
    }

    /// The same unit with the parts that stand behind its end.
    Declaration.Unit withParts(Declaration.Unit unit) {
        List<Declaration.Method> methods = new ArrayList<>(unit.methods());
        List<Declaration.Property> properties = new ArrayList<>(unit.properties());
        List<Declaration.Action> actions = new ArrayList<>(unit.actions());
        while (Parts.beginsPart(cursor)) {
            switch (cursor.kind()) {
                case METHOD -> methods.add(method(false));
                case PROPERTY -> properties.add(property(false));
                case ACTION -> actions.add(charts.action());
                default -> {
                    return withParts(unit, methods, properties, actions);
                }
            }
        }
        return withParts(unit, methods, properties, actions);
    }

    private static Declaration.Unit withParts(
            Declaration.Unit unit,
            List<Declaration.Method> methods,
            List<Declaration.Property> properties,
            List<Declaration.Action> actions) {
        return new Declaration.Unit(
                unit.kind(),
                unit.name(),
                unit.modifiers(),
                unit.base(),
                unit.interfaces(),
                unit.result(),
                unit.using(),
                unit.variables(),
                methods,
                properties,
                actions,
                unit.body(),
                unit.documentation(),
                unit.span());
    }

    Declaration.Interface interfaceDeclaration() {
        int start = cursor.position();
        String documentation = cursor.documentationBefore(start);
        cursor.next();
        Modifiers.read(cursor);
        Name name = cursor.name("the name of an interface");
        blocks.open(Kind.END_INTERFACE, cursor.since(start));
        List<QualifiedName> bases = new ArrayList<>();
        while (cursor.at(Kind.EXTENDS) || cursor.at(Kind.USING)) {
            if (cursor.at(Kind.USING)) {
                using(new ArrayList<>());
            } else {
                cursor.next();
                names(bases);
            }
        }
        endOfHead();
        List<Declaration.Method> methods = new ArrayList<>();
        List<Declaration.Property> properties = new ArrayList<>();
        while (Parts.beginsPart(cursor) && (cursor.at(Kind.METHOD) || cursor.at(Kind.PROPERTY))) {
            if (cursor.at(Kind.METHOD)) {
                methods.add(method(true));
            } else {
                properties.add(property(true));
            }
        }
        close();
        return new Declaration.Interface(name, bases, methods, properties, documentation, cursor.since(start));
    }

    private Declaration.Method method(boolean prototype) {
        int start = cursor.position();
        String before = cursor.documentationBefore(start);
        cursor.next();
        Set<Declaration.Modifier> modifiers = Modifiers.read(cursor);
        Name name = cursor.name("the name of a method");
        blocks.open(Kind.END_METHOD, cursor.since(start));
        TypeSyntax result = !cursor.isLost() && cursor.accept(Kind.COLON) ? types.type() : null;
        endOfHead();
        String documentation = before.isEmpty() ? headComment() : before;
        List<VariableBlock> locals = variables.blocks();
        Body body = body(prototype || modifiers.contains(Declaration.Modifier.ABSTRACT), Kind.END_METHOD);
        close();
        return new Declaration.Method(name, modifiers, result, locals, body, documentation, cursor.since(start));
    }

    /// The body up to `end`, or null where none may be and none is.
    private @Nullable Body body(boolean none, Kind end) {
        return none && cursor.at(end) ? null : bodies.body(end);
    }

    private Declaration.Property property(boolean prototype) {
        int start = cursor.position();
        String documentation = cursor.documentationBefore(start);
        cursor.extension(cursor.span(), "PROPERTY");
        cursor.next();
        Set<Declaration.Modifier> modifiers = Modifiers.read(cursor);
        Name name = cursor.name("the name of a property");
        blocks.open(Kind.END_PROPERTY, cursor.since(start));
        cursor.expect(Kind.COLON);
        TypeSyntax type = cursor.isLost() ? new TypeSyntax.Broken(cursor.gap()) : types.type();
        endOfHead();
        Declaration.Accessor get = null;
        Declaration.Accessor set = null;
        while (cursor.at(Kind.GET) || cursor.at(Kind.SET)) {
            if (cursor.at(Kind.GET)) {
                get = accessor(Kind.END_GET, prototype);
            } else {
                set = accessor(Kind.END_SET, prototype);
            }
        }
        close();
        return new Declaration.Property(name, modifiers, type, get, set, documentation, cursor.since(start));
    }

    private Declaration.Accessor accessor(Kind end, boolean prototype) {
        int start = cursor.position();
        cursor.next();
        boolean alone = cursor.accept(Kind.SEMICOLON);
        boolean other = cursor.at(Kind.GET) || cursor.at(Kind.SET) || cursor.at(Kind.END_PROPERTY);
        if (prototype && (alone || other)) {
            return new Declaration.Accessor(List.of(), null, cursor.since(start));
        }
        blocks.open(end, cursor.since(start));
        List<VariableBlock> locals = variables.blocks();
        Body body = body(prototype, end);
        close();
        return new Declaration.Accessor(locals, body, cursor.since(start));
    }
}
