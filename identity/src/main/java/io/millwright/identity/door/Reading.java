package io.millwright.identity.door;

import io.millwright.identity.message.Body;
import io.millwright.identity.message.OpCode;
import io.millwright.identity.message.OpFlag;
import io.millwright.identity.message.ResponseCode;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.ValueText;
import io.millwright.identity.record.ValueTypes;
import java.util.List;
import java.util.Optional;

/// What a client gets to see of a record at the interfaces of the Chinese system.
///
/// @param code of the answer: one of [ResponseCode]
/// @param values those that the client may read
/// @param hidden whether there are values that only others may read
record Reading(int code, List<HandleValue> values, boolean hidden) {

    /// Values about the record itself, not of the thing.
    private static final String SYSTEM_TYPES = "HS_";

    static Reading of(Node node, Handle handle, Client client) {
        var query = Body.ResolutionRequest.all(handle);
        boolean stranger = client instanceof Client.Stranger;
        var result = client.ask(node, OpCode.RESOLUTION, stranger ? OpFlag.PUBLIC_ONLY : 0, query);
        if (stranger || result.code() != ResponseCode.NOT_AUTHORIZED) {
            return of(result, false);
        }
        return of(Client.stranger().ask(node, OpCode.RESOLUTION, OpFlag.PUBLIC_ONLY, query), true);
    }

    private static Reading of(Node.Result result, boolean hidden) {
        return result.code() == ResponseCode.SUCCESS
                        && result.body() instanceof Body.ResolutionResponse(var _, var values)
                ? new Reading(result.code(), values, hidden)
                : new Reading(result.code(), List.of(), hidden);
    }

    boolean isFound() {
        return code == ResponseCode.SUCCESS;
    }

    boolean isMissing() {
        return code == ResponseCode.HANDLE_NOT_FOUND;
    }

    /// What describes the thing.
    List<HandleValue> shown() {
        return values.stream().filter(v -> !v.type().startsWith(SYSTEM_TYPES)).toList();
    }

    /// What the template's items say: all but which template that is.
    List<HandleValue> items() {
        return shown().stream()
                .filter(v -> v.index() != Registrations.TEMPLATE_ID_INDEX && v.index() != Registrations.VERSION_INDEX)
                .toList();
    }

    /// The template the record was registered by, if it was by one.
    Optional<Handle> template() {
        return value(Registrations.TEMPLATE_ID_INDEX, ValueTypes.TEMPLATE_ID)
                .filter(text -> text.length() * 3 <= Handle.MAX_BYTES)
                .map(Handle::of);
    }

    /// The version of that template.
    Optional<String> version() {
        return value(Registrations.VERSION_INDEX, ValueTypes.TEMPLATE_VERSION);
    }

    private Optional<String> value(int index, String type) {
        return at(index).filter(v -> v.hasType(type)).map(ValueText::of);
    }

    Optional<HandleValue> at(int index) {
        return values.stream().filter(v -> v.index() == index).findFirst();
    }
}
