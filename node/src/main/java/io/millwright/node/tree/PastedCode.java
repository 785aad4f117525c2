package io.millwright.node.tree;

import io.millwright.identity.code.Code;
import io.millwright.identity.code.Element;
import io.millwright.identity.code.epc.EpcKeys;
import io.millwright.identity.code.form.CodeReader;
import io.millwright.identity.code.gs1.DigitalLinks;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.Printable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// A text that somebody pasted: what it is, and under which handles it can be registered in a tree.
///
/// A handle or DOI names its handle itself, `did:web:HOST:PREFIX:SUFFIX` names one too. Codes of other systems stand
/// beneath the prefix of an enterprise, as the doors for programs of those systems look for them: GS1 keys as the path
/// of their Digital Link, object identifiers with dots, others in their canonical form.
final class PastedCode {

    /// So many enterprises of a tree are looked at for a code that names none.
    private static final int PREFIXES_MAX = 16;

    private static final String DID_WEB = "did:web:";

    private final String text;
    private final Code code;
    private final List<String> prefixes;

    /// @param prefixes of the enterprises
    PastedCode(String text, List<String> prefixes, int year) {
        this.text = text;
        this.prefixes = prefixes;
        code = new CodeReader(year).read(text);
    }

    TreeViews.CodeView view() {
        return new TreeViews.CodeView(
                code.scheme(),
                form(),
                Printable.of(code.canonical()),
                code.valid(),
                code.parts().stream()
                        .map(p -> new TreeViews.PartView(p.name(), Printable.of(p.value()), p.meaning()))
                        .toList(),
                code.faults().stream()
                        .map(f -> new TreeViews.FaultView(Math.clamp(f.at(), 0, text.length()), f.message()))
                        .toList(),
                handles());
    }

    private String form() {
        return switch (code) {
            case Code.Gs1 gs1 -> gs1.form().name().toLowerCase(Locale.ROOT).replace('_', '-');
            case Code.Epc epc -> epc.coding().isEmpty() ? "pure-identity" : epc.coding();
            case Code.HandleName _, Code.Oid _, Code.Ecode _, Code.Iso15459 _, Code.Did _, Code.Unknown _ -> "";
        };
    }

    /// The names under which it can be registered, likeliest first.
    List<String> handles() {
        Set<String> handles = new LinkedHashSet<>();
        switch (code) {
            case Code.HandleName name -> handles.add(name.prefix() + "/" + name.suffix());
            case Code.Gs1 gs1 -> links(gs1.valid() ? gs1.elements() : List.of(), handles);
            case Code.Epc epc -> links(epc.valid() ? EpcKeys.elements(epc).orElse(List.of()) : List.of(), handles);
            case Code.Oid oid -> beneath(oid.canonical(), handles);
            case Code.Ecode ecode -> beneath(ecode.canonical(), handles);
            case Code.Iso15459 agency -> beneath(agency.canonical(), handles);
            case Code.Did did -> {
                webName(did.canonical()).ifPresent(handles::add);
                beneath(did.canonical(), handles);
            }
            case Code.Unknown _ -> handles.add(text.strip());
        }
        return handles.stream().filter(PastedCode::isHandle).toList();
    }

    private static boolean isHandle(String name) {
        try {
            boolean spaced = name.codePoints().anyMatch(c -> Character.isISOControl(c) || Character.isWhitespace(c));
            return !spaced && Handle.of(name).isComplete();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void beneath(String canonical, Set<String> handles) {
        if (!canonical.isEmpty()) {
            prefixes.stream().limit(PREFIXES_MAX).forEach(prefix -> handles.add(prefix + "/" + canonical));
        }
    }

    /// The path of the Digital Link with key and qualifiers; then, as the resolver of Digital Links does, the key
    /// alone.
    private void links(List<Element> elements, Set<String> handles) {
        var paths = new ArrayList<String>();
        DigitalLinks.write("", elements).ifPresent(link -> {
            var path = link.replaceFirst("\\?.*", "").substring(1);
            paths.add(path);
            paths.add(path.replaceFirst("^([^/]+/[^/]+)/.*", "$1"));
        });
        for (var path : paths) {
            beneath(path, handles);
        }
    }

    /// Segments are separated by colons; host first, and what follows is the handle.
    private static Optional<String> webName(String did) {
        int host = did.startsWith(DID_WEB) ? did.indexOf(':', DID_WEB.length()) : -1;
        return host < 0
                ? Optional.empty()
                : Optional.of(did.substring(host + 1).replaceFirst("[?#].*", "").replace(':', '/'));
    }
}
