package io.millwright.identity.message;

/// Numbers of operations (RFC 3652, section 2.2.2.1, and the additions in use).
public final class OpCode {

    public static final int RESOLUTION = 1;
    public static final int GET_SITE_INFO = 2;
    public static final int CREATE_HANDLE = 100;
    public static final int DELETE_HANDLE = 101;
    public static final int ADD_VALUE = 102;
    public static final int REMOVE_VALUE = 103;
    public static final int MODIFY_VALUE = 104;
    public static final int LIST_HANDLES = 105;
    public static final int CHALLENGE_RESPONSE = 200;
    public static final int VERIFY_RESPONSE = 201;
    public static final int HOME_PREFIX = 300;
    public static final int UNHOME_PREFIX = 301;
    public static final int LIST_HOMED_PREFIXES = 302;
    public static final int SESSION_SETUP = 400;
    public static final int SESSION_TERMINATE = 401;
    public static final int SESSION_EXCHANGE_KEY = 402;

    private OpCode() {}
}
