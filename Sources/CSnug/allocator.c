#include "csnug.h"

/* The sanitizers bring an allocator of their own, and jemalloc beside it breaks C++'s `new` in Swift's runtime. */
#ifdef SNUG_WITHOUT_JEMALLOC

bool snug_allocator_read(const char *name, uint64_t *value) {
    (void)name;
    (void)value;
    return false;
}

bool snug_allocator_refresh(void) { return false; }

bool snug_allocator_purge(void) { return false; }

const char *snug_allocator_version(void) { return ""; }

void snug_allocator_report(void (*write)(void *, const char *), void *context) {
    write(context, "no figures: this build uses the allocator of the C library or of a sanitizer\n");
}

#else

#include <jemalloc/jemalloc.h>

/* Read by jemalloc before main. One event loop allocates nearly everything, so two arenas are enough; more would
 * only spread the same data over more half-filled pages. */
const char *malloc_conf = "narenas:2,dirty_decay_ms:5000,muzzy_decay_ms:0";

bool snug_allocator_read(const char *name, uint64_t *value) {
    size_t result = 0, size = sizeof result;
    if (mallctl(name, &result, &size, NULL, 0) != 0) return false;
    *value = result;
    return true;
}

bool snug_allocator_refresh(void) {
    (void)mallctl("thread.tcache.flush", NULL, NULL, NULL, 0);
    uint64_t epoch = 1;
    return mallctl("epoch", NULL, NULL, &epoch, sizeof epoch) == 0;
}

/* 4096 is jemalloc's MALLCTL_ARENAS_ALL, spelled out because the name is itself a mallctl path. */
bool snug_allocator_purge(void) {
    return mallctl("arena.4096.purge", NULL, NULL, NULL, 0) == 0;
}

const char *snug_allocator_version(void) {
    const char *version = "";
    size_t size = sizeof version;
    return mallctl("version", &version, &size, NULL, 0) == 0 ? version : "";
}

void snug_allocator_report(void (*write)(void *, const char *), void *context) {
    malloc_stats_print(write, context, NULL);
}

#endif
