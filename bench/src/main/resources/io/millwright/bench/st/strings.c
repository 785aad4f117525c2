#define _GNU_SOURCE
#include "kernel.h"
#include <stdio.h>
#include <string.h>

#define CAPACITY 80

struct text {
    int length;
    char characters[CAPACITY];
};

static uint32_t checksum;
static int32_t number;
static struct text message, tail;

static int minimum(int a, int b) {
    return a < b ? a : b;
}

static void append(struct text *to, const char *characters, int length) {
    int count = minimum(length, CAPACITY - to->length);
    memcpy(to->characters + to->length, characters, count);
    to->length += count;
}

/* Puts other characters where `count` of them are, from an index from 0. */
static void splice(struct text *text, int from, int count, const char *characters, int length) {
    struct text rest;
    rest.length = text->length - from - count;
    memcpy(rest.characters, text->characters + from + count, rest.length);
    text->length = from;
    append(text, characters, length);
    append(text, rest.characters, rest.length);
}

static int find(const struct text *text, const char *what, int length) {
    const char *at = memmem(text->characters, text->length, what, length);
    return at ? (int) (at - text->characters) + 1 : 0;
}

void scan(void) {
    for (int i = 1; i <= 8; i++) {
        char digits[12];
        number = (number * 17 + 4711) % 100000;
        message.length = 0;
        append(&message, "station ", 8);
        append(&message, digits, snprintf(digits, sizeof digits, "%d", (int) number));
        append(&message, ";state=running;unit=mm", 22);
        int at = find(&message, ";state=", 7);
        tail.length = 0;
        append(&tail, message.characters + at + 6, 7);
        splice(&message, at + 6, 7, "idle", 4);
        splice(&message, 0, 0, "the ", 4);
        splice(&message, 8, 3, "", 0);
        if (tail.length >= 3 && memcmp(tail.characters, "run", 3) == 0) {
            checksum++;
        }
        if (message.length >= 2 && memcmp(message.characters + message.length - 2, "mm", 2) == 0) {
            checksum += 2;
        }
        checksum = checksum * 31 + (uint32_t) (message.length + find(&message, "idle", 4) + at);
    }
}

uint32_t result(void) {
    return checksum;
}
