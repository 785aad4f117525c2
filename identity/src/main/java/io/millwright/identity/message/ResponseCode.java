package io.millwright.identity.message;

/// Numbers of results (RFC 3652, section 2.2.2.2, and the additions in use).
public final class ResponseCode {

    public static final int SUCCESS = 1;
    public static final int ERROR = 2;
    public static final int SERVER_BUSY = 3;
    public static final int PROTOCOL_ERROR = 4;
    public static final int OPERATION_DENIED = 5;
    public static final int RECURSION_LIMIT_EXCEEDED = 6;

    /// The server takes no changes at present: an addition in use.
    public static final int READ_ONLY = 7;

    public static final int HANDLE_NOT_FOUND = 100;
    public static final int HANDLE_ALREADY_EXISTS = 101;
    public static final int INVALID_HANDLE = 102;
    public static final int VALUE_NOT_FOUND = 200;
    public static final int VALUE_ALREADY_EXISTS = 201;
    public static final int VALUE_INVALID = 202;
    public static final int EXPIRED_SITE_INFO = 300;
    public static final int SERVER_NOT_RESPONSIBLE = 301;
    public static final int SERVICE_REFERRAL = 302;
    public static final int PREFIX_REFERRAL = 303;
    public static final int NOT_AUTHORIZED = 400;
    public static final int ACCESS_DENIED = 401;
    public static final int AUTHENTICATION_NEEDED = 402;
    public static final int AUTHENTICATION_FAILED = 403;
    public static final int INVALID_CREDENTIAL = 404;
    public static final int AUTHENTICATION_TIMEOUT = 405;
    public static final int UNABLE_TO_AUTHENTICATE = 406;

    /// Additions of the Chinese system.
    public static final int LOGIN_AGAIN = 407;

    public static final int LOGIN_FIRST = 408;
    public static final int CREDENTIAL_REFUSED = 3001;

    public static final int SESSION_TIMEOUT = 500;
    public static final int SESSION_FAILED = 501;
    public static final int NO_SESSION_KEY = 502;
    public static final int RSA_KEY_NEEDED = 503;
    public static final int INVALID_SESSION_REQUEST = 504;
    public static final int SESSION_MESSAGE_REJECTED = 505;

    private ResponseCode() {}

    /// What a code means, in words for people.
    public static String meaningOf(int code) {
        return switch (code) {
            case SUCCESS -> "success";
            case ERROR -> "general error";
            case SERVER_BUSY -> "server too busy";
            case PROTOCOL_ERROR -> "message not understood";
            case OPERATION_DENIED -> "operation not supported";
            case RECURSION_LIMIT_EXCEEDED -> "too many recursions";
            case READ_ONLY -> "server takes no changes at present";
            case HANDLE_NOT_FOUND -> "handle not found";
            case HANDLE_ALREADY_EXISTS -> "handle exists already";
            case INVALID_HANDLE -> "not a handle";
            case VALUE_NOT_FOUND -> "value not found";
            case VALUE_ALREADY_EXISTS -> "value exists already";
            case VALUE_INVALID -> "invalid value";
            case EXPIRED_SITE_INFO -> "site information out of date";
            case SERVER_NOT_RESPONSIBLE -> "server not responsible for the handle";
            case SERVICE_REFERRAL -> "another service answers for the handle";
            case PREFIX_REFERRAL -> "another service answers for the prefix";
            case NOT_AUTHORIZED -> "not authorized";
            case ACCESS_DENIED -> "no access";
            case AUTHENTICATION_NEEDED -> "authentication needed";
            case AUTHENTICATION_FAILED -> "authentication failed";
            case INVALID_CREDENTIAL -> "invalid credential";
            case AUTHENTICATION_TIMEOUT -> "authentication timed out";
            case UNABLE_TO_AUTHENTICATE -> "unable to authenticate";
            case LOGIN_AGAIN -> "login expired; log in again";
            case LOGIN_FIRST -> "log in first";
            case CREDENTIAL_REFUSED -> "credential refused";
            case SESSION_TIMEOUT -> "session expired";
            case SESSION_FAILED -> "no session could be set up";
            case NO_SESSION_KEY -> "no session key";
            case RSA_KEY_NEEDED -> "an RSA key is needed to exchange a session key";
            case INVALID_SESSION_REQUEST -> "invalid session request";
            case SESSION_MESSAGE_REJECTED -> "message of a session rejected: sent twice";
            default -> "response code " + Integer.toUnsignedString(code);
        };
    }
}
