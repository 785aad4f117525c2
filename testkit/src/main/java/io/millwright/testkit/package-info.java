/// For tests only: properties from a printed seed, a clock that is stepped by hand, devices that misbehave, golden
/// files.
@NullMarked
package io.millwright.testkit;

import org.jspecify.annotations.NullMarked;
