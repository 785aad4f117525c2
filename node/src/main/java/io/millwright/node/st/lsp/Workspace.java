package io.millwright.node.st.lsp;

import io.millwright.iec61131.Session;
import io.millwright.iec61131.check.Checked;
import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.iec61131.xml.PlcOpen;
import io.millwright.node.st.TextFiles;
import io.millwright.plc.library.ControlLibrary;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The texts of a program: the files of the folder that is open, projects in XML among them, with those that are
/// being edited as the editor has them. Only what a change asks for is parsed and checked again.
///
/// Texts are named by their URI.
final class Workspace {
    /// How many files of a folder are read at most.
    private static final int FILES_MAX = 10_000;

    /// The library of process control, which a program is run with where it needs it.
    private static final List<Source> LIBRARY = ControlLibrary.sources();

    private static final Set<String> LIBRARY_NAMES =
            LIBRARY.stream().map(Source::name).collect(Collectors.toUnmodifiableSet());

    private static final Logger LOG = Logger.getLogger(Workspace.class.getName());

    private final Map<String, Source> onDisk = new TreeMap<>();
    private final Map<String, Source> open = new TreeMap<>();
    private final Session session;
    private @Nullable Analysis current;

    Workspace(Dialect dialect) {
        this.session = new Session(dialect);
    }

    /// Whether a text is of the library of process control.
    static boolean isLibrary(Source source) {
        return LIBRARY_NAMES.contains(source.name());
    }

    /// The URI of a text in the one form by which it is known here.
    static String key(String uri) {
        try {
            URI parsed = URI.create(uri);
            return "file".equals(parsed.getScheme()) ? Path.of(parsed).toUri().toString() : uri;
        } catch (IllegalArgumentException e) {
            LOG.log(Level.FINE, "not the address of a file: " + uri, e);
            return uri;
        }
    }

    /// Reads the files of a folder.
    synchronized void folder(Path folder) throws IOException {
        List<Path> found = TextFiles.in(folder);
        for (Path file : found.subList(0, Math.min(found.size(), FILES_MAX))) {
            read(file);
        }
    }

    private void read(Path file) throws IOException {
        String uri = file.toUri().toString();
        onDisk.put(uri, TextFiles.read(uri, file));
        current = null;
    }

    /// Looks at a file that another program has changed or deleted.
    synchronized void changedOnDisk(String uri) throws IOException {
        String key = key(uri);
        if (!key.startsWith("file:")) {
            return;
        }
        Path file = Path.of(URI.create(key));
        if (TextFiles.is(file)) {
            read(file);
        } else {
            onDisk.remove(key);
            current = null;
        }
    }

    /// Takes the text that the editor has.
    synchronized void edit(String uri, String text) {
        String key = key(uri);
        open.put(key, new Source(key, text));
        current = null;
    }

    synchronized void close(String uri) {
        open.remove(key(uri));
        current = null;
    }

    synchronized @Nullable Source source(String uri) {
        String key = key(uri);
        Source edited = open.get(key);
        return edited != null ? edited : onDisk.get(key);
    }

    /// What is known about the texts as they are now.
    synchronized Analysis analysis() {
        Analysis known = current;
        if (known == null) {
            known = analyse(sources());
            current = known;
        }
        return known;
    }

    private Map<String, Source> sources() {
        Map<String, Source> all = new TreeMap<>(onDisk);
        open.forEach((name, source) -> {
            if (isMeant(name, source)) {
                all.put(name, source);
            }
        });
        all.keySet().removeAll(TextFiles.copies(all.keySet()));
        return all;
    }

    /// Whether a text that is open belongs to the program: an editor also hands over XML of other kinds. A project
    /// stays one while its head is being written.
    private boolean isMeant(String name, Source source) {
        boolean xml = TextFiles.isXmlName(name) || PlcOpen.isXml(source) && !TextFiles.isName(name);
        return !xml || onDisk.containsKey(name) || PlcOpen.isProject(source);
    }

    /// What would be known if some texts were others, by their names. It is to be used before anything else is
    /// asked.
    synchronized Analysis analysisWith(Map<String, Source> changed) {
        Map<String, Source> all = sources();
        all.putAll(changed);
        current = null;
        return analyse(all);
    }

    private Analysis analyse(Map<String, Source> sources) {
        for (String name : session.names()) {
            if (!sources.containsKey(name) && !LIBRARY_NAMES.contains(name)) {
                session.remove(name);
            }
        }
        sources.values().forEach(session::put);
        Checked checked = checked();
        var trees = session.trees().stream()
                .filter(tree -> !isLibrary(tree.source()))
                .toList();
        return new Analysis(trees, checked);
    }

    /// With the library where that is what the texts lack, and nothing stands in two places then.
    private Checked checked() {
        Checked checked = session.compile();
        if (isInTwoPlaces(checked)) {
            LIBRARY_NAMES.forEach(session::remove);
            checked = session.compile();
        }
        if (checked.diagnostics().stream().noneMatch(ControlLibrary::isLacking)) {
            return checked;
        }
        LIBRARY.forEach(session::put);
        Checked together = session.compile();
        if (isInTwoPlaces(together)) {
            LIBRARY_NAMES.forEach(session::remove);
            return session.compile();
        }
        return together;
    }

    /// Whether something of the library is declared by a text too.
    private static boolean isInTwoPlaces(Checked checked) {
        return checked.diagnostics().stream()
                .filter(Diagnostic::isError)
                .anyMatch(d -> isLibrary(d.span().source())
                        || d.related().stream().anyMatch(r -> isLibrary(r.span().source())));
    }
}
