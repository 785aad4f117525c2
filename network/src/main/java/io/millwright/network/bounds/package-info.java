/// Worst-case bounds of delay and backlog for flows through a graph of servers.
///
/// A [ServerGraph] is read by [ServerGraphFile] and analysed by [Analysis]: total flow, separate flow, pay
/// multiplexing only once, and tandem matching for arbitrary multiplexing; total flow, separate flow and nested
/// tandems for servers in order of arrival. What is printed is sound: see `docs/reference/network-bounds.md`
/// for what each method assumes and why it holds.
@NullMarked
package io.millwright.network.bounds;

import org.jspecify.annotations.NullMarked;
