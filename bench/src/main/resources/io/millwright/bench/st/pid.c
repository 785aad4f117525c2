#include "kernel.h"
#include <math.h>

struct controller {
    float setpoint, measured, gain, integration, derivation, cycle, output, integral, before;
    bool limited;
};

static uint32_t checksum, count;
static float aim = 50;
static struct controller controllers[8];
static float levels[8];

static void control(struct controller *c) {
    float error = c->setpoint - c->measured;
    c->output = c->gain * error + c->integral + c->derivation * (error - c->before) / c->cycle;
    c->limited = false;
    if (c->output > 100) {
        c->output = 100;
        c->limited = true;
    } else if (c->output < 0) {
        c->output = 0;
        c->limited = true;
    }
    if (!c->limited) {
        c->integral = c->integral + c->integration * error * c->cycle;
    }
    c->before = error;
}

void scan(void) {
    static const float lags[8] = {0.01f, 0.02f, 0.03f, 0.04f, 0.05f, 0.06f, 0.07f, 0.08f};
    if (count == 0) {
        for (int i = 0; i < 8; i++) {
            controllers[i].gain = 2;
            controllers[i].integration = 0.8f;
            controllers[i].derivation = 0.05f;
            controllers[i].cycle = 0.01f;
        }
    }
    if (++count % 100 == 0) {
        aim = 110 - aim;
    }
    for (int i = 1; i <= 10; i++) {
        for (int k = 0; k < 8; k++) {
            controllers[k].setpoint = aim;
            controllers[k].measured = levels[k];
            control(&controllers[k]);
            levels[k] += (controllers[k].output - levels[k]) * lags[k];
        }
    }
    float sum = levels[0];
    for (int k = 1; k < 8; k++) {
        sum += levels[k];
    }
    checksum = checksum * 31 + (uint32_t) (int32_t) lrintf(sum * 100);
}

uint32_t result(void) {
    return checksum;
}
