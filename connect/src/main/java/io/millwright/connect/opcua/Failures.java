package io.millwright.connect.opcua;

import io.millwright.connect.LinkException;
import io.millwright.connect.LinkTold;
import io.millwright.model.Quality;
import io.millwright.model.Told;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.jspecify.annotations.Nullable;

/// What went wrong on the way to a server, as a sentence and a status code.
///
/// @param server where the server listens, for the sentences
/// @param timeoutMillis how long it was waited for
/// @param ownCertificate the file that a server has to trust; empty without security
record Failures(String server, long timeoutMillis, String ownCertificate) {

    /// A failure while connecting.
    LinkException connecting(@Nullable Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return new LinkException(
                        Quality.BAD_NOT_CONNECTED,
                        Told.of("opcua-host-unknown", "no address is known for the host of {device}")
                                .with("device", server));
            }
            if (cause instanceof ConnectException) {
                return String.valueOf(cause.getMessage()).contains("timed out")
                        ? silent()
                        : new LinkException(
                                Quality.BAD_NOT_CONNECTED,
                                LinkTold.refused(server).with("reason", LinkTold.NOBODY));
            }
            if (cause instanceof TimeoutException) {
                return silent();
            }
        }
        return answered(thrown);
    }

    /// A failure of a request of an open session.
    LinkException answered(@Nullable Throwable thrown) {
        if (thrown instanceof TimeoutException) {
            return silent();
        }
        long code =
                UaException.extractStatusCode(thrown).map(StatusCode::value).orElse(StatusCodes.Bad_CommunicationError);
        return status(code);
    }

    private LinkException status(long code) {
        var quality = new Quality((int) code);
        if (code == StatusCodes.Bad_Timeout || code == StatusCodes.Bad_RequestTimeout) {
            return silent();
        }
        if (code == StatusCodes.Bad_ConnectionClosed || code == StatusCodes.Bad_ConnectionRejected) {
            return new LinkException(Quality.BAD_NO_COMMUNICATION, LinkTold.hangsUp(server));
        }
        if (isCertificate(code) && !ownCertificate.isEmpty()) {
            return LinkException.refused(
                    quality,
                    Told.of(
                                    "opcua-untrusted",
                                    "{device} does not trust this node's certificate ({status}): have it trusted "
                                            + "there: {file}")
                            .with("device", server)
                            .with("status", name(code))
                            .with("file", ownCertificate));
        }
        if (code == StatusCodes.Bad_IdentityTokenRejected
                || code == StatusCodes.Bad_IdentityTokenInvalid
                || code == StatusCodes.Bad_UserAccessDenied) {
            return LinkException.refused(
                    quality,
                    Told.of("opcua-user", "{device} rejects the user ({status}): check user and password-file")
                            .with("device", server)
                            .with("status", name(code)));
        }
        return new LinkException(
                quality,
                Told.of("opcua-unusable", "{device} cannot be used as an OPC UA server: {status}")
                        .with("device", server)
                        .with("status", name(code)));
    }

    /// What a server says, or does not dare to say, to a client whose certificate it does not trust (OPC 10000-4,
    /// 6.1.3: security errors are reported as BadSecurityChecksFailed).
    private static boolean isCertificate(long code) {
        return code == StatusCodes.Bad_SecurityChecksFailed
                || (code >= StatusCodes.Bad_CertificateInvalid && code <= StatusCodes.Bad_CertificateIssuerRevoked)
                || code == StatusCodes.Bad_CertificateUntrusted
                || code == StatusCodes.Bad_CertificateChainIncomplete;
    }

    LinkException silent() {
        return new LinkException(Quality.BAD_TIMEOUT, LinkTold.silent(server, timeoutMillis));
    }

    /// The name of a status code in the standard, e.g. `BadNodeIdUnknown`.
    static String name(long code) {
        return StatusCodes.lookup(code)
                .map(names -> names[0].replace("_", ""))
                .orElseGet(() -> new Quality((int) code).name());
    }
}
