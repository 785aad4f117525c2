#include "kernel.h"

static uint32_t checksum, table[256];
static uint8_t frame[256], first;
static bool ready;

void scan(void) {
    uint32_t crc;
    for (int i = 0; !ready && i < 256; i++) {
        crc = (uint32_t) i;
        for (int k = 1; k <= 8; k++) {
            crc = crc & 1 ? crc >> 1 ^ 0xEDB88320u : crc >> 1;
        }
        table[i] = crc;
        frame[i] = (uint8_t) (i * 7);
    }
    ready = true;
    frame[0] = ++first;
    crc = 0xFFFFFFFFu;
    for (int i = 0; i < 256; i++) {
        crc = crc >> 8 ^ table[(crc ^ frame[i]) & 0xFF];
    }
    checksum = checksum * 31 + ~crc;
}

uint32_t result(void) {
    return checksum;
}
