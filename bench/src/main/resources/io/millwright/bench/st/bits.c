#include "kernel.h"

static uint32_t checksum, word32 = 0x12345678;

void scan(void) {
    for (int i = 1; i <= 20; i++) {
        word32 = (word32 << 5 | word32 >> 27) ^ 0x9E3779B9u;
        uint32_t x = word32, ones = 0, turned = 0;
        while (x != 0) {
            x &= x - 1;
            ones++;
        }
        x = word32;
        for (int k = 1; k <= 32; k++) {
            turned = turned << 1 | (x & 1);
            x >>= 1;
        }
        x = turned ^ turned >> 1;
        checksum = checksum * 31 + ones + ((x >> 3 | x << 29) & ~word32);
    }
}

uint32_t result(void) {
    return checksum;
}
