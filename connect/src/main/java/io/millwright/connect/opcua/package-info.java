/// OPC UA over `opc.tcp` (OPC 10000), by Eclipse Milo.
///
/// [OpcUaSettings] reads the connection, [Endpoints] finds and opens the right endpoint, [PeerTrust] and
/// [OwnCertificate] decide who is who, [OpcUaSession] is what is then open, [ItemSubscription] delivers,
/// [TreeBrowser] lists, [NodeWriter] writes, [Variants] turns the protocol's values into ours and back.
@NullMarked
package io.millwright.connect.opcua;

import org.jspecify.annotations.NullMarked;
