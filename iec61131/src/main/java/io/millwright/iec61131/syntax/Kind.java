package io.millwright.iec61131.syntax;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/// What a token is. Keywords come in two kinds: those that give a text its structure are never names; the
/// others ([#isSoft]) are names wherever a name can stand, for many programs use them so.
public enum Kind {
    END_OF_TEXT("the end of the text"),
    /// What the lexer could not read and has reported.
    BAD("what cannot be read"),
    COMMENT("a comment"),
    PRAGMA("a pragma"),
    NAME("a name"),
    NUMBER("a number"),
    STRING_LITERAL("a string"),
    WIDE_STRING_LITERAL("a string"),
    DURATION("a duration"),
    DATE("a date"),
    TIME_OF_DAY("a time of day"),
    DATE_AND_TIME("a date and time"),
    /// `INT#`, the type before a typed literal.
    TYPE_PREFIX("a typed literal"),
    /// `%IX1.0`.
    ADDRESS("an address"),
    /// `%X3` after a point, or in a structure the place `%X3.1` of a field.
    PART("a part of a variable"),
    LEFT_PARENTHESIS("("),
    RIGHT_PARENTHESIS(")"),
    LEFT_BRACKET("["),
    RIGHT_BRACKET("]"),
    COMMA(","),
    SEMICOLON(";"),
    COLON(":"),
    POINT("."),
    RANGE(".."),
    ASSIGN(":="),
    ATTEMPT("?="),
    OUTPUT("=>"),
    CARET("^"),
    PLUS("+"),
    MINUS("-"),
    STAR("*"),
    POWER("**"),
    SLASH("/"),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">="),
    EQUAL("="),
    NOT_EQUAL("<>"),
    AMPERSAND("&"),
    HASH("#"),
    IF,
    THEN,
    ELSIF,
    ELSE,
    END_IF,
    CASE,
    OF,
    END_CASE,
    FOR,
    DO,
    END_FOR,
    WHILE,
    END_WHILE,
    REPEAT,
    UNTIL,
    END_REPEAT,
    EXIT,
    RETURN,
    AND,
    OR,
    XOR,
    NOT,
    MOD,
    TRUE,
    FALSE,
    ARRAY,
    STRUCT,
    END_STRUCT,
    END_UNION,
    TYPE,
    END_TYPE,
    VAR,
    VAR_INPUT,
    VAR_OUTPUT,
    VAR_IN_OUT,
    VAR_TEMP,
    VAR_EXTERNAL,
    VAR_GLOBAL,
    VAR_ACCESS,
    VAR_CONFIG,
    VAR_STAT,
    VAR_INST,
    END_VAR,
    FUNCTION,
    END_FUNCTION,
    FUNCTION_BLOCK,
    END_FUNCTION_BLOCK,
    PROGRAM,
    END_PROGRAM,
    END_CLASS,
    END_INTERFACE,
    END_METHOD,
    END_PROPERTY,
    END_GET,
    END_SET,
    END_ACTION,
    END_STEP,
    END_TRANSITION,
    END_NAMESPACE,
    CONFIGURATION,
    END_CONFIGURATION,
    END_RESOURCE,
    END_TEST,
    END_SETUP,
    END_TEARDOWN,
    // From here on keywords that are names where only a name can stand.
    AND_THEN,
    OR_ELSE,
    BY,
    TO,
    CONTINUE,
    CLASS,
    INTERFACE,
    METHOD,
    PROPERTY,
    GET,
    SET,
    ACTION,
    NAMESPACE,
    USING,
    RESOURCE,
    ON,
    TASK,
    WITH,
    STEP,
    INITIAL_STEP,
    TRANSITION,
    FROM,
    PRIORITY,
    TEST,
    SETUP,
    TEARDOWN,
    MOCK,
    MOCK_FUNCTION,
    RETURNS,
    EXTENDS,
    IMPLEMENTS,
    ABSTRACT,
    FINAL,
    OVERRIDE,
    PUBLIC,
    PROTECTED,
    PRIVATE,
    INTERNAL,
    CONSTANT,
    RETAIN,
    NON_RETAIN,
    PERSISTENT,
    AT,
    R_EDGE,
    F_EDGE,
    READ_ONLY,
    READ_WRITE,
    REF_TO,
    REFERENCE,
    POINTER,
    STRING,
    WSTRING,
    UNION,
    OVERLAP,
    THIS,
    SUPER;

    private static final Set<Kind> SOFT = EnumSet.range(AND_THEN, SUPER);
    private static final Set<Kind> SECTIONS = EnumSet.range(VAR, VAR_INST);
    private static final Kind[] TABLE = table();

    private final String text;
    private final boolean keyword;

    Kind(String text) {
        this.text = text;
        this.keyword = false;
    }

    Kind() {
        this.text = name();
        this.keyword = true;
    }

    /// How the token is written, or what messages call it.
    String text() {
        return text;
    }

    /// Whether it is a word of the language, which case does not change.
    public boolean isKeyword() {
        return keyword;
    }

    boolean isSoft() {
        return SOFT.contains(this);
    }

    /// Whether a token of this kind can be a name.
    boolean isName() {
        return this == NAME || isSoft();
    }

    /// Whether it opens a block of variables.
    public boolean isSection() {
        return SECTIONS.contains(this);
    }

    /// Whether the kind closes what another keyword has opened.
    public boolean isEnd() {
        return keyword && text.startsWith("END_");
    }

    /// Whether it is a comment or a pragma.
    public boolean isTrivia() {
        return this == COMMENT || this == PRAGMA;
    }

    /// As messages name it: `";"`, `END_IF`, `a name`.
    String described() {
        return Character.isLetter(text.charAt(0)) ? text : "\"" + text + "\"";
    }

    /// The keyword that stands between two offsets, whatever its case, or [#NAME].
    static Kind keyword(String source, int start, int end) {
        for (int slot = hash(source, start, end); ; slot++) {
            Kind found = TABLE[slot & TABLE.length - 1];
            if (found == NAME) {
                return NAME;
            }
            if (found.text.length() == end - start && source.regionMatches(true, start, found.text, 0, end - start)) {
                return found;
            }
        }
    }

    private static int hash(String source, int start, int end) {
        int hash = end - start;
        for (int at = start; at < end; at++) {
            hash = hash * 31 + (source.charAt(at) & ~0x20);
        }
        return hash ^ hash >>> 15;
    }

    private static Kind[] table() {
        Kind[] table = new Kind[1024];
        Arrays.fill(table, NAME);
        for (Kind kind : values()) {
            if (kind.keyword) {
                String word = kind.text.toUpperCase(Locale.ROOT);
                int slot = hash(word, 0, word.length());
                while (table[slot & table.length - 1] != NAME) {
                    slot++;
                }
                table[slot & table.length - 1] = kind;
            }
        }
        return table;
    }
}
