package io.millwright.iec61131;

import io.millwright.iec61131.check.Checked;
import io.millwright.iec61131.check.Checker;
import io.millwright.iec61131.check.Part;
import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.ir.Routine;
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
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    /// @param inPieces whether every part is an excerpt of the text
    private record File(Source source, List<Part> parts, boolean inPieces) {}

    /// Puts a text in the place of the one of the same name, or behind the others.
    public void put(Source source) {
        File known = files.get(source.name());
        if (known != null && known.source() == source) {
            return;
        }
        current = null;
        boolean inPieces = !isWhole(source);
        List<Part> parts = known != null && known.inPieces() && inPieces ? changed(known, source) : pieces(source);
        files.put(source.name(), new File(source, parts, inPieces));
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

    private static boolean isWhole(Source source) {
        return PlcOpen.isXml(source) || source.text().length() > Parser.LENGTH_MAX;
    }

    /// The pieces of a text.
    private List<Part> pieces(Source source) {
        if (isWhole(source)) {
            return List.of(whole(source, dialect));
        }
        List<Source> excerpts = new ArrayList<>();
        int at = 0;
        do {
            int end = Cuts.next(source.text(), at);
            excerpts.add(Excerpt.of(source, at, end));
            at = end;
        } while (at < source.text().length());
        return excerpts.parallelStream().map(this::part).toList();
    }

    /// A text that is one piece: a project in XML, or more than is read.
    private static Part whole(Source source, Dialect dialect) {
        var found = new Diagnostics();
        if (PlcOpen.isXml(source)) {
            PlcOpen.Read read = PlcOpen.read(source, dialect, found);
            return Part.of(read.tree(), read.tokens(), read.unread(), found);
        }
        return Part.of(Parser.parse(source, dialect, found), found);
    }

    private Part part(Source excerpt) {
        var found = new Diagnostics();
        Parser.Result read = Parser.read(excerpt, dialect, found);
        return Part.of(read.tree(), read.tokens(), found);
    }

    /// The parts of a text that was another one before: those before and behind the change stay what they are,
    /// those within it take over what they can from those whose names they have.
    private List<Part> changed(File known, Source source) {
        List<Part> old = known.parts();
        String before = known.source().text();
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
        while (last > first && after.length() - end + length(old, last - 1) <= equalBehind) {
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
