package io.millwright.identity.code;

import java.util.List;
import java.util.Optional;

/// A code that was read, right or wrong.
public sealed interface Code {

    /// The longest text that is read, in characters; anything longer is refused unread.
    int MAX_LENGTH = 8192;

    /// The system it belongs to: `gs1`, `epc`, `handle`, `doi`, `oid`, `ecode`, `iso15459`, `vaa`, `did` or `unknown`.
    String scheme();

    /// The code in the one form its standard prefers, whatever form it was read in; empty for a code that is not valid.
    String canonical();

    /// What it says, in its order.
    List<Part> parts();

    /// What is wrong with it, by place; empty for a valid code.
    List<Fault> faults();

    /// Whether nothing is wrong with it.
    default boolean valid() {
        return faults().isEmpty();
    }

    /// The same as a code that is not valid: without a canonical form, and wrong in these places.
    Code refused(List<Fault> why);

    /// GS1: element strings, Digital Link URIs and keys alone (GS1 General Specifications; Digital Link URI Syntax).
    ///
    /// @param form how it was written
    /// @param elements what was read, in the order of the text; as far as the first place that cannot be read
    record Gs1(Gs1Form form, List<Element> elements, String canonical, List<Part> parts, List<Fault> faults)
            implements Code {
        public Gs1 {
            elements = List.copyOf(elements);
            parts = List.copyOf(parts);
            faults = List.copyOf(faults);
        }

        @Override
        public String scheme() {
            return "gs1";
        }

        /// The value of an application identifier, if it is there.
        public Optional<String> value(String ai) {
            return elements.stream()
                    .filter(e -> e.ai().equals(ai))
                    .map(Element::value)
                    .findFirst();
        }

        @Override
        public Code refused(List<Fault> why) {
            return new Gs1(form, elements, "", parts, why);
        }
    }

    /// How GS1 data can be written.
    enum Gs1Form {
        /// `(01)09506000134352(10)ABC`
        BRACKETED,
        /// As a scanner sends it, with FNC1 between elements of variable length.
        ELEMENT_STRING,
        /// `https://id.gs1.org/01/09506000134352/10/ABC`
        DIGITAL_LINK,
        /// A Digital Link with its data in one base64url segment.
        COMPRESSED_DIGITAL_LINK,
        /// A key alone, e.g. a GTIN.
        KEY,
        /// The bits of an RFID tag in a coding that holds GS1 elements as they are (TDS 2.3, section 14.6).
        TAG
    }

    /// EPC: pure identity URI, tag URI or the bits of a tag (GS1 EPC Tag Data Standard).
    ///
    /// @param kind its scheme, e.g. `sgtin`
    /// @param fields the fields of its URI, decoded: company prefix first where it has one
    /// @param coding the coding scheme of a tag, e.g. `sgtin-96`; empty for a pure identity
    /// @param filter the filter value of a tag; -1 where there is none
    /// @param canonical the pure identity URI
    record Epc(
            String kind,
            List<String> fields,
            String coding,
            int filter,
            String canonical,
            List<Part> parts,
            List<Fault> faults)
            implements Code {
        public Epc {
            fields = List.copyOf(fields);
            parts = List.copyOf(parts);
            faults = List.copyOf(faults);
        }

        @Override
        public String scheme() {
            return "epc";
        }

        @Override
        public Code refused(List<Fault> why) {
            return new Epc(kind, fields, coding, filter, "", parts, why);
        }
    }

    /// A handle (RFC 3651), which a DOI and an identifier of China's industrial internet are too.
    ///
    /// @param scheme `handle` or `doi`
    record HandleName(
            String scheme, String prefix, String suffix, String canonical, List<Part> parts, List<Fault> faults)
            implements Code {
        public HandleName {
            parts = List.copyOf(parts);
            faults = List.copyOf(faults);
        }

        @Override
        public Code refused(List<Fault> why) {
            return new HandleName(scheme, prefix, suffix, "", parts, why);
        }
    }

    /// An object identifier (Recommendation ITU-T X.660, ISO/IEC 9834-1).
    record Oid(String canonical, List<Part> parts, List<Fault> faults) implements Code {
        public Oid {
            parts = List.copyOf(parts);
            faults = List.copyOf(faults);
        }

        @Override
        public String scheme() {
            return "oid";
        }

        @Override
        public Code refused(List<Fault> why) {
            return new Oid("", parts, why);
        }
    }

    /// Ecode (GB/T 31866): version, numbering system, main code.
    record Ecode(String canonical, List<Part> parts, List<Fault> faults) implements Code {
        public Ecode {
            parts = List.copyOf(parts);
            faults = List.copyOf(faults);
        }

        @Override
        public String scheme() {
            return "ecode";
        }

        @Override
        public Code refused(List<Fault> why) {
            return new Ecode("", parts, why);
        }
    }

    /// A unique identifier of ISO/IEC 15459: issuing agency, then what that agency's rules say.
    ///
    /// @param scheme `iso15459`, or `vaa` where the agency is VAA
    record Iso15459(String scheme, String canonical, List<Part> parts, List<Fault> faults) implements Code {
        public Iso15459 {
            parts = List.copyOf(parts);
            faults = List.copyOf(faults);
        }

        @Override
        public Code refused(List<Fault> why) {
            return new Iso15459(scheme, "", parts, why);
        }
    }

    /// A decentralized identifier or DID URL (W3C DID Core 1.0).
    record Did(String canonical, List<Part> parts, List<Fault> faults) implements Code {
        public Did {
            parts = List.copyOf(parts);
            faults = List.copyOf(faults);
        }

        @Override
        public String scheme() {
            return "did";
        }

        @Override
        public Code refused(List<Fault> why) {
            return new Did("", parts, why);
        }
    }

    /// A text that is a code of none of these systems.
    record Unknown(List<Fault> faults) implements Code {
        public Unknown {
            faults = List.copyOf(faults);
        }

        @Override
        public String scheme() {
            return "unknown";
        }

        @Override
        public String canonical() {
            return "";
        }

        @Override
        public List<Part> parts() {
            return List.of();
        }

        @Override
        public Code refused(List<Fault> why) {
            return new Unknown(why);
        }
    }
}
