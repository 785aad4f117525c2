package io.millwright.iec61131.check;

import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Name;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The names of one region of the program, and the regions around it (6.9.2): a routine in a unit in a
/// namespace in the whole.
public final class Scope {
    private final @Nullable Scope parent;
    private final Map<String, Symbol> symbols = new LinkedHashMap<>();
    private final List<Scope> used = new ArrayList<>();
    private final Map<String, Scope> inner = new HashMap<>();
    private final Set<String> lacking = new HashSet<>();
    private boolean lacksAny;
    private String name = "";
    private @Nullable Span declared;

    public Scope(@Nullable Scope parent) {
        this.parent = parent;
    }

    public @Nullable Scope parent() {
        return parent;
    }

    /// The region of a name within this one, always the same.
    Scope inner(String name) {
        return inner.computeIfAbsent(Name.key(name), _ -> new Scope(this));
    }

    /// Forgets all names, also those of the regions within.
    void clear() {
        symbols.clear();
        used.clear();
        lacking.clear();
        lacksAny = false;
        declared = null;
        inner.values().forEach(Scope::clear);
    }

    /// Says where it is declared, if that is a namespace; the first place counts.
    void declaredAt(Name place) {
        if (declared == null) {
            name = place.text();
            declared = place.span();
        }
    }

    /// The name of a namespace, else empty.
    public String name() {
        return name;
    }

    /// Where the name of a namespace is first declared, or null of what is none.
    public @Nullable Span declared() {
        return declared;
    }

    /// Declares a name; the symbol that already has it is given back and kept, else null.
    @Nullable
    Symbol declare(String name, Symbol symbol) {
        return symbols.putIfAbsent(Name.key(name), symbol);
    }

    /// Puts a symbol in the place of another one of the same name.
    void replace(String name, Symbol symbol) {
        symbols.put(Name.key(name), symbol);
    }

    void remove(String name) {
        symbols.remove(Name.key(name));
    }

    /// Says that names are missing here since what they come from (USING, EXTENDS) could not be found, which
    /// was reported.
    void lacksAny() {
        lacksAny = true;
    }

    /// Says that some names, as they are compared, may be declared here where a text could not be read, which
    /// was reported.
    void lacks(Set<String> names) {
        lacking.addAll(names);
    }

    /// Whether a name that is not found here may be missing for another mistake.
    boolean lacks(String name) {
        return lacksAny || lacking.contains(Name.key(name)) || parent != null && parent.lacks(name);
    }

    /// Makes the names of another region visible here (USING).
    void use(Scope other) {
        used.add(other);
    }

    /// What a name stands for in this region alone, or null.
    public @Nullable Symbol own(String name) {
        return symbols.get(Name.key(name));
    }

    /// What a name stands for here, or null.
    public @Nullable Symbol find(String name) {
        String key = Name.key(name);
        for (Scope scope = this; scope != null; scope = scope.parent) {
            Symbol symbol = scope.symbols.get(key);
            if (symbol != null) {
                return symbol;
            }
            for (Scope other : scope.used) {
                symbol = other.symbols.get(key);
                if (symbol != null) {
                    return symbol;
                }
            }
        }
        return null;
    }

    @Override
    public String toString() {
        return declared == null ? "a region" : name + " " + declared;
    }

    /// Every name that is visible here, the nearest first, in capitals.
    public Map<String, Symbol> visible() {
        Map<String, Symbol> all = new LinkedHashMap<>();
        for (Scope scope = this; scope != null; scope = scope.parent) {
            scope.symbols.forEach(all::putIfAbsent);
            for (Scope other : scope.used) {
                other.symbols.forEach(all::putIfAbsent);
            }
        }
        return all;
    }
}
