/// UDP for servers that answer many small datagrams: [io.millwright.identity.udp.UdpPort] takes and gives several with
/// one call of the system where it can.
@NullMarked
package io.millwright.identity.udp;

import org.jspecify.annotations.NullMarked;
