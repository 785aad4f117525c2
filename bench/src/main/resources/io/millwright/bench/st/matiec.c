/* The program as matiec made it, for the driver: its configuration, run once a scan, 10 ms of its time further. */
#include "iec_std_lib.h"
#include "accessor.h"
#include "POUS.h"

TIME __CURRENT_TIME;
BOOL __DEBUG;
extern KERNEL ONE__MAIN;

void config_init__(void);
void config_run__(unsigned long tick);

void scan(void) {
    static unsigned long tick;
    if (tick == 0) {
        config_init__();
    }
    config_run__(tick++);
    __CURRENT_TIME.tv_nsec += 10000000;
    if (__CURRENT_TIME.tv_nsec >= 1000000000) {
        __CURRENT_TIME.tv_nsec -= 1000000000;
        __CURRENT_TIME.tv_sec++;
    }
}

uint32_t result(void) {
    return ONE__MAIN.CHECKSUM.value;
}
