package io.millwright.iec61131.syntax;

import io.millwright.iec61131.source.Span;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a text declares at its outermost level or in a namespace.
///
/// `documentation` is everywhere the comment that stands directly before or within the head, without its marks,
/// or the empty text.
public sealed interface Declaration {
    Span span();

    String documentation();

    /// A function, function block, program or class (6.6).
    ///
    /// @param base the type after EXTENDS, or null
    /// @param result the type a function gives back, or null where it gives none
    record Unit(
            Kind kind,
            Name name,
            Set<Modifier> modifiers,
            @Nullable QualifiedName base,
            List<QualifiedName> interfaces,
            @Nullable TypeSyntax result,
            List<QualifiedName> using,
            List<VariableBlock> variables,
            List<Method> methods,
            List<Property> properties,
            List<Action> actions,
            Body body,
            String documentation,
            Span span)
            implements Declaration {
        public Unit {
            modifiers = Set.copyOf(modifiers);
            interfaces = List.copyOf(interfaces);
            using = List.copyOf(using);
            variables = List.copyOf(variables);
            methods = List.copyOf(methods);
            properties = List.copyOf(properties);
            actions = List.copyOf(actions);
        }

        public enum Kind {
            FUNCTION,
            FUNCTION_BLOCK,
            PROGRAM,
            CLASS
        }
    }

    /// INTERFACE (6.6.6).
    record Interface(
            Name name,
            List<QualifiedName> bases,
            List<Method> methods,
            List<Property> properties,
            String documentation,
            Span span)
            implements Declaration {
        public Interface {
            bases = List.copyOf(bases);
            methods = List.copyOf(methods);
            properties = List.copyOf(properties);
        }
    }

    /// One entry of `TYPE … END_TYPE` (6.4.4).
    record DataType(Name name, TypeSyntax type, @Nullable Initializer initializer, String documentation, Span span)
            implements Declaration {}

    /// `VAR_GLOBAL … END_VAR` outside a configuration, as most tools allow.
    ///
    /// @param name the name of the list, by which its variables may be qualified, or null
    record Globals(@Nullable Name name, VariableBlock block, String documentation, Span span) implements Declaration {}

    /// NAMESPACE (6.9).
    record Namespace(
            QualifiedName name,
            boolean internal,
            List<QualifiedName> using,
            List<Declaration> declarations,
            String documentation,
            Span span)
            implements Declaration {
        public Namespace {
            using = List.copyOf(using);
            declarations = List.copyOf(declarations);
        }
    }

    /// CONFIGURATION (6.8). A configuration without RESOURCE has one of the name `""`.
    record Configuration(
            Name name, List<VariableBlock> variables, List<Resource> resources, String documentation, Span span)
            implements Declaration {
        public Configuration {
            variables = List.copyOf(variables);
            resources = List.copyOf(resources);
        }
    }

    /// RESOURCE … ON type.
    record Resource(
            Name name,
            @Nullable Name type,
            List<VariableBlock> variables,
            List<Task> tasks,
            List<Instance> instances,
            Span span) {
        public Resource {
            variables = List.copyOf(variables);
            tasks = List.copyOf(tasks);
            instances = List.copyOf(instances);
        }
    }

    /// TASK (Table 63): at a rising edge of SINGLE, or every INTERVAL; 0 is the highest priority.
    record Task(
            Name name,
            @Nullable Expression single,
            @Nullable Expression interval,
            @Nullable Expression priority,
            Span span) {}

    /// PROGRAM name WITH task : type (…).
    ///
    /// @param blockTasks the instances of function blocks in it that run with a task of their own
    record Instance(
            Name name,
            @Nullable Name task,
            boolean retain,
            QualifiedName type,
            List<Expression.Argument> arguments,
            List<BlockTask> blockTasks,
            Span span) {
        public Instance {
            arguments = List.copyOf(arguments);
            blockTasks = List.copyOf(blockTasks);
        }

        /// `instance WITH task` among the arguments of a program (Table 62).
        public record BlockTask(QualifiedName instance, Name task) {}
    }

    /// METHOD of a unit or an interface; without a body in an interface and where ABSTRACT.
    record Method(
            Name name,
            Set<Modifier> modifiers,
            @Nullable TypeSyntax result,
            List<VariableBlock> variables,
            @Nullable Body body,
            String documentation,
            Span span) {
        public Method {
            modifiers = Set.copyOf(modifiers);
            variables = List.copyOf(variables);
        }
    }

    /// PROPERTY with its GET and SET, either of which may be missing.
    record Property(
            Name name,
            Set<Modifier> modifiers,
            TypeSyntax type,
            @Nullable Accessor get,
            @Nullable Accessor set,
            String documentation,
            Span span) {
        public Property {
            modifiers = Set.copyOf(modifiers);
        }
    }

    /// One side of a property; the body is null in an interface.
    record Accessor(List<VariableBlock> variables, @Nullable Body body, Span span) {
        public Accessor {
            variables = List.copyOf(variables);
        }
    }

    /// ACTION of a unit: a body that shares its variables.
    record Action(Name name, Body body, Span span) {}

    /// What may stand before or after the keyword of a unit or method.
    enum Modifier {
        ABSTRACT,
        FINAL,
        OVERRIDE,
        PUBLIC,
        PROTECTED,
        PRIVATE,
        INTERNAL
    }
}
