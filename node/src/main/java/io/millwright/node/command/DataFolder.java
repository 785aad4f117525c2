package io.millwright.node.command;

import java.nio.file.Path;

/// Where data goes when the user does not say: the state folder of the XDG base directory specification.
public final class DataFolder {

    private DataFolder() {}

    /// `$XDG_STATE_HOME/millwright/NAME`, or `~/.local/state/millwright/NAME`.
    public static Path usual(String name) {
        String state = System.getenv("XDG_STATE_HOME");
        var root = state == null || state.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".local", "state")
                : Path.of(state);
        return root.resolve("millwright").resolve(name);
    }
}
