package io.millwright.node.command;

import java.io.PrintStream;
import picocli.CommandLine.Option;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The `--json` option and what it switches. A mixin of every command that reports.
public final class Output {

    /// In a class of its own, as every command has an [Output] and few write JSON.
    private static final class Json {
        static final ObjectMapper PRETTY =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        static final ObjectMapper LINES = JsonMapper.shared();
    }

    @Option(
            names = "--json",
            description = "Report as JSON on standard output; everything else goes to standard error.")
    private boolean json;

    /// Whether the user asked for JSON.
    public boolean json() {
        return json;
    }

    /// Prints text for people, unless JSON was asked for.
    public void text(String text) {
        if (!json) {
            out().println(text);
        }
    }

    /// Prints a piece of text as it is, without a line end; on standard error where JSON was asked for.
    public void piece(String text) {
        PrintStream stream = json ? err() : out();
        stream.print(text);
        stream.flush();
    }

    /// A record, map or list as JSON that people can read too.
    public static String pretty(Object report) {
        return Json.PRETTY.writeValueAsString(report);
    }

    /// Prints a record, map or list as JSON, if JSON was asked for.
    public void json(Object report) {
        if (json) {
            out().println(pretty(report));
        }
    }

    /// Prints one JSON line of many, if JSON was asked for.
    public void jsonLine(Object report) {
        if (json) {
            out().println(Json.LINES.writeValueAsString(report));
        }
    }

    /// Tells a person how it is going, on standard error, whatever the format.
    public void progress(String text) {
        err().println(text);
    }

    /// Whether standard output is a terminal that shows colours.
    public boolean colour() {
        return !json && System.getenv("NO_COLOR") == null && isTerminal();
    }

    /// Whether a person sits at standard input and output.
    @SuppressWarnings("SystemConsoleNull") // NullAway holds the opposite
    public static boolean isTerminal() {
        return System.console() != null && System.console().isTerminal();
    }

    @SuppressWarnings("SystemOut") // the one place where commands speak
    private static PrintStream out() {
        return System.out;
    }

    @SuppressWarnings("SystemOut")
    private static PrintStream err() {
        return System.err;
    }
}
