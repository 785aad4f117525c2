package io.millwright.node.st.doc;

import io.millwright.iec61131.check.Checked;
import io.millwright.iec61131.syntax.SyntaxTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// The pages about a program.
public final class Site {
    private Site() {}

    /// Writes them; files of the same names are replaced.
    ///
    /// @param language in which the words of the pages are: Chinese, or else English
    /// @return how many declarations have a page
    public static int write(List<SyntaxTree> trees, Checked checked, String title, Locale language, Path folder)
            throws IOException {
        List<Topic> topics = Topics.of(trees);
        Label.Language words = language.getLanguage().equals("zh") ? Label.Language.ZH : Label.Language.EN;
        new Pages(topics, new Relations(topics, checked.usages()), words, title).write(folder);
        return topics.size();
    }
}
