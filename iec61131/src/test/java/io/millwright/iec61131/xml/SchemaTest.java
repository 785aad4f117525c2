package io.millwright.iec61131.xml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.StringReader;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/// The examples and what is written, held against the schema of the standard, which is not part of this repository:
/// `MW_IEC61131_10_XSD` names the file `IEC61131_10_Ed1_0.xsd`.
class SchemaTest {
    private Validator validator;

    @BeforeEach
    void schema() throws SAXException {
        String file = System.getenv("MW_IEC61131_10_XSD");
        assumeTrue(file != null, "MW_IEC61131_10_XSD names no schema of IEC 61131-10");
        SchemaFactory factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        Schema schema = factory.newSchema(Path.of(file).toFile());
        validator = schema.newValidator();
    }

    private List<String> wrong(String text) throws IOException, SAXException {
        List<String> wrong = new ArrayList<>();
        validator.setErrorHandler(new ErrorHandler() {
            private void add(SAXParseException e) {
                wrong.add(e.getLineNumber() + ":" + e.getColumnNumber() + " " + e.getMessage());
            }

            @Override
            public void warning(SAXParseException e) {
                add(e);
            }

            @Override
            public void error(SAXParseException e) {
                add(e);
            }

            @Override
            public void fatalError(SAXParseException e) {
                add(e);
            }
        });
        validator.validate(new StreamSource(new StringReader(text)));
        return wrong;
    }

    @Test
    void theExamplesAreValid() throws IOException, SAXException {
        for (String name : Edition10Test.EXAMPLES) {
            assertEquals(List.of(), wrong(Edition10Test.example(name)), name);
        }
    }

    @Test
    void whatIsWrittenIsValid() throws IOException, SAXException, URISyntaxException {
        assertEquals(List.of(), wrong(Edition10WriterTest.all()));
        for (String text : Edition10WriterTest.corpus()) {
            String xml = Edition10WriterTest.written(Edition10WriterTest.tree("a.st", text));
            assertEquals(List.of(), wrong(xml), xml);
        }
    }
}
