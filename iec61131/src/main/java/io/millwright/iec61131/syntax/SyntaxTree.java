package io.millwright.iec61131.syntax;

import io.millwright.iec61131.source.Source;
import java.util.List;

/// One text as a tree.
///
/// @param using the USING directives of its outermost level
/// @param tests the TEST, SETUP, TEARDOWN and MOCK parts of a text of tests, else empty
public record SyntaxTree(
        Source source, List<QualifiedName> using, List<Declaration> declarations, List<TestDeclaration> tests) {
    public SyntaxTree {
        using = List.copyOf(using);
        declarations = List.copyOf(declarations);
        tests = List.copyOf(tests);
    }
}
