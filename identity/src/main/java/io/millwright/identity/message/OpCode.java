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

    /// Replication, as all servers in use do it.
    public static final int NEXT_TRANSACTION = 1000;

    public static final int RETRIEVE_TRANSACTIONS = 1001;
    public static final int DUMP_HANDLES = 1002;
    public static final int BACK_UP = 1003;

    /// Additions of the Chinese system.
    public static final int LOGIN_BY_PASSWORD = 2000;

    public static final int LOGIN_BY_KEY = 2001;

    private OpCode() {}
}
