/// Names that are not of GS1: handles, object identifiers, Ecode, ISO/IEC 15459, decentralized identifiers.
@NullMarked
package io.millwright.identity.code.name;

import org.jspecify.annotations.NullMarked;
