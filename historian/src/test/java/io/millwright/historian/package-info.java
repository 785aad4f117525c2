@NullMarked
package io.millwright.historian;

import org.jspecify.annotations.NullMarked;
