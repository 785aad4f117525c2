package io.millwright.node.st.debug;

import io.millwright.iec61131.Compiler;
import io.millwright.iec61131.check.Checked;
import io.millwright.iec61131.interpret.InterpretBackend;
import io.millwright.iec61131.interpret.Observer;
import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.source.Source;
import io.millwright.node.st.TextFiles;
import io.millwright.plc.Loaded;
import io.millwright.plc.Project;
import io.millwright.plc.ProjectError;
import io.millwright.plc.image.SignalTable;
import io.millwright.plc.library.ControlLibrary;
import io.millwright.plc.record.RecordingError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// Makes the programs of a recording ready for the debugger. An editor opens files: a recorded text that is in
/// one of the user's files as it was then is that file, any other is written to a folder of its own.
final class RecordedPrograms {
    private final List<Source> files;
    private final Path folder;
    private final Map<List<String>, Source> texts = new HashMap<>();
    private final Map<List<Source>, Checked> compiled = new HashMap<>();

    /// @param files of the user, by their absolute paths
    /// @throws IOException if there is no room for other texts
    RecordedPrograms(List<Source> files) throws IOException {
        this.files = List.copyOf(files);
        this.folder = Files.createTempDirectory("mw-recorded-");
        folder.toFile().deleteOnExit();
    }

    /// A program, compiled.
    Checked checked(Project recorded) throws RecordingError {
        Project project = placed(recorded);
        Checked checked = compiled.computeIfAbsent(
                project.sources(), _ -> Compiler.compile(project.sources(), project.dialect()));
        if (checked.program() == null) {
            throw new RecordingError("what ran then is refused by this compiler");
        }
        return checked;
    }

    /// A program, ready to be run apart from any plant.
    Loaded load(Project recorded, Observer observer) throws RecordingError {
        Program program = Objects.requireNonNull(checked(recorded).program());
        try {
            return Loaded.of(placed(recorded), program, new SignalTable(), new InterpretBackend(observer));
        } catch (ProjectError e) {
            throw new RecordingError(String.valueOf(e.getMessage()));
        }
    }

    /// The texts of the user of which none of the files has what ran then.
    List<String> strangers() {
        Set<String> library =
                ControlLibrary.sources().stream().map(Source::name).collect(Collectors.toSet());
        return texts.entrySet().stream()
                .filter(e -> e.getValue().name().startsWith(folder.toString()))
                .filter(e -> TextFiles.isName(e.getKey().getFirst())
                        && !library.contains(e.getKey().getFirst()))
                .map(e -> e.getValue().name())
                .sorted()
                .toList();
    }

    /// Texts as an editor can open them.
    List<Source> placed(List<Source> some) {
        return some.stream().map(this::placed).toList();
    }

    private Project placed(Project recorded) {
        return recorded.with(placed(recorded.sources()));
    }

    private Source placed(Source text) {
        return texts.computeIfAbsent(List.of(text.name(), text.text()), _ -> {
            String end = "/" + text.name();
            return files.stream()
                    .filter(f -> f.text().equals(text.text()))
                    .max((a, b) ->
                            Boolean.compare(a.name().endsWith(end), b.name().endsWith(end)))
                    .orElseGet(() -> written(text));
        });
    }

    /// Writes a text where an editor can open it; what was there under its name before stays.
    private Source written(Source text) {
        try {
            Path name = Path.of(text.name()).getFileName();
            Path place =
                    folder.resolve(name == null ? "text.st" : name.toString().replaceAll("[^\\w.-]", "_"));
            for (int i = 2; Files.exists(place); i++) {
                place = folder.resolve(i + "-" + place.getFileName());
            }
            Files.writeString(place, text.text());
            place.toFile().deleteOnExit();
            return new Source(place.toString(), text.text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
