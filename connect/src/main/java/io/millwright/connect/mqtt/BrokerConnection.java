package io.millwright.connect.mqtt;
/// Connection.
public interface BrokerConnection {}
