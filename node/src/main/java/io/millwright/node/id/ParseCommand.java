package io.millwright.node.id;

import io.millwright.identity.code.Code;
import io.millwright.identity.code.Fault;
import io.millwright.identity.code.form.CodeReader;
import io.millwright.node.command.ExitStatus;
import io.millwright.node.command.Output;
import io.millwright.node.command.UsageError;
import java.time.Year;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mw id parse`: recognises codes, checks them and tells what they say.
@Command(
        name = "parse",
        mixinStandardHelpOptions = true,
        header = "Recognise and check codes: GS1, EPC, handle, DOI, OID, Ecode, ISO/IEC 15459, DID.",
        description = "Tells which system a code is of, whether it is right, and what each part of it means. "
                + "The exit status is 1 if a code is wrong.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mw id parse \"(01)09506000134352(17)261231(10)ABC123\"",
            "  mw id parse https://id.gs1.org/01/09506000134352/21/1234",
            "  mw id parse 3074257BF7194E4000001A85",
            "  mw id parse 88.118.7/tank-1 1.2.156.10197 10.1000/182",
            "  mw id parse --as ecode 100640123456789",
            "  cat codes.txt | mw id parse - --json"
        })
final class ParseCommand implements Callable<Integer> {

    @Mixin
    private final CodeArguments codes = new CodeArguments();

    @Option(
            names = "--as",
            paramLabel = "SYSTEM",
            defaultValue = "",
            description = "Read codes as of this system, for those that do not tell: gs1, epc, handle, doi, oid, "
                    + "ecode, iso15459, vaa, did.")
    private String as = "";

    @Mixin
    private final Output output = new Output();

    /// The report for `--json`.
    record Report(String scheme, String canonical, boolean valid, Map<String, String> parts, List<Fault> errors) {
        static Report of(Code code) {
            return new Report(code.scheme(), code.canonical(), code.valid(), CodeReader.values(code), code.faults());
        }
    }

    @Override
    public Integer call() {
        if (!as.isEmpty() && !CodeReader.schemes().contains(as)) {
            throw new UsageError(
                    "--as: there is no system \"" + as + "\"; write one of " + String.join(", ", CodeReader.schemes()));
        }
        var reader = new CodeReader(Year.now(ZoneId.systemDefault()).getValue());
        var wrong = new AtomicBoolean();
        codes.forEach(text -> {
            var code = as.isEmpty() ? reader.read(text) : reader.read(text, as);
            report(text, code);
            wrong.compareAndSet(false, !code.valid());
        });
        return wrong.get() ? ExitStatus.FAILED : ExitStatus.OK;
    }

    private void report(String text, Code code) {
        output.text(new CodeText(output.colour()).of(text, code));
        if (codes.several()) {
            output.jsonLine(Report.of(code));
        } else {
            output.json(Report.of(code));
        }
    }
}
