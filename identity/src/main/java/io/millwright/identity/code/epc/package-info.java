/// EPC: pure identity URIs, tag URIs and the bits of RFID tags (GS1 EPC Tag Data Standard, TDS).
@NullMarked
package io.millwright.identity.code.epc;

import org.jspecify.annotations.NullMarked;
