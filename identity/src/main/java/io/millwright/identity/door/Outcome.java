package io.millwright.identity.door;

import io.millwright.identity.message.Body;
import io.millwright.identity.message.ResponseCode;

/// What came of a change at the interfaces of the Chinese system.
sealed interface Outcome {

    /// It was made, and is durable.
    record Done() implements Outcome {}

    /// Nothing was changed.
    ///
    /// @param detail for people
    record Refused(Reason reason, String detail) implements Outcome {}

    /// Why something was refused, and the number the enterprise node says for it.
    enum Reason {
        LOGIN(401, "认证失败"),
        DENIED(103, "客户端认证成功，但未被授权"),
        MISSING(104, "标识对象不存在"),
        EXISTS(105, "标识对象已存在"),
        BAD_REQUEST(106, "请求入参错误"),
        UNREADABLE(403, "没有权限查看数据"),
        FAILED(500, "发生了其他的错误"),
        UNPUBLISHED(600, "元数据未发布"),
        WRONG_VALUES(601, "元数据输入项错误"),
        WRONG_ITEM(603, "实体不属于该元数据"),
        NO_TEMPLATE(604, "元数据不存在"),
        NOT_OURS(701, "非本企业标识"),
        NOT_ALLOWED(702, "标识不允许操作");

        private final int number;
        private final String meaning;

        Reason(int number, String meaning) {
            this.number = number;
            this.meaning = meaning;
        }

        int number() {
            return number;
        }

        String meaning() {
            return meaning;
        }
    }

    Outcome DONE = new Done();

    static Outcome refused(Reason reason) {
        return new Refused(reason, reason.meaning());
    }

    static Outcome refused(Reason reason, String detail) {
        return new Refused(reason, detail);
    }

    /// What an operation of the Handle protocol came to.
    static Outcome of(Node.Result result) {
        var detail = result.body() instanceof Body.ErrorResponse error
                ? error.text().orElse(ResponseCode.meaningOf(result.code()))
                : ResponseCode.meaningOf(result.code());
        return switch (result.code()) {
            case ResponseCode.SUCCESS -> DONE;
            case ResponseCode.HANDLE_NOT_FOUND -> refused(Reason.MISSING);
            case ResponseCode.HANDLE_ALREADY_EXISTS -> refused(Reason.EXISTS);
            case ResponseCode.SERVER_NOT_RESPONSIBLE -> refused(Reason.NOT_OURS);
            case ResponseCode.NOT_AUTHORIZED, ResponseCode.ACCESS_DENIED -> refused(Reason.DENIED, detail);
            case ResponseCode.AUTHENTICATION_NEEDED,
                    ResponseCode.AUTHENTICATION_FAILED,
                    ResponseCode.UNABLE_TO_AUTHENTICATE -> refused(Reason.LOGIN, detail);
            case ResponseCode.INVALID_HANDLE, ResponseCode.VALUE_INVALID -> refused(Reason.BAD_REQUEST, detail);
            default -> refused(Reason.FAILED, detail);
        };
    }
}
