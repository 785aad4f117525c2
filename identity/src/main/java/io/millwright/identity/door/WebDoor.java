package io.millwright.identity.door;

/// Answers web requests. Never throws for what a request says.
public interface WebDoor {

    WebAnswer answer(WebRequest request);
}
