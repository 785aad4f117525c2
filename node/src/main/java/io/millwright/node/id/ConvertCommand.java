package io.millwright.node.id;

import io.millwright.identity.code.Code;
import io.millwright.identity.code.Fault;
import io.millwright.identity.code.form.CodeConverter;
import io.millwright.identity.code.form.CodeReader;
import io.millwright.identity.code.form.Form;
import io.millwright.identity.code.gs1.CompanyPrefixLengths;
import io.millwright.identity.code.gs1.DigitalLinks;
import io.millwright.node.command.ExitStatus;
import io.millwright.node.command.Output;
import io.millwright.node.command.UsageError;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Year;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mw id convert`: writes GS1 codes and EPCs in another form.
@Command(
        name = "convert",
        mixinStandardHelpOptions = true,
        header = "Convert GS1 codes and EPCs: GTIN, element string, Digital Link, EPC, tag.",
        description = "Prints each code in the form asked for. The exit status is 1 if one is wrong or has no such "
                + "form.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mw id convert 614141123452 --to digital-link",
            "  mw id convert \"(01)80614141123458(21)6789\" --to epc --company-prefix-length 7",
            "  mw id convert urn:epc:id:sgtin:0614141.812345.6789 --to epc-binary --filter 3",
            "  mw id convert \"(01)80614141123458(21)6789(17)261231\" --to epc-binary --tag sgtin+",
            "  mw id convert 3074257BF7194E4000001A85 --to element-string",
            "  mw id convert https://id.gs1.org/01/09506000134352/21/1234 --to compressed-digital-link"
        })
final class ConvertCommand implements Callable<Integer> {

    private static final int MAX_FILTER = 63;

    @Mixin
    private final CodeArguments codes = new CodeArguments();

    @Option(
            names = "--to",
            required = true,
            paramLabel = "FORM",
            description = "gtin, element-string, scan-data, digital-link, compressed-digital-link, epc, epc-tag or "
                    + "epc-binary.")
    private String to = "";

    @Option(
            names = "--company-prefix-length",
            paramLabel = "N",
            defaultValue = "0",
            description = "How many digits the GS1 Company Prefix has, 6 to 12; no key tells it, EPCs need it, but not "
                    + "tags with a plus.")
    private int companyPrefixLength;

    @Option(
            names = "--company-prefixes",
            paramLabel = "FILE",
            description = "The lengths of all GS1 Company Prefixes: the table GCPPrefixFormatList that GS1 publishes, "
                    + "in JSON or XML.")
    private @Nullable Path companyPrefixes;

    @Option(
            names = "--filter",
            paramLabel = "N",
            defaultValue = "-1",
            description = "The filter value of a tag; default the one the code has, or 0.")
    private int filter;

    @Option(
            names = "--tag",
            paramLabel = "CODING",
            defaultValue = "",
            description = "The coding of a tag, e.g. sgtin-198, sgtin+ or sgtin++; default the one the code has, or "
                    + "the shortest.")
    private String coding = "";

    @Option(
            names = "--stem",
            paramLabel = "URI",
            defaultValue = DigitalLinks.CANONICAL_STEM,
            description =
                    "What a Digital Link starts with, and the hostname in tags with ++; default " + "${DEFAULT-VALUE}.")
    private String stem = "";

    @Mixin
    private final Output output = new Output();

    /// The report for `--json`: `result` is empty when there are errors.
    record Report(String code, String to, String result, List<Fault> errors) {}

    @Override
    public Integer call() {
        var form = Form.of(to)
                .orElseThrow(() -> new UsageError("--to: there is no form \"" + to + "\"; write one of "
                        + String.join(
                                ", ",
                                Arrays.stream(Form.values()).map(Form::word).toList())));
        var reader = new CodeReader(Year.now(ZoneId.systemDefault()).getValue());
        var converter = converter();
        var wrong = new AtomicBoolean();
        codes.forEach(text -> {
            boolean converted = convert(text, reader.read(text), form, converter);
            wrong.compareAndSet(false, !converted);
        });
        return wrong.get() ? ExitStatus.FAILED : ExitStatus.OK;
    }

    private CodeConverter converter() {
        if (companyPrefixLength != 0 && (companyPrefixLength < 6 || companyPrefixLength > 12)) {
            throw new UsageError("--company-prefix-length: is 6 to 12, not " + companyPrefixLength);
        }
        if (companyPrefixLength != 0 && companyPrefixes != null) {
            throw new UsageError("give --company-prefix-length or --company-prefixes, not both");
        }
        if (filter < -1 || filter > MAX_FILTER) {
            throw new UsageError("--filter: is 0 to 7, for ADI up to " + MAX_FILTER + ", not " + filter);
        }
        if (!DigitalLinks.isWebAddress(stem, 0) || stem.indexOf('?') >= 0 || stem.indexOf('#') >= 0) {
            throw new UsageError(
                    "--stem: \"" + stem + "\" must be a web address without query, e.g. https://id.gs1.org");
        }
        return new CodeConverter(lengths(), filter, coding, stem.replaceAll("/+$", ""));
    }

    private CompanyPrefixLengths lengths() {
        if (companyPrefixLength != 0) {
            return CompanyPrefixLengths.of(companyPrefixLength);
        }
        var file = companyPrefixes;
        if (file == null) {
            return CompanyPrefixLengths.unknown();
        }
        try {
            return CompanyPrefixLengths.read(file);
        } catch (NoSuchFileException e) {
            throw new UsageError("--company-prefixes: there is no file " + file);
        } catch (IOException e) {
            throw new UsageError("--company-prefixes: " + file + " " + e.getMessage());
        }
    }

    private boolean convert(String text, Code code, Form form, CodeConverter converter) {
        if (!code.valid()) {
            output.progress(new CodeText(false).of(text, code));
            report(new Report(text, form.word(), "", code.faults()));
            return false;
        }
        return switch (converter.convert(code, form)) {
            case CodeConverter.Result.Converted(var result) -> {
                output.text(result);
                report(new Report(text, form.word(), result, List.of()));
                yield true;
            }
            case CodeConverter.Result.Impossible(var reason) -> {
                output.progress("mw: " + text + " --to " + form.word() + ": " + reason);
                report(new Report(text, form.word(), "", List.of(new Fault(0, reason))));
                yield false;
            }
        };
    }

    private void report(Report report) {
        if (codes.several()) {
            output.jsonLine(report);
        } else {
            output.json(report);
        }
    }
}
