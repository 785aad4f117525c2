package io.millwright.iec61131.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The forms of declarations, statements, charts, instruction lists and configurations (IEC 61131-3 ed. 3, 6.4
/// to 7.3).
final class ParserTest {
    private static Declaration.Unit unit(String text) {
        return (Declaration.Unit) Texts.tree(text).declarations().getFirst();
    }

    private static List<Declaration.DataType> types(String text) {
        return Texts.tree(text).declarations().stream()
                .map(Declaration.DataType.class::cast)
                .toList();
    }

    @Test
    void comments_before_a_unit_and_beside_a_variable_document_them() {
        var unit = unit("""
                (* @PATH := 'x' *)
                (* Waits
                   long. *)
                FUNCTION_BLOCK Waiter
                VAR_INPUT
                    // may go
                    go : BOOL;
                    on : BOOL; // is on
                    off : BOOL;
                END_VAR
                END_FUNCTION_BLOCK
                """);
        assertEquals("Waits\nlong.", unit.documentation());
        assertEquals(
                List.of("may go", "is on", ""),
                unit.variables().getFirst().variables().stream()
                        .map(VariableDeclaration::documentation)
                        .toList());
    }

    // 6.4.4: every kind of derived type, several in one block.
    @Test
    void types_of_all_kinds_are_declared() {
        var all = types("""
                TYPE
                    A : INT(-5..5) := 1;
                    B : (Red, Green := 5, Blue) := Green;
                    C : DWORD (One := 1, Two := 2);
                    D : ARRAY[1..2, 0..N - 1] OF STRING[20] := [2('a', 'b'), 'c'];
                    E : REF_TO INT := NULL;
                    F : STRUCT OVERLAP x AT %B0 : BYTE; y AT %X3.0 : BOOL := TRUE; END_STRUCT;
                    G : Motion.Axis := (speed := 1.0, limits := [1, 2]);
                    H : WSTRING;
                END_TYPE
                TYPE I : STRUCT a : INT; END_STRUCT END_TYPE
                """);
        assertEquals(9, all.size());
        assertInstanceOf(TypeSyntax.Subrange.class, all.get(0).type());
        assertEquals(3, ((TypeSyntax.Enumeration) all.get(1).type()).values().size());
        assertNotNull(((TypeSyntax.Enumeration) all.get(2).type()).base());
        assertEquals(2, ((Initializer.Array) all.get(3).initializer()).items().size());
        assertEquals(
                TypeSyntax.Reference.Kind.REF_TO,
                ((TypeSyntax.Reference) all.get(4).type()).kind());
        var overlap = (TypeSyntax.Structure) all.get(5).type();
        assertEquals(
                List.of(
                        new Address(Address.Area.STRUCTURE, Address.Size.B, List.of(0)),
                        new Address(Address.Area.STRUCTURE, Address.Size.X, List.of(3, 0))),
                overlap.fields().stream().map(VariableDeclaration::address).toList());
        assertInstanceOf(Initializer.Structure.class, all.get(6).initializer());
    }

    @Test
    void modifiers_stand_in_any_order_and_parts_in_any_place() {
        var unit = unit("""
                FUNCTION_BLOCK FINAL INTERNAL Pump EXTENDS Base IMPLEMENTS IPump, Ns.IOther
                x := 1;
                METHOD PUBLIC FINAL Go : BOOL VAR_INPUT a : INT; END_VAR Go := a > 0; END_METHOD
                METHOD ABSTRACT PROTECTED Stop END_METHOD
                PROPERTY Level : REAL GET Level := l; END_GET SET l := Level; END_SET END_PROPERTY
                ACTION Reset: x := 0; END_ACTION
                VAR y : INT; END_VAR
                y := 2;
                END_FUNCTION_BLOCK
                """.replace("VAR y : INT; END_VAR\n", ""));
        assertEquals(Set.of(Declaration.Modifier.FINAL, Declaration.Modifier.INTERNAL), unit.modifiers());
        assertEquals("Base", String.valueOf(unit.base()));
        assertEquals(2, unit.interfaces().size());
        assertEquals(2, unit.methods().size());
        assertNull(unit.methods().get(1).body());
        assertNotNull(unit.properties().getFirst().set());
        assertEquals(2, ((Body.StructuredText) unit.body()).statements().size());
        assertEquals("Reset", unit.actions().getFirst().name().text());
    }

    // CoDeSys 2.3 writes actions behind the end of their unit and arrays without brackets.
    @Test
    void exported_files_of_codesys_2_are_read() {
        var unit = unit("""
                (* @NESTEDCOMMENTS := 'Yes' *)
                FUNCTIONBLOCK F
                VAR CONSTANT a : ARRAY[0..3] OF INT := 1, 2(7), 3; s : STRING(80) := 'it''s'; p : POINTER TO F; END_VAR
                (* @END_DECLARATION := '0' *)
                IF a[0] = 1 THEN p^(); END_IF
                END_FUNCTION_BLOCK
                ACTION go: ; END_ACTION
                """);
        assertEquals(1, unit.actions().size());
        var block = unit.variables().getFirst();
        assertEquals(Set.of(VariableBlock.Qualifier.CONSTANT), block.qualifiers());
        assertEquals(
                3,
                ((Initializer.Array) block.variables().getFirst().initializer())
                        .items()
                        .size());
        var text = (Initializer.Single) block.variables().get(1).initializer();
        assertEquals(new LiteralValue.Text("it's", false), ((Expression.Literal) text.value()).value());
    }

    // Table 72.
    @Test
    void every_statement_has_its_form() {
        var kinds = Texts.statements("""
                        a := 1; a ?= b; r REF= a; a S= b; a R= b; f(x := 1); t.f(); act;
                        IF a THEN b(); ELSIF c THEN ; ELSE d(); END_IF;
                        CASE a OF 1, 3..5: b(); Color#Red, Ns.K: ; ELSE c(); END_CASE
                        FOR i := 1 TO 9 BY 2 DO EXIT; END_FOR WHILE a DO CONTINUE; END_WHILE;
                        REPEAT RETURN; UNTIL a END_REPEAT; ;
                        """).stream()
                .map(statement -> statement.getClass().getSimpleName())
                .toList();
        assertEquals(
                List.of(
                        "Assign",
                        "Assign",
                        "Assign",
                        "Assign",
                        "Assign",
                        "CallStatement",
                        "CallStatement",
                        "CallStatement",
                        "If",
                        "Case",
                        "For",
                        "While",
                        "Repeat",
                        "Empty"),
                kinds);
    }

    // Tables 54 to 59.
    @Test
    void charts_have_steps_transitions_and_actions() {
        var unit = unit("""
                PROGRAM Batch
                INITIAL_STEP Idle: END_STEP
                STEP Fill: Open(N); Heat(D, T#5s, hot); END_STEP
                STEP Stir: END_STEP
                TRANSITION Go (PRIORITY := 2) FROM Idle TO (Fill, Stir) := start; END_TRANSITION
                TRANSITION FROM (Fill, Stir) TO Idle := full AND NOT hot; END_TRANSITION
                ACTION Open: valve := TRUE; END_ACTION
                END_PROGRAM
                """);
        var chart = assertInstanceOf(Body.Chart.class, unit.body());
        assertEquals(3, chart.steps().size());
        var heat = chart.steps().get(1).associations().get(1);
        assertEquals("D", heat.qualifier());
        assertNotNull(heat.time());
        assertNotNull(heat.indicator());
        var go = chart.transitions().getFirst();
        assertEquals(2, go.priority());
        assertEquals(2, go.to().size());
        assertNull(chart.transitions().get(1).name());
        assertEquals(1, unit.actions().size());
    }

    // 7.2.
    @Test
    void instruction_lists_are_told_by_their_first_line() {
        var unit = unit("""
                FUNCTION Sum : INT
                VAR_INPUT a, b : INT; END_VAR
                    LD a
                    ADD( b
                        MUL 2
                    )
                    JMPC over
                    CAL timer(IN := TRUE, PT := T#1s)
                over: ST Sum
                END_FUNCTION
                """);
        var list = assertInstanceOf(Body.InstructionList.class, unit.body()).instructions();
        assertEquals(5, list.size());
        assertEquals(1, list.get(1).nested() == null ? 0 : list.get(1).nested().size());
        assertEquals(2, list.get(3).arguments().size());
        assertEquals("over", String.valueOf(list.get(4).label()));
    }

    // Table 62 and 63.
    @Test
    void configurations_have_resources_tasks_and_paths() {
        var configuration =
                (Declaration.Configuration) Texts.tree("""
                        CONFIGURATION Cell
                            VAR_GLOBAL g : INT; END_VAR
                            RESOURCE Station ON Plc
                                TASK Fast (INTERVAL := T#10ms, PRIORITY := 1);
                                TASK Edge (SINGLE := g, PRIORITY := 2);
                                PROGRAM P1 WITH Fast : Main(a := 1, out => g, pump WITH Edge);
                                PROGRAM RETAIN P2 : Ns.Main;
                            END_RESOURCE
                            VAR_ACCESS remote : Station.P1.x : INT READ_WRITE; plain : Station.%IX1.1 : BOOL; END_VAR
                            VAR_CONFIG Station.P1.valve AT %QX1.0 : BOOL := TRUE; END_VAR
                        END_CONFIGURATION
                        """).declarations().getFirst();
        var resource = configuration.resources().getFirst();
        assertEquals(2, resource.tasks().size());
        assertEquals(2, resource.instances().getFirst().arguments().size());
        assertEquals(
                "Edge",
                resource.instances().getFirst().blockTasks().getFirst().task().text());
        var access = configuration.variables().get(1).variables();
        assertEquals(true, access.get(0).path() != null && access.get(0).path().writable());
        assertEquals(
                "Station",
                String.valueOf(
                        access.get(1).path() == null ? "" : access.get(1).path().resource()));
        assertEquals(
                "valve",
                configuration.variables().get(2).variables().getFirst().name().text());
    }

    @Test
    void namespaces_and_interfaces_nest() {
        var tree = Texts.tree("""
                USING Std, Motion.Base;
                NAMESPACE INTERNAL Motion.Drives
                    USING Motion.Math;
                    INTERFACE IDrive EXTENDS IBase
                        METHOD Go : BOOL VAR_INPUT speed : REAL; END_VAR END_METHOD
                        PROPERTY Position : LREAL GET END_GET END_PROPERTY
                    END_INTERFACE
                    CLASS Drive IMPLEMENTS IDrive END_CLASS
                END_NAMESPACE
                """);
        assertEquals(2, tree.using().size());
        var namespace = (Declaration.Namespace) tree.declarations().getFirst();
        assertEquals(true, namespace.internal());
        assertEquals(2, namespace.declarations().size());
        var drive = (Declaration.Interface) namespace.declarations().getFirst();
        assertNull(drive.methods().getFirst().body());
    }

    @Test
    void tests_have_titles_and_replace_what_they_do_not_test() {
        var tree = Texts.tree("""
                SETUP
                VAR c : Counter; END_VAR
                    c.limit := 3;
                END_SETUP
                TEST "counts $"up$""
                    MOCK c.sensor;
                    MOCK_FUNCTION Read RETURNS 42;
                    ASSERT_EQ(c.count, 1, "first");
                END_TEST
                TEARDOWN
                    c.limit := 0;
                END_TEARDOWN
                """);
        assertEquals(3, tree.tests().size());
        assertEquals("counts \"up\"", tree.tests().get(1).title());
        var mock = assertInstanceOf(
                Statement.Mock.class, tree.tests().get(1).statements().get(1));
        assertNotNull(mock.result());
    }

    @Test
    void variables_of_all_forms_are_declared() {
        var variables = unit("""
                        PROGRAM p
                        VAR RETAIN
                            a, b AT %MW4 : INT := 5;
                            c : BOOL R_EDGE;
                            d : ARRAY[*] OF INT;
                            e : TON(PT := T#1s);
                            f : TON := (PT := T#1s);
                            AT %IX0.0 : BOOL;
                        END_VAR
                        END_PROGRAM
                        """).variables().getFirst().variables();
        assertEquals(7, variables.size());
        assertNull(variables.get(0).address());
        assertNotNull(variables.get(1).address());
        assertEquals(VariableDeclaration.Edge.RISING, variables.get(2).edge());
        assertEquals(
                true,
                ((TypeSyntax.Array) variables.get(3).type())
                        .dimensions()
                        .getFirst()
                        .isOpen());
        assertEquals(
                Texts.shape(variables.get(4).initializer()),
                Texts.shape(variables.get(5).initializer()));
    }
}
