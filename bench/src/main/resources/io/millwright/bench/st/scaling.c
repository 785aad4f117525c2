#include "kernel.h"
#include <math.h>

struct input {
    int16_t raw;
    float low, high, value, most;
    bool alarm;
};

static uint32_t checksum, seed = 11;
static struct input inputs[64];
static bool ready;

static float limit(float low, float value, float high) {
    return value < low ? low : value > high ? high : value;
}

void scan(void) {
    float sum = 0;
    for (int i = 0; !ready && i < 64; i++) {
        inputs[i].low = 0 - (float) i;
        inputs[i].high = 100 + (float) i;
    }
    ready = true;
    for (int i = 0; i < 64; i++) {
        struct input *in = &inputs[i];
        seed = seed * 1664525u + 1013904223u;
        in->raw = (int16_t) (seed / 131072);
        in->value = limit(-10, in->low + (float) in->raw * (in->high - in->low) / 32768.0f, 150);
        float most = in->most * 0.9990234375f;
        in->most = most > in->value ? most : in->value;
        in->alarm = in->value > 120 || in->value < (in->alarm ? 0.0f : -5.0f);
        if (in->alarm) {
            checksum++;
        }
        sum = sum + in->value + in->most;
    }
    checksum = checksum * 31 + (uint32_t) (int32_t) lrintf(sum);
}

uint32_t result(void) {
    return checksum;
}
