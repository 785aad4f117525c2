package io.millwright.identity.server;

import io.millwright.identity.wire.MalformedException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What the first lines of an HTTP/1.1 request say that matters here (RFC 9112, sections 3 and 5).
///
/// @param method e.g. `POST`
/// @param target path and query
/// @param contentType empty if not given
/// @param contentLength -1 if not given, or if the content comes in chunks
/// @param keepAlive whether the connection stays open after the answer
/// @param expectsContinue whether the client waits for `100 Continue` before it sends the content
/// @param fields all header fields by name in small letters
record HttpHead(
        String method,
        String target,
        String contentType,
        long contentLength,
        boolean keepAlive,
        boolean expectsContinue,
        Map<String, String> fields) {

    private static final int BYTES_MAX = 8192;

    static HttpHead read(InputStream in) throws IOException, MalformedException {
        List<String> lines = lines(in);
        String[] request = lines.getFirst().split(" ", -1);
        if (request.length != 3 || !request[2].startsWith("HTTP/1.")) {
            throw new MalformedException("the first line is not that of an HTTP/1 request");
        }
        String type = "";
        long length = -1;
        boolean chunked = false;
        boolean keepAlive = !request[2].equals("HTTP/1.0");
        boolean waits = false;
        var fields = new HashMap<String, String>();
        for (String line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            if (colon <= 0 || line.charAt(colon - 1) == ' ' || line.charAt(colon - 1) == '\t') {
                throw new MalformedException("a header field is a name, a colon and a value");
            }
            String value = line.substring(colon + 1).strip();
            String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            fields.merge(name, value, (before, more) -> before + ", " + more);
            switch (name) {
                case "content-type" -> type = value;
                case "content-length" -> length = contentLength(value, length);
                case "transfer-encoding" -> chunked = true;
                case "connection" -> keepAlive = keepAlive && !value.equalsIgnoreCase("close");
                case "expect" -> waits = value.equalsIgnoreCase("100-continue");
                default -> {}
            }
        }
        return new HttpHead(request[0], request[1], type, chunked ? -1 : length, keepAlive, waits, fields);
    }

    private static long contentLength(String value, long before) throws MalformedException {
        if (value.isEmpty() || value.length() > 18 || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new MalformedException("Content-Length is not a number");
        }
        long length = Long.parseLong(value);
        if (before >= 0 && before != length) {
            throw new MalformedException("Content-Length is given twice");
        }
        return length;
    }

    private static List<String> lines(InputStream in) throws IOException, MalformedException {
        var head = new StringBuilder();
        while (!endsWith(head, "\r\n\r\n")) {
            int octet = in.read();
            if (octet < 0) {
                throw new EOFException("the client left in the middle of a request");
            }
            if (head.length() == BYTES_MAX) {
                throw new MalformedException("more than " + BYTES_MAX + " octets before the content");
            }
            head.append((char) octet);
        }
        String text = head.substring(0, head.length() - 4);
        if (StandardCharsets.US_ASCII.newEncoder().canEncode(text)) {
            return List.of(text.split("\r\n", -1));
        }
        throw new MalformedException("the header fields are not ASCII");
    }

    private static boolean endsWith(StringBuilder head, String end) {
        int start = head.length() - end.length();
        return start >= 0 && head.indexOf(end, start) == start;
    }
}
