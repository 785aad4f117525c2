package io.millwright.iec61131.syntax;

import io.millwright.iec61131.source.Span;
import java.util.ArrayList;
import java.util.List;

/// Reads configurations (6.8).
final class ConfigurationParser {
    private final Cursor cursor;
    private final Blocks blocks;
    private final ExpressionParser expressions;
    private final VariableParser variables;

    ConfigurationParser(Cursor cursor, Blocks blocks, ExpressionParser expressions, VariableParser variables) {
        this.cursor = cursor;
        this.blocks = blocks;
        this.expressions = expressions;
        this.variables = variables;
    }

    /// What stands in a resource, or in a configuration that has none.
    private record Contents(
            List<VariableBlock> variables, List<Declaration.Task> tasks, List<Declaration.Instance> instances) {
        Contents() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    Declaration.Configuration configuration() {
        int start = cursor.position();
        String documentation = cursor.documentationBefore(start);
        cursor.next();
        Name name = cursor.name("the name of a configuration");
        blocks.open(Kind.END_CONFIGURATION, cursor.since(start));
        cursor.found();
        Contents own = new Contents();
        List<Declaration.Resource> resources = new ArrayList<>();
        boolean more = true;
        while (more) {
            if (cursor.at(Kind.RESOURCE) && cursor.kind(1).isName()) {
                resources.add(resource());
            } else {
                more = content(own);
            }
        }
        unread(Kind.END_CONFIGURATION);
        blocks.close();
        cursor.accept(Kind.SEMICOLON);
        Span span = cursor.since(start);
        if (resources.isEmpty() && !(own.tasks.isEmpty() && own.instances.isEmpty())) {
            Name unnamed = new Name("", name.span());
            resources.add(new Declaration.Resource(unnamed, null, List.of(), own.tasks, own.instances, span));
        }
        return new Declaration.Configuration(name, own.variables, resources, documentation, span);
    }

    private boolean content(Contents into) {
        if (cursor.kind().isSection()) {
            into.variables.addAll(variables.blocks());
        } else if (cursor.at(Kind.TASK) && cursor.kind(1).isName()) {
            into.tasks.add(task());
        } else if (cursor.at(Kind.PROGRAM)) {
            into.instances.add(instance());
        } else {
            return false;
        }
        return true;
    }

    /// Passes over what does not belong here, up to `end`.
    private void unread(Kind end) {
        if (!cursor.kind().isEnd() && !Cursor.isAnchor(cursor.kind())) {
            cursor.missing(end.text());
            while (!cursor.kind().isEnd() && !Cursor.isAnchor(cursor.kind())) {
                cursor.next();
            }
        }
        cursor.found();
    }

    private Declaration.Resource resource() {
        int start = cursor.position();
        cursor.next();
        Name name = cursor.name("the name of a resource");
        blocks.open(Kind.END_RESOURCE, cursor.since(start));
        Name type = cursor.accept(Kind.ON) ? cursor.name("the type of a resource") : null;
        cursor.found();
        Contents contents = new Contents();
        while (content(contents)) {
            cursor.found();
        }
        unread(Kind.END_RESOURCE);
        blocks.close();
        cursor.accept(Kind.SEMICOLON);
        return new Declaration.Resource(
                name, type, contents.variables, contents.tasks, contents.instances, cursor.since(start));
    }

    /// `TASK name (SINGLE := x, INTERVAL := T#10ms, PRIORITY := 1);`
    private Declaration.Task task() {
        int start = cursor.position();
        cursor.mark(Tokens.Mark.STARTS);
        cursor.next();
        Name name = cursor.name("the name of a task");
        Expression single = null;
        Expression interval = null;
        Expression priority = null;
        Span open = cursor.span();
        if (cursor.expect(Kind.LEFT_PARENTHESIS)) {
            do {
                String what = Name.key(cursor.text());
                switch (what) {
                    case "SINGLE", "INTERVAL", "PRIORITY" -> cursor.next();
                    default -> cursor.missing("SINGLE, INTERVAL or PRIORITY");
                }
                cursor.expect(Kind.ASSIGN);
                Expression value = expressions.expression();
                switch (what) {
                    case "SINGLE" -> single = value;
                    case "INTERVAL" -> interval = value;
                    default -> priority = value;
                }
            } while (cursor.accept(Kind.COMMA));
            expressions.close(Kind.RIGHT_PARENTHESIS, open);
        }
        Span span = cursor.since(start);
        end(start);
        return new Declaration.Task(name, single, interval, priority, span);
    }

    private Declaration.Instance instance() {
        int start = cursor.position();
        cursor.mark(Tokens.Mark.STARTS);
        cursor.next();
        boolean retain = cursor.at(Kind.RETAIN) && cursor.kind(1).isName();
        if (retain || cursor.at(Kind.NON_RETAIN) && cursor.kind(1).isName()) {
            cursor.next();
        }
        Name name = cursor.name("the name of a program's instance");
        Name task = cursor.accept(Kind.WITH) ? cursor.name("the name of a task") : null;
        cursor.expect(Kind.COLON);
        QualifiedName type = cursor.qualifiedName("the name of a program");
        List<Expression.Argument> arguments = new ArrayList<>();
        List<Declaration.Instance.BlockTask> blockTasks = new ArrayList<>();
        Span open = cursor.span();
        if (cursor.accept(Kind.LEFT_PARENTHESIS)) {
            if (!cursor.at(Kind.RIGHT_PARENTHESIS)) {
                do {
                    element(arguments, blockTasks);
                } while (cursor.accept(Kind.COMMA));
            }
            expressions.close(Kind.RIGHT_PARENTHESIS, open);
        }
        Span span = cursor.since(start);
        end(start);
        return new Declaration.Instance(name, task, retain, type, arguments, blockTasks, span);
    }

    private void element(List<Expression.Argument> arguments, List<Declaration.Instance.BlockTask> blockTasks) {
        int start = cursor.position();
        if (cursor.atName()) {
            QualifiedName instance = cursor.qualifiedName("the name of an instance");
            if (cursor.accept(Kind.WITH)) {
                Name task = cursor.name("the name of a task");
                blockTasks.add(new Declaration.Instance.BlockTask(instance, task));
                return;
            }
            cursor.back(start);
        }
        arguments.add(expressions.argument());
    }

    private void end(int start) {
        if (!cursor.accept(Kind.SEMICOLON)) {
            boolean lost = cursor.isLost();
            if (!lost) {
                cursor.missing(Kind.SEMICOLON.described());
            }
            boolean goesOn = cursor.at(Kind.TASK)
                    || cursor.at(Kind.PROGRAM)
                    || cursor.kind().isEnd();
            if (!goesOn) {
                blocks.skipStatement(start);
            }
        }
        cursor.found();
    }
}
