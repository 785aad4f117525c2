package io.millwright.iec61131.xml;

import io.millwright.iec61131.source.Diagnostics;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.iec61131.syntax.Parser;
import io.millwright.iec61131.syntax.SyntaxTree;
import java.util.List;

/// Reads projects of PLCopen TC6 XML (version 2.01) and of IEC 61131-10.
public final class PlcOpen {
    private PlcOpen() {}

    /// Whether a text is XML, by its first character.
    public static boolean isXml(Source source) {
        return source.text().stripLeading().startsWith("<");
    }

    /// The tree of a project. Its places are those of the XML.
    ///
    /// @param diagnostics where what is wrong is added, with codes `E700` to `E729`
    public static SyntaxTree read(Source xml, Dialect dialect, Diagnostics diagnostics) {
        if (xml.text().length() > Parser.LENGTH_MAX) {
            diagnostics.error(
                    "E702", xml.span(0, 0), "a project has at most %d characters".formatted(Parser.LENGTH_MAX));
            return new SyntaxTree(xml, List.of(), List.of(), List.of());
        }
        Element project = XmlReader.read(xml, diagnostics);
        if (project == null) {
            return new SyntaxTree(xml, List.of(), List.of(), List.of());
        }
        if (project.name().equals("Project")) {
            project = new Edition10(xml, diagnostics).project(project);
        }
        if (!project.name().equals("project")) {
            diagnostics.error(
                    "E703",
                    xml.span(project.offset(), project.offset()),
                    "the outermost element of a project is project, not " + project.name());
            return new SyntaxTree(xml, List.of(), List.of(), List.of());
        }
        return Parser.parse(new Project(project, xml, diagnostics).text(), dialect, diagnostics);
    }
}
