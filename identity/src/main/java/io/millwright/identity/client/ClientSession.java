package io.millwright.identity.client;

import io.millwright.identity.authentication.CounterWindow;
import io.millwright.identity.authentication.SessionKey;
import java.util.TreeSet;

/// A session with one server (RFC 3652, section 3.8): every message is encrypted and bears a code by its key.
public final class ClientSession {

    /// Half of what messages may overtake each other: answers overtake each other too.
    static final int SPREAD = CounterWindow.WIDTH / 2;

    private final int id;
    private final SessionKey key;
    private final TreeSet<Integer> underWay = new TreeSet<>();
    private int counter;
    private final CounterWindow seen = new CounterWindow();

    ClientSession(int id, SessionKey key) {
        this.id = id;
        this.key = key;
    }

    int id() {
        return id;
    }

    SessionKey key() {
        return key;
    }

    /// The counter of a message that is about to be sent. Waits until it is near that of each message under way:
    /// one that was overtaken by too many, or whose answer was, would be taken for one sent twice.
    synchronized int begin() {
        while (!underWay.isEmpty() && counter + 1 - underWay.first() >= SPREAD) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // It is sent all the same; whoever interrupts ends it.
                break;
            }
        }
        underWay.add(++counter);
        return counter;
    }

    /// A message has been answered, or never will be.
    synchronized void end(int ended) {
        underWay.remove(ended);
        notifyAll();
    }

    /// @return false if the server has sent a message with this counter before, or one far ahead of it
    boolean take(int messageCounter) {
        return seen.take(messageCounter);
    }
}
