package io.millwright.iec61131;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millwright.iec61131.interpret.InterpretBackend;
import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.jvm.JvmBackend;
import io.millwright.iec61131.machine.Backend;
import io.millwright.iec61131.machine.Machine;
import io.millwright.iec61131.machine.Trap;
import io.millwright.iec61131.type.Variable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A trap that comes in every scan says the same in the last as in the first. Where the JVM notices a mistake by
/// itself it would after a while throw exceptions that it made beforehand, without a message and a stack; the code
/// is written anew then, which takes longer than the rest of the scan.
class HotTrapTest {
    /// More than twice what makes the optimising compiler take a method.
    private static final int SCANS = 25_000;

    private static final int SCANS_WRITTEN_ANEW = 300;

    private static final String DECLARED = """
            TYPE pair : STRUCT n : DINT; v : ARRAY[1..3] OF DINT; END_STRUCT; END_TYPE
            INTERFACE speaks METHOD say : DINT END_METHOD END_INTERFACE
            FUNCTION_BLOCK block
            VAR_INPUT x : DINT; END_VAR
            METHOD say : DINT say := x; END_METHOD
            END_FUNCTION_BLOCK
            FUNCTION total : DINT
            VAR_IN_OUT a : ARRAY[*] OF DINT; END_VAR
            total := a[9];
            END_FUNCTION
            FUNCTION touch : DINT
            VAR_IN_OUT p : pair; END_VAR
            p.n := p.n + 1;
            touch := p.n;
            END_FUNCTION
            PROGRAM p
            VAR
              a : ARRAY[1..10] OF DINT; b : ARRAY[0..9] OF DINT;
              m : ARRAY[1..2, 1..3] OF DINT; o : ARRAY[-3..3] OF BOOL;
              l : ARRAY[5..6] OF LREAL;
              i : DINT; li : LINT; x : DINT; u : UDINT; ul : ULINT; us : USINT; t : STRING[5];
              y : LREAL; q : BOOL; low : DINT(0..9);
              r : REF_TO DINT; pd : POINTER TO DINT;
              rp, good : REF_TO pair; rb : REF_TO block; s : speaks; c : block;
              record : pair; pt : POINTER TO STRING[5];
            END_VAR
            good := REF(record);
            FOR i := 1 TO 10 DO x := x + a[i]; END_FOR;
            """;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    x := m[1, i];                              | OUT_OF_BOUNDS    | 11 is not in 1..3
                    x := total(a := record.v);                 | OUT_OF_BOUNDS    | 9 is not in 1..3
                    t[i] := 65;                                | OUT_OF_BOUNDS    | 11 is not in 0..4
                    x := t[i];                                 | OUT_OF_BOUNDS    | 11 is not in 0..4
                    pd := ADR(x) + i; x := pd^; | OUT_OF_BOUNDS | the pointer reaches beyond the 4 bytes it points into
                    x := i / (i - 11);                         | DIVISION_BY_ZERO | ''
                    u := 5 / u;                                | DIVISION_BY_ZERO | ''
                    ul := 5 / ul;                              | DIVISION_BY_ZERO | ''
                    us := 5 / us;                              | DIVISION_BY_ZERO | ''
                    li := 7 / li;                              | DIVISION_BY_ZERO | ''
                    low := i;                                  | OUT_OF_RANGE     | 11 is not in 0..9
                    """)
    void whatGeneratedCodeNoticesKeepsItsMessage(String statement, Trap.Kind kind, String detail) {
        traps(statement, kind, detail, new InterpretBackend(), 1);
        traps(statement, kind, detail, new JvmBackend(), SCANS);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    x := a[i];                                 | OUT_OF_BOUNDS    | 11 is not in 1..10
                    a[i - 11] := x;                            | OUT_OF_BOUNDS    | 0 is not in 1..10
                    y := l[i];                                 | OUT_OF_BOUNDS    | 11 is not in 5..6
                    o[i - 15] := q AND o[1];                   | OUT_OF_BOUNDS    | -4 is not in -3..3
                    IF a[i] > 0 THEN x := 1; END_IF;           | OUT_OF_BOUNDS    | 11 is not in 1..10
                    x := SEL(b[i] > 0, 1, 2);                  | OUT_OF_BOUNDS    | 11 is not in 0..9
                    x := record.v[i];                          | OUT_OF_BOUNDS    | 11 is not in 1..3
                    x := good^.v[i - 20];                      | OUT_OF_BOUNDS    | -9 is not in 1..3
                    r := REF(a[i]);                            | OUT_OF_BOUNDS    | 11 is not in 1..10
                    x := r^;                                   | NULL_REFERENCE   | ''
                    r^ := x;                                   | NULL_REFERENCE   | ''
                    x := pd^;                                  | NULL_REFERENCE   | ''
                    x := rp^.n;                                | NULL_REFERENCE   | ''
                    rp^.v[1] := 1;                             | NULL_REFERENCE   | ''
                    record := rp^;                             | NULL_REFERENCE   | ''
                    rp^ := record;                             | NULL_REFERENCE   | ''
                    x := touch(rp^);                           | NULL_REFERENCE   | ''
                    x := s.say();                              | NULL_REFERENCE   | ''
                    x := rb^.say();                            | NULL_REFERENCE   | ''
                    rb^(x := 1);                               | NULL_REFERENCE   | ''
                    t := pt^;                                  | NULL_REFERENCE   | ''
                    pt^ := t;                                  | NULL_REFERENCE   | ''
                    x := LEN(pt^);                             | NULL_REFERENCE   | ''
                    """)
    void whatTheJvmNoticesKeepsItsMessage(String statement, Trap.Kind kind, String detail) {
        traps(statement, kind, detail, new InterpretBackend(), 1);
        traps(statement, kind, detail, new JvmBackend(), SCANS_WRITTEN_ANEW);
    }

    /// The JVM knows the place in its own array; of two arrays of one length it does not say which.
    @Test
    void anIndexOfTwoArraysOfOneLengthIsToldAsAPlace() {
        traps(
                "x := a[i] + b[i];",
                Trap.Kind.OUT_OF_BOUNDS,
                "element 11 of an array of 10, counted from 1",
                new JvmBackend(),
                1);
    }

    private static void traps(String statement, Trap.Kind kind, String detail, Backend backend, int scans) {
        Program program = Programs.compiled(DECLARED + statement + "\nEND_PROGRAM\n");
        long line = 1 + DECLARED.lines().count();
        Run run = Run.start(program, backend);
        Machine machine = run.machine();
        Variable instance = run.instance("p").orElseThrow();
        for (int scan = 1; scan <= scans; scan++) {
            Trap trap = assertThrows(Trap.class, () -> machine.run(instance));
            String at =
                    trap.stack().isEmpty() ? "nowhere" : trap.stack().getLast().toString();
            assertEquals("p (test.st:" + line + ")", at, backend + ", scan " + scan);
            assertEquals(kind, trap.kind(), backend + ", scan " + scan);
            assertEquals(detail, trap.detail(), backend + ", scan " + scan);
        }
    }
}
