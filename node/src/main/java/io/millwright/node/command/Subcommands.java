package io.millwright.node.command;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The commands beneath a command. The library's own attribute of that name has all of them read at every
/// start, which took longer than all else until a controller runs; here it is the one that is asked for, and
/// all only where none is.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Subcommands {
    /// Classes of commands, in the order of the help.
    Class<?>[] value();

    /// Reads commands.
    final class Reader {
        private static final String COMPLETION = "completion";

        private Reader() {}

        /// A command with those beneath it that the arguments need: where they begin with the name of one, that
        /// one.
        ///
        /// @param command the class of a command
        /// @param arguments behind its name
        public static CommandLine read(Class<?> command, List<String> arguments) {
            var line = new CommandLine(command);
            var beneath = command.getAnnotation(Subcommands.class);
            if (beneath == null) {
                return line;
            }
            List<Class<?>> asked = Stream.of(beneath.value())
                    .filter(c -> !arguments.isEmpty() && name(c).equals(arguments.getFirst()))
                    .toList();
            boolean one = !asked.isEmpty() && !arguments.getFirst().equals(COMPLETION);
            List<String> behind = one ? arguments.subList(1, arguments.size()) : List.of();
            for (Class<?> sub : one ? asked : List.of(beneath.value())) {
                line.addSubcommand(name(sub), read(sub, behind));
            }
            return line;
        }

        private static String name(Class<?> command) {
            return command.getAnnotation(Command.class).name();
        }
    }
}
