/// `mw bench network`: schedules of gates for generated and published networks.
@NullMarked
package io.millwright.bench.network;

import org.jspecify.annotations.NullMarked;
