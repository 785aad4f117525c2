/// GS1: application identifiers with every check of their values, element strings, Digital Link URIs plain and
/// compressed, company prefixes.
@NullMarked
package io.millwright.identity.code.gs1;

import org.jspecify.annotations.NullMarked;
