package io.millwright.node.st.doc;

import io.millwright.node.st.doc.Label.Language;
import io.millwright.node.st.doc.Topic.Kind;
import io.millwright.node.st.doc.Topic.Member;
import io.millwright.node.st.doc.Topic.Row;
import io.millwright.node.st.doc.Topic.Table;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes a site of plain files: a page for each topic, an index with search, a sheet of styles and a script.
/// Nothing in it is loaded from elsewhere.
final class Pages {
    private static final Pattern WORD = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_.]*");

    private final List<Topic> topics;
    private final Relations relations;
    private final Language language;
    private final String title;
    private final Map<String, Topic> byName = new HashMap<>();

    Pages(List<Topic> topics, Relations relations, Language language, String title) {
        this.topics = topics;
        this.relations = relations;
        this.language = language;
        this.title = title;
        topics.forEach(t -> byName.putIfAbsent(key(t.name()), t));
    }

    private static String key(String name) {
        return name.toUpperCase(Locale.ROOT);
    }

    /// Writes the site.
    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (String file : List.of("style.css", "site.js")) {
            try (InputStream in = Pages.class.getResourceAsStream("/st-doc/" + file)) {
                if (in == null) {
                    throw new IllegalStateException("the resource " + file + " is missing");
                }
                Files.write(folder.resolve(file), in.readAllBytes());
            }
        }
        Files.writeString(folder.resolve("topics.js"), index());
        Files.writeString(folder.resolve("index.html"), page(null, contents()));
        for (Topic topic : topics) {
            Files.writeString(folder.resolve(topic.page()), page(topic, topic(topic)));
        }
    }

    private String in(Label label) {
        return label.in(language);
    }

    /// What the search looks through.
    private String index() {
        return topics.stream()
                .map(t -> "{name:%s,kind:%s,page:%s,about:%s,has:%s}"
                        .formatted(
                                Html.string(t.name()),
                                Html.string(in(t.kind().plural())),
                                Html.string(t.page()),
                                Html.string(firstSentence(t.comment())),
                                Html.string(t.tables().stream()
                                        .flatMap(table -> table.rows().stream())
                                        .map(Row::name)
                                        .collect(Collectors.joining(" ")))))
                .collect(Collectors.joining(",\n", "const topics = [\n", "\n];\n"));
    }

    private static String firstSentence(String comment) {
        String line = comment.strip().lines().findFirst().orElse("");
        int end = line.indexOf(". ");
        return end < 0 ? line : line.substring(0, end + 1);
    }

    private String page(@Nullable Topic topic, String content) {
        String name = topic == null ? title : topic.name() + " – " + title;
        return """
            <!DOCTYPE html>
            <html lang="%s">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>%s</title>
            <link rel="stylesheet" href="style.css">
            <script src="topics.js"></script>
            <script src="site.js"></script>
            </head>
            <body data-none="%s">
            <header>
            <a class="home" href="index.html">%s</a>
            <div class="search">
            <input id="search" type="search" placeholder="%s  /" aria-label="%s" autocomplete="off">
            <ol id="found" hidden></ol>
            </div>
            <button id="appearance" title="%s" aria-label="%s">◐</button>
            </header>
            <div class="columns">
            <nav>%s</nav>
            <main>
            %s
            <footer>%s</footer>
            </main>
            </div>
            </body>
            </html>
            """.formatted(
                        language == Language.ZH ? "zh-CN" : "en",
                        Html.escape(name),
                        Html.escape(in(Label.NONE_FOUND)),
                        Html.escape(title),
                        in(Label.SEARCH),
                        in(Label.SEARCH),
                        in(Label.APPEARANCE),
                        in(Label.APPEARANCE),
                        navigation(topic),
                        content,
                        in(Label.MADE));
    }

    private String navigation(@Nullable Topic current) {
        var html = new StringBuilder();
        for (Kind kind : Kind.values()) {
            List<Topic> all = topics.stream().filter(t -> t.kind() == kind).toList();
            if (!all.isEmpty()) {
                html.append("<h2>").append(in(kind.plural())).append("</h2>\n<ul>\n");
                for (Topic topic : all) {
                    String here = topic.equals(current) ? " aria-current=\"page\"" : "";
                    html.append("<li><a href=\"%s\"%s>%s</a></li>\n"
                            .formatted(address(topic), here, Html.escape(topic.name())));
                }
                html.append("</ul>\n");
            }
        }
        return html.toString();
    }

    private static String address(Topic topic) {
        return URLEncoder.encode(topic.page(), StandardCharsets.UTF_8).replace("+", "%20");
    }

    private String contents() {
        var html = new StringBuilder("<h1>" + Html.escape(title) + "</h1>\n");
        for (Kind kind : Kind.values()) {
            List<Topic> all = topics.stream().filter(t -> t.kind() == kind).toList();
            if (!all.isEmpty()) {
                html.append("<h2>").append(in(kind.plural())).append("</h2>\n<dl class=\"contents\">\n");
                for (Topic topic : all) {
                    html.append("<div><dt><a href=\"%s\">%s</a></dt><dd>%s</dd></div>\n"
                            .formatted(
                                    address(topic),
                                    Html.escape(topic.name()),
                                    Html.inline(firstSentence(topic.comment()))));
                }
                html.append("</dl>\n");
            }
        }
        return html.toString();
    }

    private String topic(Topic topic) {
        var html = new StringBuilder("<h1>" + Html.escape(topic.name()) + "</h1>\n");
        html.append("<p class=\"heading\"><code>")
                .append(linked(topic.heading(), topic))
                .append("</code></p>\n");
        html.append(Html.paragraphs(topic.comment()));
        String picture = BlockPicture.of(topic);
        if (!picture.isEmpty()) {
            html.append("<figure>").append(picture).append("</figure>\n");
        }
        topic.tables().stream().filter(t -> t.title() != Label.RESULT).forEach(t -> html.append(table(t, topic, 2)));
        if (!topic.members().isEmpty()) {
            html.append("<h2>").append(in(Label.MEMBERS)).append("</h2>\n");
            topic.members().forEach(m -> html.append(member(m, topic)));
        }
        html.append("<div class=\"relations\">\n");
        html.append(relation(Label.USES, relations.uses(topic)));
        html.append(relation(Label.USED_BY, relations.usedBy(topic)));
        html.append("</div>\n");
        html.append("<details><summary>%s <span class=\"place\">%s, %s %d</span></summary><pre>%s</pre></details>\n"
                .formatted(
                        in(Label.SOURCE),
                        Html.escape(topic.span().source().name()),
                        in(Label.LINE),
                        topic.span().line(),
                        Html.code(topic.span().text())));
        return html.toString();
    }

    private String member(Member member, Topic topic) {
        var html = new StringBuilder("<section class=\"member\">\n<h3><code>");
        html.append(linked(member.heading(), topic)).append("</code></h3>\n");
        html.append(Html.paragraphs(member.comment()));
        member.tables().forEach(t -> html.append(table(t, topic, 4)));
        return html.append("</section>\n").toString();
    }

    private String table(Table table, Topic topic, int level) {
        boolean types = table.rows().stream().anyMatch(r -> !r.type().isEmpty());
        boolean initials = table.rows().stream().anyMatch(r -> !r.initial().isEmpty());
        boolean comments = table.rows().stream().anyMatch(r -> !r.comment().isEmpty());
        var html = new StringBuilder("<h%d>%s</h%1$d>\n".formatted(level, in(table.title())));
        html.append("<div class=\"table\"><table>\n<thead><tr>")
                .append(cell("th class=\"name\"", in(Label.NAME), true));
        html.append(cell("th class=\"type\"", in(Label.TYPE), types))
                .append(cell("th class=\"initial\"", in(Label.INITIAL), initials));
        html.append(cell("th", in(Label.COMMENT), comments)).append("</tr></thead>\n<tbody>\n");
        for (Row row : table.rows()) {
            html.append("<tr>").append(cell("td", "<code>" + Html.escape(row.name()) + "</code>", true));
            html.append(cell("td", "<code>" + linked(row.type(), topic) + "</code>", types));
            String initial = row.initial().isEmpty() ? "" : "<code>" + Html.escape(row.initial()) + "</code>";
            html.append(cell("td", initial, initials)).append(cell("td", Html.inline(row.comment()), comments));
            html.append("</tr>\n");
        }
        return html.append("</tbody>\n</table></div>\n").toString();
    }

    private static String cell(String tag, String content, boolean shown) {
        return shown ? "<%s>%s</%s>".formatted(tag, content, tag.substring(0, 2)) : "";
    }

    private String relation(Label label, Collection<String> names) {
        String list = names.isEmpty()
                ? "<p class=\"none\">" + in(Label.NOTHING) + "</p>"
                : names.stream().map(n -> "<li>" + link(n) + "</li>").collect(Collectors.joining("", "<ul>", "</ul>"));
        return "<section><h2>" + in(label) + "</h2>" + list + "</section>\n";
    }

    private String link(String name) {
        Topic topic = byName.get(key(name));
        return topic == null
                ? "<code>" + Html.escape(name) + "</code>"
                : "<a href=\"%s\"><code>%s</code></a>".formatted(address(topic), Html.escape(name));
    }

    /// Code in which the names of other topics lead to their pages.
    private String linked(String code, Topic own) {
        return WORD.matcher(Html.escape(code)).replaceAll(word -> {
            Topic topic = byName.get(key(word.group()));
            return topic == null || topic.equals(own)
                    ? word.group()
                    : "<a href=\"%s\">%s</a>".formatted(address(topic), word.group());
        });
    }
}
