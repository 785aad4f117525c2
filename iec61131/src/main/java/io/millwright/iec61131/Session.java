package io.millwright.iec61131;

import io.millwright.iec61131.check.Checked;
import io.millwright.iec61131.check.Checker;
import io.millwright.iec61131.check.Part;
import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.ir.Routine;
import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.source.Diagnostics;
import io.millwright.iec61131.source.Excerpt;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Cuts;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.iec61131.syntax.Parser;
import io.millwright.iec61131.syntax.SyntaxTree;
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.xml.PlcOpen;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A program that is being worked on: its texts change, and it is compiled again with little more work than the
/// change asks for. What it says is what [Compiler] says about the same texts.
///
/// ```java
/// var session = new Session(Dialect.COMMON);
/// session.put(new Source("tank.st", text));
/// Checked checked = session.compile();
/// session.put(new Source("tank.st", edited));
/// checked = session.compile();
/// Set<Signature> changed = session.changed();
/// ```
///
/// Places in what is returned follow the text: a unit that only moved says where it stands now. One thread at a
/// time.
public final class Session {
    /// So many characters are compared at once.
    private static final int STRETCH = 1024;

    private final Dialect dialect;
    private final Checker checker;
    private final Map<String, File> files = new LinkedHashMap<>();
    private @Nullable Checked current;
    private Map<Signature, Routine> before = Map.of();
    private Set<Signature> changed = Set.of();

    public Session(Dialect dialect) {
        this.dialect = dialect;
        this.checker = new Checker(dialect);
    }

    /// @param text what is read: the source, or what a project in XML is read as
    /// @param inPieces whether every part is an excerpt of the text
    /// @param told those of the parts of which something was said when they were made of XML
    private record File(Source source, Source text, List<Part> parts, boolean inPieces, Set<Part> told) {}

    /// Puts a text in the place of the one of the same name, or behind the others.
    public void put(Source source) {
        File known = files.get(source.name());
        if (known != null && known.source() == source) {
            return;
        }
        current = null;
        files.put(source.name(), PlcOpen.isXml(source) ? project(known, source) : text(known, source, source));
    }

    /// @param source where the text comes from
    private File text(@Nullable File known, Source source, Source text) {
        if (text.text().length() > Parser.LENGTH_MAX) {
            var found = new Diagnostics();
            Part whole = Part.of(Parser.parse(text, dialect, found), found);
            return new File(source, text, List.of(whole), false, Set.of());
        }
        List<Part> parts = known != null && known.inPieces() ? changed(known, text) : pieces(text);
        return new File(source, text, parts, true, Set.of());
    }

    /// A project in XML is read as a text, of which only the units that have become others are looked at again.
    private File project(@Nullable File known, Source xml) {
        var found = new Diagnostics();
        PlcOpen.Made made = PlcOpen.text(xml, found);
        if (!made.unread().isEmpty() || made.text().text().isEmpty()) {
            Parser.Result nothing = Parser.read(made.text(), dialect, found);
            Part unread = Part.of(nothing.tree(), nothing.tokens(), made.unread(), found);
            return new File(xml, made.text(), List.of(unread), false, Set.of());
        }
        File read = text(known, xml, made.text());
        Set<Part> before = known == null ? Set.of() : known.told();
        return found.sorted().isEmpty() && before.isEmpty() ? read : told(read, found.sorted(), before);
    }

    /// Gives what was said about the XML to the parts that it was said of.
    ///
    /// @param before the parts that something was said of before
    private File told(File file, List<Diagnostic> found, Set<Part> before) {
        List<Part> parts = new ArrayList<>(file.parts());
        NavigableMap<Integer, Integer> starts = new TreeMap<>();
        for (int i = 0; i < parts.size(); i++) {
            Source piece = parts.get(i).source();
            int first = piece.text().length() - piece.text().stripLeading().length();
            starts.putIfAbsent(piece.knownOffset(Math.min(first, piece.text().length())), i);
        }
        Map<Integer, Diagnostics> own = new HashMap<>();
        for (Diagnostic one : found) {
            Map.Entry<Integer, Integer> at = starts.floorEntry(one.span().start());
            int index = file.inPieces() && at != null ? at.getValue() : 0;
            own.computeIfAbsent(index, _ -> new Diagnostics()).add(one);
        }
        Set<Part> told = new HashSet<>();
        int start = 0;
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            int end = start + part.source().text().length();
            Diagnostics said = own.get(i);
            if (said != null || before.contains(part)) {
                Source piece = file.inPieces() ? Excerpt.of(file.text(), start, end) : file.text();
                Part again = part(piece, said == null ? new Diagnostics() : said);
                again.adopt(part);
                parts.set(i, again);
                if (said != null) {
                    told.add(again);
                }
            }
            start = end;
        }
        return new File(file.source(), file.text(), parts, file.inPieces(), told);
    }

    /// Takes a text away.
    public void remove(String name) {
        if (files.remove(name) != null) {
            current = null;
        }
    }

    /// The names of all texts.
    public List<String> names() {
        return List.copyOf(files.keySet());
    }

    /// What is true of the texts as they are now.
    @SuppressWarnings("ReferenceEquality") // a routine that was not made anew is the same object
    public Checked compile() {
        Checked known = current;
        if (known != null) {
            return known;
        }
        List<Part> parts =
                files.values().stream().flatMap(f -> f.parts().stream()).toList();
        Checked checked = checker.check(parts);
        current = checked;
        Program program = checked.program();
        if (program != null) {
            Set<Signature> fresh = new LinkedHashSet<>();
            program.routines().forEach((signature, routine) -> {
                if (before.get(signature) != routine) {
                    fresh.add(signature);
                }
            });
            before = program.routines();
            changed = fresh;
        }
        return checked;
    }

    /// The routines that are others, or new, in the last sound program, compared with the sound program before
    /// it.
    public Set<Signature> changed() {
        return changed;
    }

    /// The trees of all texts; a text has a tree for each of its parts.
    public List<SyntaxTree> trees() {
        return files.values().stream()
                .flatMap(f -> f.parts().stream())
                .map(Part::tree)
                .toList();
    }

    /// The pieces of a text.
    private List<Part> pieces(Source source) {
        List<Source> excerpts = new ArrayList<>();
        int at = 0;
        do {
            int end = Cuts.next(source.text(), at);
            excerpts.add(Excerpt.of(source, at, end));
            at = end;
        } while (at < source.text().length());
        return excerpts.parallelStream().map(this::part).toList();
    }

    private Part part(Source excerpt) {
        return part(excerpt, new Diagnostics());
    }

    /// @param found what was said of it already
    private Part part(Source excerpt, Diagnostics found) {
        Parser.Result read = Parser.read(excerpt, dialect, found);
        return Part.of(read.tree(), read.tokens(), found);
    }

    /// The parts of a text that was another one before: those before and behind the change stay what they are,
    /// those within it take over what they can from those whose names they have.
    private List<Part> changed(File known, Source source) {
        List<Part> old = known.parts();
        String before = known.text().text();
        String after = source.text();
        int equal = common(before, after);
        List<Part> parts = new ArrayList<>();
        int at = 0;
        int first = 0;
        // The end of a piece depends on what follows it; so the last one that is equal is read again.
        while (first + 1 < old.size() && at + length(old, first) + length(old, first + 1) <= equal) {
            at += length(old, first);
            parts.add(moved(old.get(first++), source, at - length(old, first - 1)));
        }
        int equalBehind = commonBehind(before, after, Math.min(before.length(), after.length()) - at);
        int last = old.size();
        int end = after.length();
        List<Part> behind = new ArrayList<>();
        // The piece of a text that was empty ends nothing, so it stays behind nothing.
        while (last > first
                && length(old, last - 1) > 0
                && after.length() - end + length(old, last - 1) <= equalBehind) {
            end -= length(old, --last);
            behind.addFirst(old.get(last));
        }
        List<Source> excerpts = new ArrayList<>();
        int to = at;
        while (to != end || excerpts.isEmpty() && behind.isEmpty()) {
            if (to > end) {
                // The last piece has swallowed some of those behind.
                end += behind.removeFirst().source().text().length();
                last++;
            } else {
                int next = Cuts.next(after, to);
                excerpts.add(Excerpt.of(source, to, next));
                to = next;
            }
        }
        List<Part> fresh = excerpts.parallelStream().map(this::part).toList();
        adopt(old.subList(first, last), fresh);
        parts.addAll(fresh);
        for (Part part : behind) {
            parts.add(moved(part, source, end));
            end += part.source().text().length();
        }
        return parts;
    }

    private static int length(List<Part> parts, int index) {
        return parts.get(index).source().text().length();
    }

    private static Part moved(Part part, Source source, int start) {
        Excerpt excerpt = part.source().excerpt();
        if (excerpt != null) {
            excerpt.move(source, start);
        }
        return part;
    }

    private static void adopt(List<Part> old, List<Part> fresh) {
        int from = 0;
        for (Part part : fresh) {
            for (int i = from; i < old.size(); i++) {
                if (part.adopt(old.get(i))) {
                    from = i + 1;
                    break;
                }
            }
        }
    }

    /// How many characters are the same at the beginning.
    private static int common(String a, String b) {
        int length = Math.min(a.length(), b.length());
        int at = 0;
        while (a.regionMatches(at, b, at, STRETCH)) {
            at += STRETCH;
        }
        while (at < length && a.charAt(at) == b.charAt(at)) {
            at++;
        }
        return at;
    }

    /// How many characters, at most `limit`, are the same at the end.
    private static int commonBehind(String a, String b, int limit) {
        int at = 0;
        while (at + STRETCH <= limit
                && a.regionMatches(a.length() - at - STRETCH, b, b.length() - at - STRETCH, STRETCH)) {
            at += STRETCH;
        }
        while (at < limit && a.charAt(a.length() - 1 - at) == b.charAt(b.length() - 1 - at)) {
            at++;
        }
        return at;
    }
}
