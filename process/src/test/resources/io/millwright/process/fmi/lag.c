/* A unit for tests: a first-order lag T x' = k u - x, solved exactly, with an alarm when x crosses a threshold, an
 * array whose size is a parameter, a text that is handed through, and ways to misbehave on purpose.
 * Written from the signatures of the standard; compiled with -DFMI=2 or -DFMI=3. */
#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OK, WARNING, DISCARD, ERROR, FATAL };
enum { U = 1, X = 2, K = 3, T = 4, MISBEHAVE = 5, ALARM = 6, THRESHOLD = 7, TEXT = 8, N = 9, W = 10, SUM = 11 };
enum { FAIL = 1, REFUSE = 2, END = 3, DIE = 4, FLOOD = 5, HANG = 6, UNSETTLED = 7 };

typedef void (*Logger2)(void *, const char *, int, const char *, const char *, ...);
typedef void (*Logger3)(void *, int, const char *, const char *);

typedef struct {
    double u, x, k, t, threshold, time;
    int misbehave, alarm;
    bool pending, events, ended;
    uint64_t n;
    double w[8];
    char text[256];
    char *name;
    void *log;
    void *environment;
    void (*release)(void *);
} Lag;

static void say(Lag *lag, int status, const char *text) {
#if FMI == 2
    ((Logger2)lag->log)(lag->environment, lag->name, status, "lag", text, 1, 2.0);
#else
    ((Logger3)lag->log)(lag->environment, status, "lag", text);
#endif
}

static Lag *start(Lag *lag, const char *name, void *log, void *environment) {
    memset(lag, 0, sizeof *lag);
    lag->k = 1;
    lag->t = 1;
    lag->threshold = 1e9;
    lag->n = 2;
    lag->log = log;
    lag->environment = environment;
    lag->name = strdup(name);
    return lag;
}

static void pass(Lag *lag, double h) {
    double goal = lag->k * lag->u;
    lag->x = goal + (lag->x - goal) * exp(-h / lag->t);
    lag->time += h;
}

/* After how long x crosses the threshold upwards; negative for never. */
static double crossing(Lag *lag) {
    double goal = lag->k * lag->u;
    if (lag->alarm || lag->x >= lag->threshold || goal <= lag->threshold) {
        return -1;
    }
    return lag->t * log((goal - lag->x) / (goal - lag->threshold));
}

static int misbehave(Lag *lag) {
    char long_text[6001];
    switch (lag->misbehave) {
    case FAIL:
        say(lag, ERROR, "the lag is to fail\x1b[31m");
        return ERROR;
    case DIE:
        say(lag, FATAL, "the lag is to die");
        return FATAL;
    case FLOOD:
        memset(long_text, 'a', sizeof long_text - 1);
        long_text[sizeof long_text - 1] = 0;
        for (int i = 0; i < 5000; i++) {
            say(lag, OK, long_text);
        }
        return WARNING;
    default:
        return OK;
    }
}

#if FMI == 2
typedef struct {
    Logger2 logger;
    void *(*allocate)(size_t, size_t);
    void (*release)(void *);
    void *finished;
    void *environment;
} Callbacks;

const char *fmi2GetVersion(void) { return "2.0"; }

void *fmi2Instantiate(const char *name, int type, const char *guid, const char *resources, const Callbacks *callbacks,
                      int visible, int logging) {
    (void)visible, (void)logging;
    if (type != 1 || strncmp(resources, "file:///", 8) != 0 || callbacks->finished || strcmp(guid, "{lag}")) {
        callbacks->logger(callbacks->environment, name, ERROR, "lag", "instantiated wrongly");
        return NULL;
    }
    Lag *lag = start(callbacks->allocate(1, sizeof(Lag)), name, (void *)callbacks->logger, callbacks->environment);
    lag->release = callbacks->release;
    return lag;
}

void fmi2FreeInstance(void *c) {
    Lag *lag = c;
    free(lag->name);
    lag->release(lag);
}

int fmi2SetupExperiment(void *c, int tolerant, double tolerance, double from, int stops, double stop) {
    (void)tolerant, (void)tolerance, (void)stops, (void)stop;
    ((Lag *)c)->time = from;
    return OK;
}
int fmi2EnterInitializationMode(void *c) { return c ? OK : ERROR; }
int fmi2ExitInitializationMode(void *c) { return c ? OK : ERROR; }
int fmi2Terminate(void *c) { return c ? OK : ERROR; }

int fmi2DoStep(void *c, double now, double h, int forget) {
    Lag *lag = c;
    (void)forget;
    if (fabs(now - lag->time) > 1e-9) {
        say(lag, ERROR, "time is %d and %f");
        return ERROR;
    }
    if (lag->misbehave == END || lag->misbehave == REFUSE) {
        return DISCARD;
    }
    pass(lag, h);
    return misbehave(lag);
}

int fmi2GetBooleanStatus(void *c, int kind, int *value) {
    *value = kind == 3 && ((Lag *)c)->misbehave == END;
    return OK;
}
int fmi2GetRealStatus(void *c, int kind, double *value) {
    *value = ((Lag *)c)->time;
    return kind == 2 ? OK : DISCARD;
}

int fmi2GetReal(void *c, const uint32_t *vr, size_t n, double *v) {
    Lag *lag = c;
    for (size_t i = 0; i < n; i++) {
        v[i] = vr[i] == U ? lag->u : vr[i] == X ? lag->x : vr[i] == K ? lag->k : lag->t;
    }
    return OK;
}
int fmi2SetReal(void *c, const uint32_t *vr, size_t n, const double *v) {
    Lag *lag = c;
    for (size_t i = 0; i < n; i++) {
        *(vr[i] == U ? &lag->u : vr[i] == X ? &lag->x : vr[i] == K ? &lag->k : &lag->t) = v[i];
    }
    return OK;
}
int fmi2GetInteger(void *c, const uint32_t *vr, size_t n, int *v) {
    *v = ((Lag *)c)->misbehave;
    return n == 1 && *vr == MISBEHAVE ? OK : ERROR;
}
int fmi2SetInteger(void *c, const uint32_t *vr, size_t n, const int *v) {
    ((Lag *)c)->misbehave = *v;
    return n == 1 && *vr == MISBEHAVE ? OK : ERROR;
}
int fmi2GetBoolean(void *c, const uint32_t *vr, size_t n, int *v) { return c && vr && n && v ? DISCARD : ERROR; }
int fmi2SetBoolean(void *c, const uint32_t *vr, size_t n, const int *v) { return c && vr && n && v ? DISCARD : ERROR; }
int fmi2GetString(void *c, const uint32_t *vr, size_t n, const char **v) {
    *v = ((Lag *)c)->text;
    return n == 1 && *vr == TEXT ? OK : ERROR;
}
int fmi2SetString(void *c, const uint32_t *vr, size_t n, const char *const *v) {
    snprintf(((Lag *)c)->text, sizeof((Lag *)c)->text, "%s", *v);
    return n == 1 && *vr == TEXT ? OK : ERROR;
}

#else

const char *fmi3GetVersion(void) { return "3.0"; }

void *fmi3InstantiateCoSimulation(const char *name, const char *token, const char *resources, bool visible,
                                  bool logging, bool events, bool early, const uint32_t *intermediate, size_t n,
                                  void *environment, Logger3 log, void *update) {
    (void)visible, (void)logging, (void)intermediate, (void)n, (void)update;
    if (strcmp(token, "{lag}") || resources[strlen(resources) - 1] != '/' || events != early) {
        log(environment, ERROR, "lag", "instantiated wrongly");
        return NULL;
    }
    Lag *lag = start(malloc(sizeof(Lag)), name, (void *)log, environment);
    lag->events = events;
    return lag;
}

void fmi3FreeInstance(void *c) {
    free(((Lag *)c)->name);
    free(c);
}
int fmi3EnterInitializationMode(void *c, bool tolerant, double tolerance, double from, bool stops, double stop) {
    (void)tolerant, (void)tolerance, (void)stops, (void)stop;
    ((Lag *)c)->time = from;
    return OK;
}
int fmi3ExitInitializationMode(void *c) { return c ? OK : ERROR; }
int fmi3Terminate(void *c) { return c ? OK : ERROR; }
int fmi3EnterEventMode(void *c) { return c ? OK : ERROR; }
int fmi3EnterStepMode(void *c) { return c ? OK : ERROR; }
int fmi3EnterConfigurationMode(void *c) { return c ? OK : ERROR; }
int fmi3ExitConfigurationMode(void *c) { return c ? OK : ERROR; }

int fmi3UpdateDiscreteStates(void *c, bool *again, bool *ended, bool *nominals, bool *values, bool *defined,
                             double *next) {
    Lag *lag = c;
    *again = lag->misbehave == UNSETTLED;
    *ended = *nominals = *values = *defined = false;
    *next = 0;
    lag->alarm |= lag->pending;
    lag->pending = false;
    return OK;
}

int fmi3DoStep(void *c, double now, double h, bool forget, bool *event, bool *ended, bool *early, double *reached) {
    Lag *lag = c;
    (void)forget;
    *event = *ended = *early = false;
    *reached = now;
    if (fabs(now - lag->time) > 1e-9) {
        say(lag, ERROR, "this is not the time");
        return ERROR;
    }
    if (lag->misbehave == REFUSE) {
        return DISCARD;
    }
    if (lag->misbehave == HANG) {
        *early = true;
        return OK;
    }
    double after = crossing(lag);
    if (after >= 0 && after < h) {
        pass(lag, after);
        lag->x = lag->threshold;
        lag->pending = true;
        *event = lag->events;
        *early = lag->events;
        if (!lag->events) {
            lag->alarm = 1;
            pass(lag, h - after);
        }
    } else {
        pass(lag, h);
    }
    *reached = lag->time;
    *ended = lag->misbehave == END;
    return misbehave(lag);
}

static double *real(Lag *lag, uint32_t vr) {
    return vr == U   ? &lag->u
           : vr == X ? &lag->x
           : vr == K ? &lag->k
           : vr == T ? &lag->t
                     : &lag->threshold;
}

int fmi3GetFloat64(void *c, const uint32_t *vr, size_t n, double *v, size_t nv) {
    Lag *lag = c;
    if (n == 1 && *vr == W) {
        memcpy(v, lag->w, nv * sizeof *v);
        return nv == lag->n ? OK : ERROR;
    }
    if (n == 1 && *vr == SUM) {
        *v = 0;
        for (uint64_t i = 0; i < lag->n; i++) {
            *v += lag->w[i];
        }
        return OK;
    }
    *v = *real(lag, *vr);
    return n == 1 && nv == 1 ? OK : ERROR;
}
int fmi3SetFloat64(void *c, const uint32_t *vr, size_t n, const double *v, size_t nv) {
    Lag *lag = c;
    if (n == 1 && *vr == W) {
        memcpy(lag->w, v, nv * sizeof *v);
        return nv == lag->n ? OK : ERROR;
    }
    *real(lag, *vr) = *v;
    return n == 1 && nv == 1 ? OK : ERROR;
}
int fmi3GetUInt64(void *c, const uint32_t *vr, size_t n, uint64_t *v, size_t nv) {
    *v = ((Lag *)c)->n;
    return n == 1 && nv == 1 && *vr == N ? OK : ERROR;
}
int fmi3SetUInt64(void *c, const uint32_t *vr, size_t n, const uint64_t *v, size_t nv) {
    ((Lag *)c)->n = *v;
    return n == 1 && nv == 1 && *vr == N && *v <= 8 ? OK : ERROR;
}
int fmi3GetInt32(void *c, const uint32_t *vr, size_t n, int32_t *v, size_t nv) {
    *v = ((Lag *)c)->misbehave;
    return n == 1 && nv == 1 && *vr == MISBEHAVE ? OK : ERROR;
}
int fmi3SetInt32(void *c, const uint32_t *vr, size_t n, const int32_t *v, size_t nv) {
    ((Lag *)c)->misbehave = *v;
    return n == 1 && nv == 1 && *vr == MISBEHAVE ? OK : ERROR;
}
int fmi3GetBoolean(void *c, const uint32_t *vr, size_t n, bool *v, size_t nv) {
    *v = ((Lag *)c)->alarm;
    return n == 1 && nv == 1 && *vr == ALARM ? OK : ERROR;
}
int fmi3SetBoolean(void *c, const uint32_t *vr, size_t n, const bool *v, size_t nv) {
    return c && vr && n && v && nv ? DISCARD : ERROR;
}
int fmi3GetString(void *c, const uint32_t *vr, size_t n, const char **v, size_t nv) {
    *v = ((Lag *)c)->text;
    return n == 1 && nv == 1 && *vr == TEXT ? OK : ERROR;
}
int fmi3SetString(void *c, const uint32_t *vr, size_t n, const char *const *v, size_t nv) {
    snprintf(((Lag *)c)->text, sizeof((Lag *)c)->text, "%s", *v);
    return n == 1 && nv == 1 && *vr == TEXT ? OK : ERROR;
}
#endif
