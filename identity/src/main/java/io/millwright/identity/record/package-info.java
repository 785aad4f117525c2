/// What is known under an identifier: a [HandleRecord] is a list of [HandleValue]s under a [Handle] (RFC 3651,
/// section 3), and the values whose form the standard defines: [Site] (HS_SITE) and [Administrator] (HS_ADMIN).
@NullMarked
package io.millwright.identity.record;

import org.jspecify.annotations.NullMarked;
