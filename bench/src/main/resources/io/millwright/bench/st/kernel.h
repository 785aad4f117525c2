/* What every kernel has: a scan, and a sum over all scans so far that tells whether all compute the same. */
#include <stdbool.h>
#include <stdint.h>

void scan(void);
uint32_t result(void);
