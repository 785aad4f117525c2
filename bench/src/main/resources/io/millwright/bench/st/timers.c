#include "kernel.h"

struct on_delay { bool before, q; int64_t start; };
struct off_delay { bool before, running, q; int64_t start; };
struct pulse { bool before, running, q; int64_t start; };

struct station {
    struct on_delay on;
    struct off_delay off;
    struct pulse pulse;
    bool edge, counted, latch;
    int16_t parts;
};

static uint32_t checksum, seed = 7;
static int64_t now;
static struct station stations[8];

static void on_delay(struct on_delay *t, bool in, int64_t preset) {
    if (in && !t->before) {
        t->start = now;
    }
    t->before = in;
    t->q = in && now - t->start >= preset;
}

static void off_delay(struct off_delay *t, bool in, int64_t preset) {
    if (in) {
        t->q = true;
        t->running = false;
    } else if (t->before) {
        t->running = true;
        t->start = now;
    }
    if (t->running && now - t->start >= preset) {
        t->running = false;
        t->q = false;
    }
    t->before = in;
}

static void pulse(struct pulse *t, bool in, int64_t preset) {
    if (!t->running && in && !t->before) {
        t->running = true;
        t->start = now;
    }
    if (t->running && now - t->start >= preset) {
        t->running = false;
    }
    t->q = t->running;
    t->before = in;
}

static void station(struct station *s, bool sensor, int64_t delay) {
    on_delay(&s->on, sensor, delay);
    off_delay(&s->off, s->on.q, 30000000);
    bool rising = s->off.q && !s->edge;
    s->edge = s->off.q;
    pulse(&s->pulse, rising, 30000000);
    if (s->parts >= 1000) {
        s->parts = 0;
    } else if (rising && !s->counted) {
        s->parts++;
    }
    s->counted = rising;
    s->latch = s->pulse.q || (s->latch && sensor);
}

void scan(void) {
    static const uint32_t limits[8] = {12, 13, 14, 15, 28, 29, 30, 31};
    seed = seed * 1664525u + 1013904223u;
    uint32_t pattern = seed / 65536;
    uint32_t parts = 0;
    for (int i = 0; i < 8; i++) {
        station(&stations[i], pattern % (i < 4 ? 16 : 32) < limits[i], (i + 1) * 10000000LL);
        parts += (uint32_t) (int32_t) stations[i].parts;
    }
    checksum = checksum * 31 + parts;
    if (stations[0].latch || stations[2].pulse.q || stations[4].latch || stations[6].pulse.q) {
        checksum++;
    }
    now += 10000000;
}

uint32_t result(void) {
    return checksum;
}
