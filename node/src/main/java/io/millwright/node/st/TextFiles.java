package io.millwright.node.st;

import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.source.SourceReader;
import io.millwright.iec61131.syntax.Parser;
import io.millwright.iec61131.xml.PlcOpen;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/// The files of a folder that are a program together (decision 79): those that hold Structured Text, `.st`, `.iecst`,
/// and `.exp`, as older tools export it; and projects of PLCopen XML and IEC 61131-10, `.xml`. A project that a text of
/// the same name stands beside is the same program in another form, and left out.
public final class TextFiles {
    private static final Set<String> ENDINGS = Set.of("st", "iecst", "exp");

    /// No text of more bytes than these has as few characters as are read.
    private static final int BYTES_MAX = 4 * Parser.LENGTH_MAX;

    private static final Logger LOG = Logger.getLogger(TextFiles.class.getName());

    private TextFiles() {}

    /// Whether there is such a file, whatever stands beside it.
    public static boolean is(Path file) {
        return Files.isRegularFile(file) && (isName(file.toString()) || isXmlName(file.toString()) && isProject(file));
    }

    /// Whether a file of this name holds Structured Text, in capitals or not.
    public static boolean isName(String name) {
        return ENDINGS.contains(ending(name));
    }

    /// Whether a file of this name is XML.
    public static boolean isXmlName(String name) {
        return ending(name).equals("xml");
    }

    private static String ending(String name) {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    /// Those of some names that a text of the same name stands beside.
    public static Set<String> copies(Collection<String> names) {
        Set<String> texts = new HashSet<>();
        names.stream().filter(TextFiles::isName).forEach(n -> texts.add(stem(n)));
        Set<String> copies = new HashSet<>();
        names.stream().filter(n -> isXmlName(n) && texts.contains(stem(n))).forEach(copies::add);
        return copies;
    }

    private static String stem(String name) {
        return name.substring(0, name.lastIndexOf('.') + 1);
    }

    /// XML that cannot be opened is taken for that of other tools.
    private static boolean isProject(Path file) {
        try {
            return PlcOpen.isProject(read(file.toString(), file, PlcOpen.HEAD_MAX));
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the file cannot be read: " + file, e);
            return false;
        }
    }

    /// A text as it is on disk. Of a very large one, as much as is needed to tell that it is too large.
    public static Source read(String name, Path file) throws IOException {
        return read(name, file, BYTES_MAX);
    }

    private static Source read(String name, Path file, int bytesMax) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return SourceReader.read(name, in.readNBytes(bytesMax)).source();
        }
    }

    /// Those in a folder and in the folders beneath, by name.
    public static List<Path> in(Path folder) throws IOException {
        try (Stream<Path> inside = Files.walk(folder)) {
            return among(inside);
        }
    }

    /// Those among some files, by name.
    public static List<Path> among(Stream<Path> files) {
        List<Path> all = files.filter(f -> isName(f.toString()) || isXmlName(f.toString()))
                .filter(Files::isRegularFile)
                .sorted()
                .toList();
        Set<String> copies = copies(all.stream().map(Path::toString).toList());
        return all.stream().filter(f -> !copies.contains(f.toString()) && is(f)).toList();
    }
}
