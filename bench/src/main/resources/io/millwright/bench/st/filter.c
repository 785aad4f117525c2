#include "kernel.h"
#include <math.h>

static uint32_t checksum, seed = 99;
static float taps[32], line[32];
static int ready;

void scan(void) {
    float sum = 0;
    if (!ready) {
        for (int i = 0; i < 32; i++) {
            taps[i] = 0.015625f * (float) (i + 1);
        }
        ready = 1;
    }
    for (int k = 1; k <= 16; k++) {
        for (int i = 31; i >= 1; i--) {
            line[i] = line[i - 1];
        }
        seed = seed * 1664525u + 1013904223u;
        line[0] = (float) (seed / 4194304);
        sum = 0;
        for (int i = 0; i < 32; i++) {
            sum += taps[i] * line[i];
        }
    }
    checksum = checksum * 31 + (uint32_t) (int32_t) lrintf(sum);
}

uint32_t result(void) {
    return checksum;
}
