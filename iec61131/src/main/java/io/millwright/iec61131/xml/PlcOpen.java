package io.millwright.iec61131.xml;

import io.millwright.iec61131.source.Diagnostics;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.iec61131.syntax.Parser;
import io.millwright.iec61131.syntax.SyntaxTree;
import io.millwright.iec61131.syntax.Tokens;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads projects of PLCopen TC6 XML (version 2.01) and of IEC 61131-10.
public final class PlcOpen {
    /// The outermost element of a project stands within so many characters.
    public static final int HEAD_MAX = 1 << 16;

    private static final Pattern ROOT = Pattern.compile("(?s)(?:\\s++|<\\?.*?\\?>|<!--.*?-->"
            + "|<!DOCTYPE[^\\[>]*+(?:\\[.*?\\]\\s*+)?+>)*+<(?:[\\w.-]++:)?+[Pp]roject\\s([^>]*+)>");
    private static final Pattern NAMESPACE =
            Pattern.compile("xmlns[\\w:.-]*+\\s*+=\\s*+[\"'][^\"']*?(?:plcopen\\.org/xml|TC65SC65BWG7TF10)");
    private static final Pattern NAMED = Pattern.compile("\\sname\\s*+=\\s*+[\"']([^\"'<]++)[\"']");

    private PlcOpen() {}

    /// A project as it was read.
    ///
    /// @param tree whose places are those of the XML
    /// @param unread the names that it may declare where it could not be read
    public record Read(Tokens tokens, SyntaxTree tree, Set<String> unread) {
        public Read {
            unread = Set.copyOf(unread);
        }
    }

    /// What a project is read as.
    ///
    /// @param text in Structured Text, which tells its places in the XML; empty where it cannot be read
    /// @param unread the names that it may declare then
    public record Made(Source text, Set<String> unread) {
        public Made {
            unread = Set.copyOf(unread);
        }
    }

    /// Whether a text is XML, by its first character.
    public static boolean isXml(Source source) {
        String text = source.text();
        int at = 0;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return text.startsWith("<", at);
    }

    /// Whether a text is XML whose outermost element is a project, by its name and namespace; other tools have
    /// projects of their own.
    public static boolean isProject(Source source) {
        String text = source.text();
        Matcher root = ROOT.matcher(text).region(0, Math.min(text.length(), HEAD_MAX));
        return root.lookingAt() && NAMESPACE.matcher(root.group(1)).find();
    }

    /// The tree of a project. Its places are those of the XML.
    ///
    /// @param diagnostics where what is wrong is added, with codes `E700` to `E731`
    public static SyntaxTree parse(Source xml, Dialect dialect, Diagnostics diagnostics) {
        return read(xml, dialect, diagnostics).tree();
    }

    /// Tokens and tree of a project; empty ones where it cannot be read.
    ///
    /// @param diagnostics where what is wrong is added, with codes `E700` to `E731`
    public static Read read(Source xml, Dialect dialect, Diagnostics diagnostics) {
        Made made = text(xml, diagnostics);
        Parser.Result read = Parser.read(made.text(), dialect, diagnostics);
        return new Read(read.tokens(), read.tree(), made.unread());
    }

    /// A project as Structured Text, each unit and type of its own.
    ///
    /// @param diagnostics where what is wrong is added, with codes `E700` to `E731`
    public static Made text(Source xml, Diagnostics diagnostics) {
        if (xml.text().length() > Parser.LENGTH_MAX) {
            diagnostics.error(
                    "E702", xml.span(0, 0), "a project has at most %d characters".formatted(Parser.LENGTH_MAX));
            return unread(xml);
        }
        Element project = XmlReader.read(xml, diagnostics);
        if (project == null) {
            return unread(xml);
        }
        if (project.name().equals("Project")) {
            project = new Edition10(xml, diagnostics).project(project);
        }
        if (!project.name().equals("project")) {
            diagnostics.error(
                    "E703",
                    xml.span(project.offset(), project.offset()),
                    "the outermost element of a project is project, not " + project.name());
            return unread(xml);
        }
        return new Made(new Project(project, xml, diagnostics).text(), Set.of());
    }

    /// Nothing, but the names that stand in it are not taken for missing.
    private static Made unread(Source xml) {
        Set<String> names = new HashSet<>();
        String text = xml.text();
        Matcher named = NAMED.matcher(text).region(0, Math.min(text.length(), Parser.LENGTH_MAX));
        while (named.find()) {
            names.add(named.group(1).strip());
        }
        return new Made(new Writing(xml).source(), names);
    }
}
