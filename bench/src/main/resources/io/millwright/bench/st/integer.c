#include "kernel.h"

static uint32_t checksum, seed = 12345;
static int16_t small = 1;

static int32_t divisor(int32_t x, int32_t y) {
    while (y != 0) {
        int32_t rest = x % y;
        x = y;
        y = rest;
    }
    return x;
}

void scan(void) {
    for (int i = 1; i <= 100; i++) {
        seed = seed * 1664525u + 1013904223u;
        int32_t a = (int32_t) (seed / 65536) + 1;
        seed = seed * 1664525u + 1013904223u;
        int32_t b = (int32_t) (seed / 65536) + 1;
        small = (int16_t) (small * 31 + i);
        checksum += (uint32_t) divisor(a, b);
        if (small < 0) {
            checksum++;
        }
    }
}

uint32_t result(void) {
    return checksum;
}
