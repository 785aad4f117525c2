/// Sparkplug 3.0.0 (Eclipse Sparkplug Specification, ISO/IEC 20237): a host application that reads edge nodes through
/// an MQTT broker, and an edge node for machines that have none.
///
/// The session logic of both sides is free of I/O: [HostSession] and [EdgeNodeSession] take messages and the time and
/// answer with what is to be done. [SparkplugLink] and [SparkplugEdgeNode] are thin shells that move the bytes.
///
/// A host hears births (what exists, with names, types and aliases), data (what changed) and deaths (what is gone);
/// numbers each message carries show a gap; a gap is mended by asking the edge node to be born again.
@NullMarked
package io.millwright.connect.sparkplug;

import org.jspecify.annotations.NullMarked;
