#include "kernel.h"
#include <math.h>

struct channel {
    float raw, weight, value;
    bool alarm;
    int16_t alarms;
};

static uint32_t checksum, seed = 3;
static struct channel channels[32];
static bool ready;

static void smooth(struct channel *c) {
    c->value += (c->raw - c->value) * c->weight;
    if (c->value > 600 && !c->alarm) {
        c->alarm = true;
        c->alarms++;
    } else if (c->value < 500) {
        c->alarm = false;
    }
}

void scan(void) {
    float sum = 0;
    for (int i = 0; !ready && i < 32; i++) {
        channels[i].weight = 0.1f;
    }
    ready = true;
    for (int i = 0; i < 32; i++) {
        seed = seed * 1664525u + 1013904223u;
        channels[i].raw = (float) (seed / 4194304);
        smooth(&channels[i]);
        sum += channels[i].value;
        if (channels[i].alarm) {
            checksum++;
        }
    }
    checksum = checksum * 31 + (uint32_t) (int32_t) lrintf(sum);
}

uint32_t result(void) {
    return checksum;
}
