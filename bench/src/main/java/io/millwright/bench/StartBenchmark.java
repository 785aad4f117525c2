package io.millwright.bench;

import io.millwright.bench.Report.Figure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/// `mw bench start`: how long a user who types `mw demo` waits, from the start of the launcher's process.
public final class StartBenchmark implements Benchmark {

    private static final int STARTS = 5;
    private static final int PATIENCE_SECONDS = 60;

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String summary() {
        return "`mw demo` from the launcher's start to the first answer, the first value and the first value on the"
                + " console's page";
    }

    /// One start: seconds since the process was started, and the memory of the platform's process in MB.
    private record Start(double answers, double value, double page, double memory) {}

    @Override
    public Report run(Path folder, Consumer<String> progress) throws Exception {
        var data = folder.resolve("demo");
        var starts = new ArrayList<Start>();
        for (int i = 0; i <= STARTS; i++) {
            progress.accept(i == 0 ? "first start, in an empty data folder" : "start " + i + " of " + STARTS);
            starts.add(start(folder, data, false));
        }
        boolean page = ConsolePage.isThere();
        for (int i = 1; page && i <= STARTS; i++) {
            progress.accept("start " + i + " of " + STARTS + " with the console's page");
            starts.add(start(folder, data, true));
        }
        var again = starts.subList(1, STARTS + 1);
        var figures = new ArrayList<Figure>();
        figures.add(new Figure("the API answers, median", median(again, Start::answers), "s", ""));
        figures.add(new Figure("first value at a subscriber, median", median(again, Start::value), "s", ""));
        figures.add(new Figure(
                "first value at a subscriber, empty folder", starts.getFirst().value(), "s", ""));
        if (page) {
            var pages = starts.subList(STARTS + 1, starts.size());
            figures.add(new Figure("first value on the page, median", median(pages, Start::page), "s", "≤ 4"));
            figures.add(new Figure(
                    "first value on the page, slowest",
                    pages.stream().mapToDouble(Start::page).max().orElse(Double.NaN),
                    "s",
                    "≤ 4"));
        }
        figures.add(new Figure("platform, resident, most", median(again, Start::memory), "MB", "≤ 300"));
        return new Report(
                name(),
                figures,
                List.of(
                        STARTS + " starts each, one after the other, files in the page cache",
                        page
                                ? "the browser runs before; the page is opened when the API answers"
                                : "no chromium is installed, so the page is not measured"));
    }

    private static Start start(Path folder, Path data, boolean withPage) throws Exception {
        var url = "http://127.0.0.1:" + Peer.freePort() + "/";
        var command = List.of(
                Millwright.launcher().toString(),
                "demo",
                "--headless",
                "--data",
                data.toString(),
                "--http",
                url.replaceAll("http://|/$", ""),
                "--handle",
                "127.0.0.1:0");
        try (var page = withPage ? ConsolePage.start(Files.createTempDirectory(folder, "profile")) : null) {
            var log = folder.resolve("start.log").toFile();
            long began = System.nanoTime();
            var process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(log)
                    .start();
            var orphaned = new Thread(process::destroy);
            Runtime.getRuntime().addShutdownHook(orphaned);
            try {
                awaitAnswer(process, url, log.toPath());
                double answers = seconds(began);
                double shown = Double.NaN;
                if (page != null) {
                    page.awaitLiveValue(url);
                    shown = seconds(began);
                }
                try (var subscriber = new LiveSubscriber(url)) {
                    if (!subscriber.awaitFirst()) {
                        throw new IOException("no value came within a minute");
                    }
                    return new Start(answers, seconds(began), shown, Millwright.megabytes(process.pid(), "VmHWM"));
                }
            } finally {
                end(process);
                Runtime.getRuntime().removeShutdownHook(orphaned);
            }
        }
    }

    private static void awaitAnswer(Process process, String url, Path log) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url + "api/v1/state")).build();
        try (var client = HttpClient.newHttpClient()) {
            for (long began = System.nanoTime(); seconds(began) < PATIENCE_SECONDS; ) {
                if (!process.isAlive()) {
                    throw new IOException("it ended instead of starting: " + Files.readString(log));
                }
                try {
                    if (client.send(request, HttpResponse.BodyHandlers.discarding())
                                    .statusCode()
                            == 200) {
                        return;
                    }
                } catch (IOException e) {
                    TimeUnit.MILLISECONDS.sleep(5);
                }
            }
        }
        throw new IOException("it does not answer within a minute: " + Files.readString(log));
    }

    private static void end(Process process) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    private static double seconds(long beganNanos) {
        return (System.nanoTime() - beganNanos) / 1e9;
    }

    private static double median(List<Start> starts, ToDoubleFunction<Start> figure) {
        return starts.stream()
                .mapToDouble(figure)
                .sorted()
                .skip(STARTS / 2)
                .findFirst()
                .orElse(Double.NaN);
    }
}
