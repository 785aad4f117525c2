package io.millwright.iec61131.check;

import io.millwright.iec61131.syntax.Expression;
import io.millwright.iec61131.syntax.Name;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The words that statements begin with which only a TEST may have.
public enum TestWord {
    ASSERT_EQ("ASSERT_EQ(actual, expected, message)", "holds if both are equal"),
    ASSERT_NEQ("ASSERT_NEQ(actual, other, message)", "holds if they are not equal"),
    ASSERT_GT("ASSERT_GT(actual, bound, message)", "holds if the first is greater"),
    ASSERT_GE("ASSERT_GE(actual, bound, message)", "holds if the first is greater, or both are equal"),
    ASSERT_LT("ASSERT_LT(actual, bound, message)", "holds if the first is less"),
    ASSERT_LE("ASSERT_LE(actual, bound, message)", "holds if the first is less, or both are equal"),
    ASSERT_TRUE("ASSERT_TRUE(condition, message)", "holds if the condition is TRUE"),
    ASSERT_FALSE("ASSERT_FALSE(condition, message)", "holds if the condition is FALSE"),
    ASSERT_NEAR(
            "ASSERT_NEAR(actual, expected, tolerance, message)",
            "holds if they are no further apart than the tolerance"),
    ADVANCE_TIME("ADVANCE_TIME(time)", "time goes on; a whole number is nanoseconds"),
    SIMULATE(
            "SIMULATE(model, input := value, output => variable)",
            "a process model lives in the test's time from now on"),
    MODEL_FAULT("MODEL_FAULT(port, fault)", "an input or output of the model has a fault from now on"),
    MOCK("MOCK instance;", "the body of the instance does not run from now on; its calls are counted"),
    MOCK_FUNCTION("MOCK_FUNCTION function RETURNS value;", "the function gives this value, in this test alone"),
    MOCK_VERIFY_CALLED(
            "MOCK_VERIFY_CALLED(mocked, message)", "holds if the instance or function was called since it was mocked"),
    MOCK_VERIFY_CALL_COUNT(
            "MOCK_VERIFY_CALL_COUNT(mocked, count, message)",
            "holds if the instance or function was called so often since it was mocked");

    private final String form;
    private final String meaning;

    TestWord(String form, String meaning) {
        this.form = form;
        this.meaning = meaning;
    }

    /// The word of that name in capitals, or null.
    public static @Nullable TestWord find(String name) {
        return Arrays.stream(values())
                .filter(w -> w.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /// How a statement is written with it.
    public String form() {
        return form;
    }

    /// What holds, or what the statement does.
    public String meaning() {
        return meaning;
    }

    /// What stands between its parentheses, a message last where there may be one; nothing for one that is not
    /// written as a call.
    public List<String> arguments() {
        int open = form.indexOf('(');
        return open < 0
                ? List.of()
                : List.of(form.substring(open + 1, form.length() - 1).split(", "));
    }

    /// The word that a call is of; null outside of tests, and where the program declares the name itself.
    static @Nullable TestWord called(Context context, Expression.Call call) {
        Name name = Names.nameOf(call.callee());
        if (name == null || !context.inTest() || context.scope().find(name.text()) != null) {
            return null;
        }
        TestWord word = find(name.key());
        return word == null || word.arguments().isEmpty() ? null : word;
    }

    /// Whether a call may end with a message.
    boolean takesMessage() {
        return arguments().getLast().equals("message");
    }

    /// Whether it is about process models.
    boolean isOfModels() {
        return this == SIMULATE || this == MODEL_FAULT;
    }
}
