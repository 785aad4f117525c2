package io.millwright.iec61131;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millwright.iec61131.interpret.InterpretBackend;
import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.jvm.JvmBackend;
import io.millwright.iec61131.machine.Backend;
import io.millwright.iec61131.machine.Step;
import io.millwright.iec61131.machine.Targets;
import io.millwright.iec61131.type.ReferenceType;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What references refer to is told by the path a program would write, the same by both back ends.
class TargetsTest {
    private static final String DECLARED = """
            TYPE pair : STRUCT n : DINT; v : ARRAY[1..3] OF INT; next : REF_TO DINT; END_STRUCT; END_TYPE
            INTERFACE speaks METHOD say : DINT END_METHOD END_INTERFACE
            FUNCTION_BLOCK block IMPLEMENTS speaks
            VAR PUBLIC x : DINT; t : STRING[4]; END_VAR
            METHOD PUBLIC say : DINT say := x; END_METHOD
            END_FUNCTION_BLOCK
            FUNCTION local : POINTER TO DINT
            VAR n : DINT; END_VAR
            local := ADR(n);
            END_FUNCTION
            VAR_GLOBAL g : DINT; grid : ARRAY[0..1, 5..7] OF UINT; END_VAR
            PROGRAM p
            VAR_EXTERNAL g : DINT; grid : ARRAY[0..1, 5..7] OF UINT; END_VAR
            VAR
              x : DINT; q : BOOL; a : ARRAY[1..5] OF DINT; flags : ARRAY[-2..2] OF BOOL; s : pair;
              t : STRING[9]; w : WSTRING[9];
              all : ARRAY[3..4] OF pair; b : block;
              blocks : ARRAY[1..2] OF block; refs : ARRAY[1..2] OF REF_TO DINT;
              r : %s;
            END_VAR
            %s
            END_PROGRAM
            """;

    static String target(Backend backend, String type, String statement) {
        Program program = Programs.compiled(DECLARED.formatted(type, statement));
        Run run = Run.start(program, backend);
        Variable instance = run.instance("p").orElseThrow();
        run.scan(instance, 0);
        Variable reference = ((UnitType) instance.type().resolved())
                .variables().stream()
                        .filter(v -> v.name().equals("r"))
                        .findFirst()
                        .orElseThrow();
        Type to = reference.type().resolved() instanceof ReferenceType known ? known.target() : reference.type();
        List<Step> way = new ArrayList<>(List.of(new Step.Member(instance), new Step.Member(reference)));
        Targets targets = run.targets();
        @Nullable String told = targets.of(way, to);
        return String.valueOf(told);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
                    REF_TO DINT                     | r := NULL;                      | null
                    REF_TO DINT                     | r := REF(x);                    | p.x
                    REF_TO BOOL                     | r := REF(q);                    | p.q
                    REF_TO DINT                     | r := REF(g);                    | g
                    REF_TO DINT                     | r := REF(a[3]);                 | p.a[3]
                    REF_TO UINT                     | r := REF(grid[1, 6]);           | grid[1,6]
                    REF_TO BOOL                     | r := REF(flags[-1]);            | p.flags[-1]
                    REF_TO INT                      | r := REF(all[4].v[2]);          | p.all[4].v[2]
                    REF_TO pair                     | r := REF(s);                    | p.s
                    REF_TO pair                     | r := REF(all[3]);               | p.all[3]
                    REF_TO ARRAY[1..5] OF DINT      | r := REF(a);                    | p.a
                    REF_TO STRING[9]                | r := REF(t);                    | p.t
                    REF_TO block                    | r := REF(blocks[2]);            | p.blocks[2]
                    REF_TO DINT                     | r := REF(b.x);                  | p.b.x
                    speaks                          | r := blocks[1];                 | p.blocks[1]
                    speaks                          | ;                               | null
                    REFERENCE TO DINT               | r REF= a[5];                    | p.a[5]
                    POINTER TO DINT                 | ;                               | null
                    POINTER TO DINT                 | r := ADR(x);                    | p.x
                    POINTER TO DINT                 | r := ADR(a) + 8;                | p.a[3]
                    POINTER TO BYTE                 | r := ADR(a); r := r + 5;        | p.a[2] + 1 byte
                    POINTER TO DINT                 | r := ADR(a); r := r + 20;       | p.a + 20 bytes
                    POINTER TO ARRAY[1..5] OF DINT  | r := ADR(a);                    | p.a
                    POINTER TO pair                 | r := ADR(s);                    | p.s
                    POINTER TO pair                 | r := ADR(all[4]);               | p.all[4]
                    POINTER TO block                | r := ADR(b);                    | p.b
                    POINTER TO STRING[9]            | r := ADR(t);                    | p.t
                    POINTER TO WSTRING[9]           | r := ADR(w);                    | p.w
                    POINTER TO BYTE                 | r := ADR(t); r := r + 3;        | p.t + 3 bytes
                    POINTER TO STRING[4]            | r := ADR(blocks[1].t);          | p.blocks[1].t
                    POINTER TO DINT                 | r := local();                   | @16#10000000
                    POINTER TO REF_TO DINT          | refs[2] := REF(x); r := ADR(refs[2]); | p.refs[2]
                    POINTER TO REF_TO DINT          | s.next := REF(x); r := ADR(s.next);   | p.s.next
                    """)
    void aReferenceIsToldByAPath(String type, String statement, String path) {
        assertEquals(path, target(new JvmBackend(), type, statement), "JVM");
        assertEquals(path, target(new InterpretBackend(), type, statement), "interpreter");
    }

    /// 6.4.4.10.3: references are compared; it does not matter which routine took them.
    @Test
    void referencesToOneVariableAreEqualWhoeverTookThem() {
        String text = """
                VAR_GLOBAL g : DINT; END_VAR
                FUNCTION other : REF_TO DINT
                VAR_EXTERNAL g : DINT; END_VAR
                other := REF(g);
                END_FUNCTION
                PROGRAM p
                VAR_EXTERNAL g : DINT; END_VAR
                VAR same : BOOL; a : POINTER TO DINT; there : BOOL; END_VAR
                same := REF(g) = other();
                a := ADR(g); there := a = ADR(g) AND REF(g) <> NULL;
                END_PROGRAM
                """;
        for (Backend backend : List.of(new JvmBackend(), new InterpretBackend())) {
            Run run = Run.start(Programs.compiled(text), backend);
            run.scan(run.instance("p").orElseThrow(), 0);
            assertEquals(new Value.Truth(true), run.slot("p.same").orElseThrow().value(), backend.toString());
            assertEquals(
                    new Value.Truth(true), run.slot("p.there").orElseThrow().value(), backend.toString());
        }
    }

    @Test
    void nothingIsFollowedIntoCircles() {
        String text = """
                TYPE node : STRUCT n : INT; next : REF_TO node; END_STRUCT; END_TYPE
                PROGRAM p
                VAR a, b : node; r : REF_TO node; END_VAR
                a.next := REF(b); b.next := REF(a); r := a.next;
                END_PROGRAM
                """;
        Run run = Run.start(Programs.compiled(text), new JvmBackend());
        Variable instance = run.instance("p").orElseThrow();
        run.scan(instance, 0);
        Variable reference = ((UnitType) instance.type().resolved()).variables().getLast();
        List<Step> way = List.of(new Step.Member(instance), new Step.Member(reference));
        assertEquals("p.b", run.targets().of(way, reference.type()));
    }
}
