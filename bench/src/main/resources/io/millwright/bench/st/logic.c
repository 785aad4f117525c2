#include "kernel.h"

struct conveyor {
    bool start, stop, full, guard, next_runs, by_hand;
    bool runs, lamp, fault;
    bool allowed, held, wanted, before;
};

static uint32_t checksum, seed = 21;
static struct conveyor b[8];

static void step(struct conveyor *c, bool start, bool stop, bool full, bool guard, bool next_runs, bool by_hand) {
    c->start = start;
    c->stop = stop;
    c->full = full;
    c->guard = guard;
    c->next_runs = next_runs;
    c->by_hand = by_hand;
    c->allowed = c->guard && !c->fault && (c->next_runs || c->by_hand);
    c->wanted = (c->start || c->wanted) && !c->stop;
    c->held = (c->held || c->full) && !(c->start && c->by_hand);
    c->runs = c->allowed && c->wanted && !c->held;
    c->fault = (c->fault || (c->before && !c->guard)) && !(c->stop && c->guard);
    c->lamp = c->runs || (c->fault && !c->lamp) || (c->held && c->wanted);
    c->before = c->runs;
}

void scan(void) {
    for (int i = 1; i <= 10; i++) {
        seed = seed * 1664525u + 1013904223u;
        bool p0 = seed >= 3221225472u;
        bool p1 = (seed / 65536) % 8 == 0;
        bool p2 = (seed / 131072) % 16 == 0;
        bool p3 = (seed / 262144) % 32 != 0;
        bool p4 = (seed / 524288) % 4 == 0;
        step(&b[7], p0, p1, p2, p3, true, p4);
        step(&b[6], p0, p1, p4, p3, b[7].runs, p2);
        step(&b[5], p4, p2, p1, p3, b[6].runs, p0);
        step(&b[4], p4, p1, p2, p3, b[5].runs, p0);
        step(&b[3], p0, p2, p4, p3, b[4].runs, p1);
        step(&b[2], p1, p4, p2, p3, b[3].runs, p0);
        step(&b[1], p0, p1, p2, p3, b[2].runs, p4);
        step(&b[0], p2, p1, p0, p3, b[1].runs, p4);
        checksum *= 2;
        if (b[0].runs ^ b[1].lamp ^ b[2].fault ^ b[3].runs ^ b[4].lamp ^ b[5].runs ^ b[6].lamp ^ b[7].runs) {
            checksum += 3;
        }
    }
    checksum += seed / 65536;
}

uint32_t result(void) {
    return checksum;
}
