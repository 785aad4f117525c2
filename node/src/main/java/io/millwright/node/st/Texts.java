package io.millwright.node.st;

import io.millwright.iec61131.Compiler;
import io.millwright.iec61131.Session;
import io.millwright.iec61131.check.Checked;
import io.millwright.iec61131.check.Checker;
import io.millwright.iec61131.check.Part;
import io.millwright.iec61131.source.Diagnostics;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.source.SourceReader;
import io.millwright.iec61131.syntax.Declaration;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.iec61131.syntax.Parser;
import io.millwright.iec61131.syntax.QualifiedName;
import io.millwright.iec61131.syntax.SyntaxTree;
import io.millwright.iec61131.syntax.TestDeclaration;
import io.millwright.iec61131.xml.PlcOpen;
import io.millwright.node.command.UsageError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The texts of a program on the command line. A mixin.
final class Texts {
    /// With more than one NUL in so many characters a file holds something else.
    private static final int NULS = 100;

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            description = "The texts of the program, or projects in PLCopen XML; of a folder, "
                    + "its .st, .iecst and .exp files and projects in XML.")
    private List<Path> files = List.of();

    @Option(
            names = "--library",
            paramLabel = "NAME",
            description = "Compile the program with a library: control, the blocks of process control.")
    private List<String> libraries = List.of();

    @Option(
            names = "--dialect",
            paramLabel = "DIALECT",
            defaultValue = "common",
            description = "How much beyond the standard is taken: ${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE}).")
    private Dialect dialect = Dialect.COMMON;

    /// Reads, parses and checks them.
    Checked compile() throws IOException {
        return session().compile();
    }

    /// Reads and parses them.
    Session session() throws IOException {
        var session = new Session(dialect);
        sources().forEach(session::put);
        return session;
    }

    /// What the file or folder is called, without the ending; of several, the folder of the first.
    String name() {
        if (files.isEmpty()) {
            return String.join(" ", libraries);
        }
        Path first = files.getFirst().toAbsolutePath().normalize();
        Path parent = first.getParent();
        Path named = files.size() > 1 && parent != null ? parent : first;
        String name = String.valueOf(named.getFileName());
        int point = name.lastIndexOf('.');
        return point > 0 ? name.substring(0, point) : name;
    }

    /// The folder that the first file lies in, or is.
    Path folder() {
        Path first = files.isEmpty() ? Path.of("") : files.getFirst();
        Path parent = first.toAbsolutePath().getParent();
        return Files.isDirectory(first) || parent == null ? first.toAbsolutePath() : parent;
    }

    /// A program with its trees.
    record Program(List<SyntaxTree> trees, Checked checked) {}

    /// Reads, parses and checks them, and keeps what was parsed.
    Program compiled() throws IOException {
        List<Part> parts = new ArrayList<>();
        for (Source source : sources()) {
            var found = new Diagnostics();
            if (PlcOpen.isXml(source)) {
                PlcOpen.Read read = PlcOpen.read(source, dialect, found);
                parts.add(Part.of(read.tree(), read.tokens(), read.unread(), found));
            } else {
                Parser.Result read = Parser.read(source, dialect, found);
                parts.add(Part.of(read.tree(), read.tokens(), found));
            }
        }
        Checked checked = new Checker(dialect).check(parts);
        return new Program(parts.stream().map(Part::tree).toList(), checked);
    }

    Dialect dialect() {
        return dialect;
    }

    /// Reads and parses them, all as one tree, which is called like the first file.
    SyntaxTree tree(Diagnostics diagnostics) throws IOException {
        List<QualifiedName> using = new ArrayList<>();
        List<Declaration> declarations = new ArrayList<>();
        List<TestDeclaration> tests = new ArrayList<>();
        List<Source> sources = sources();
        for (Source source : sources) {
            SyntaxTree tree = Compiler.parse(source, dialect, diagnostics);
            using.addAll(tree.using());
            declarations.addAll(tree.declarations());
            tests.addAll(tree.tests());
        }
        int first = files.isEmpty() ? 0 : Libraries.sources(libraries).size();
        return new SyntaxTree(sources.get(first), using, declarations, tests);
    }

    private List<Source> sources() throws IOException {
        if (files.isEmpty() && libraries.isEmpty()) {
            throw new UsageError("name the files of the program, or folders with .st files");
        }
        List<Source> sources = new ArrayList<>(Libraries.sources(libraries));
        for (Path file : files.isEmpty() ? List.<Path>of() : all(files)) {
            Source source = SourceReader.read(file.toString(), bytes(file)).source();
            if (source.text().chars().filter(c -> c == 0).count()
                    > source.text().length() / NULS) {
                throw new UsageError(file + ": this is no text; name files with Structured Text, or with XML");
            }
            sources.add(source);
        }
        return sources;
    }

    /// What a file holds.
    static byte[] bytes(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new UsageError(file + ": there is no such file");
        }
        return Files.readAllBytes(file);
    }

    /// The files that are meant: those named, and every text in the folders named.
    static List<Path> all(List<Path> files) throws IOException {
        List<Path> all = new ArrayList<>();
        for (Path file : files) {
            if (Files.isDirectory(file)) {
                all.addAll(TextFiles.in(file));
            } else {
                all.add(file);
            }
        }
        if (all.isEmpty()) {
            throw new UsageError("there is no .st file, nor a project in XML, in " + files.getFirst());
        }
        return all;
    }
}
