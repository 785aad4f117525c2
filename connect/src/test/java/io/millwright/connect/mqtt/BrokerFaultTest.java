package io.millwright.connect.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.connect.LinkException;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What goes wrong with a broker is said by codes, beside the sentence in English.
class BrokerFaultTest {
    private static final String BROKER = "mqtt://broker:1883";
    private static final BrokerSettings SETTINGS = BrokerSettings.clean(
            new BrokerAddress("broker", 1883, false), "c", Optional.empty(), Optional.empty(), Optional.empty());

    private static void check(String code, Map<String, String> more, String text, LinkException said) {
        var arguments = new HashMap<>(more);
        arguments.put("broker", BROKER);
        assertEquals(text, said.getMessage());
        assertEquals(code, said.told().code());
        assertEquals(arguments, said.told().arguments());
    }

    @Test
    void whatKeepsFromTheBrokerHasACode() {
        check(
                "broker-host-unknown",
                Map.of(),
                "the host of " + BROKER + " is not known: check the endpoint",
                BrokerFault.of(SETTINGS, new UnknownHostException("broker")));
        check(
                "broker-nobody-listens",
                Map.of(),
                "nobody listens at " + BROKER + ": is the broker running?",
                BrokerFault.of(SETTINGS, new ConnectException("Connection refused")));
        // As Netty words it: the reason of the system, then the address.
        check(
                "broker-fault",
                Map.of(
                        "reason", "No route to host: broker/10.0.0.9:1883",
                        "reason.code", "system-no-route",
                        "reason.about", "broker/10.0.0.9:1883",
                        "reason.problem", "No route to host: broker/10.0.0.9:1883"),
                BROKER + ": No route to host: broker/10.0.0.9:1883",
                BrokerFault.of(SETTINGS, new NoRouteToHostException("No route to host: broker/10.0.0.9:1883")));
        check(
                "broker-fault",
                Map.of(
                        "reason", "what listens there does not speak MQTT: unknown message type: 0",
                        "reason.code", "broker-no-mqtt",
                        "reason.reason", "unknown message type: 0"),
                BROKER + ": what listens there does not speak MQTT: unknown message type: 0",
                BrokerFault.of(SETTINGS, new DecoderException("unknown message type: 0")));
        check(
                "broker-fault",
                Map.of("reason", "quite new", "reason.code", "problem", "reason.problem", "quite new"),
                BROKER + ": quite new",
                BrokerFault.of(SETTINGS, new IOException("quite new")));
    }

    /// Return codes of 3.1.1 (table 3.1) say the same as reason codes of 5 (table 2.6).
    @Test
    void reasonsOfTheBrokerHaveCodes() {
        check(
                "broker-unavailable",
                Map.of("reason", "server unavailable", "reason.code", "mqtt-server-unavailable"),
                "the broker " + BROKER + " is not available just now: server unavailable",
                BrokerFault.refusal(SETTINGS, 3));
        check(
                "broker-no-user",
                Map.of(),
                "the broker " + BROKER + " does not admit a client without user: check user and password-file",
                BrokerFault.refusal(SETTINGS, 5));
        check(
                "broker-refuses",
                Map.of("reason", "reason 0xA3", "reason.code", "mqtt-reason", "reason.number", "0xA3"),
                "the broker " + BROKER + " refuses the connection: reason 0xA3",
                BrokerFault.refusal(SETTINGS, 0xA3));
        var taken = BrokerFault.dismissal(SETTINGS, 0x8E);
        assertEquals("broker-taken-over", taken.told().code());
        assertTrue(taken.isRefusal());
        var moved = BrokerFault.dismissal(SETTINGS, 0x9D);
        assertEquals("mqtt-server-moved", moved.told().arguments().get("reason.code"));
        assertFalse(moved.isRefusal());
    }
}
