/// Data templates of China's industrial internet: what the records of a kind of thing are to contain, and whether one
/// does. Templates are kept as records themselves; [Template#write] and [Template#read] are their form there.
@NullMarked
package io.millwright.identity.template;

import org.jspecify.annotations.NullMarked;
