package io.millwright.node.plc;

import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.source.SourceReader;
import io.millwright.model.Plant;
import io.millwright.model.Program;
import io.millwright.node.command.IoReason;
import io.millwright.node.command.UsageError;
import io.millwright.node.st.TextFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Reads the texts of a project. With a program come all texts and XML projects of its folder but tests
/// (`…_test.st`), so that it can use the blocks of its neighbours.
final class ControlTexts {
    private static final String TEST_END = "_test.st";
    private static final long BYTES_MAX = 64L << 20;

    private ControlTexts() {}

    /// The texts that a plant file's `control` names, and their neighbours.
    ///
    /// @param folder in which the plant file lies
    static List<Source> of(Plant plant, Path folder) {
        Path root = folder.toAbsolutePath().normalize();
        Set<Path> files = new LinkedHashSet<>();
        for (Program program : plant.control()) {
            Path file = root.resolve(program.file()).normalize();
            if (!Files.isRegularFile(file)) {
                throw new UsageError("control." + program.name() + ".program: there is no file " + file);
            }
            files.add(file);
            Path beside = file.getParent();
            List<Path> neighbours = beside == null ? List.of() : texts(beside);
            if (neighbours.contains(file) || TextFiles.isName(file.toString())) {
                files.addAll(neighbours);
            }
        }
        return read(root, files);
    }

    /// The texts and XML projects of a folder, or one of them.
    static List<Source> of(Path path) {
        Path root = path.toAbsolutePath().normalize();
        List<Path> files = Files.isDirectory(root) ? texts(root) : List.of(root);
        if (files.isEmpty()) {
            throw new UsageError("there is no .st, .iecst or .exp file, nor a project in XML, in " + path);
        }
        return read(
                Files.isDirectory(root)
                        ? root
                        : Optional.ofNullable(root.getParent()).orElse(root),
                files);
    }

    /// What a folder or file is called, without the ending.
    static String name(Path path) {
        String name = String.valueOf(path.toAbsolutePath().normalize().getFileName());
        int point = name.lastIndexOf('.');
        return point > 0 ? name.substring(0, point) : name;
    }

    private static boolean isTest(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(TEST_END);
    }

    private static List<Path> texts(Path folder) {
        try (Stream<Path> inside = Files.list(folder)) {
            return TextFiles.among(inside.filter(p -> !isTest(p)));
        } catch (IOException e) {
            throw new UsageError(folder + " cannot be read: " + IoReason.of(e));
        }
    }

    private static List<Source> read(Path root, Iterable<Path> files) {
        List<Source> sources = new ArrayList<>();
        for (Path file : files) {
            try {
                if (Files.size(file) > BYTES_MAX) {
                    throw new UsageError(file + " is larger than " + (BYTES_MAX >> 20) + " MiB");
                }
                Path named = file.startsWith(root) ? root.relativize(file) : file;
                sources.add(SourceReader.read(named.toString(), Files.readAllBytes(file))
                        .source());
            } catch (IOException e) {
                throw new UsageError(file + " cannot be read: " + IoReason.of(e));
            }
        }
        return sources;
    }
}
