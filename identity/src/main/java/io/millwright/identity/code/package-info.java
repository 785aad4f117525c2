/// Codes that name things: GS1, EPC, handles, object identifiers, Ecode, ISO/IEC 15459, decentralized identifiers.
///
/// This package holds the vocabulary: what a code that was read says ([Code]), part by part ([Part]), and what is wrong
/// with it ([Fault]). The packages beneath read and write: `gs1` and `epc` what GS1 standardises, `name` the others;
/// `form` recognises any of them and converts between their forms. Reading never throws, whatever the text: a wrong
/// code is a value that says what is wrong and where.
@NullMarked
package io.millwright.identity.code;

import org.jspecify.annotations.NullMarked;
