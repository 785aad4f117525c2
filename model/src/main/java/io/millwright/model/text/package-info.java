/// How people write things in files: durations, amounts of data, bit rates; and which name they meant who wrote
/// another one.
@NullMarked
package io.millwright.model.text;

import org.jspecify.annotations.NullMarked;
