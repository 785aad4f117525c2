package io.millwright.node.command;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `mw completion`: the script that completes commands and options in bash and zsh.
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = "Print the script that completes mw's commands in bash and zsh.",
        footerHeading = "%nExamples:%n",
        footer = {"  source <(mw completion)"})
public final class CompletionCommand implements Callable<Integer> {

    @Spec
    private @org.jspecify.annotations.Nullable CommandSpec spec;

    @Override
    @SuppressWarnings("SystemOut")
    public Integer call() {
        var root = java.util.Objects.requireNonNull(spec).root().commandLine();
        System.out.print(AutoComplete.bash("mw", root));
        return ExitStatus.OK;
    }
}
