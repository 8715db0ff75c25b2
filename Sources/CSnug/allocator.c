#include "csnug.h"

#include <stdlib.h>

/* The sanitizers bring an allocator of their own, and jemalloc beside it breaks C++'s `new` in Swift's runtime. */
#ifdef SNUG_WITHOUT_JEMALLOC

bool snug_allocator_read(const char *name, uint64_t *value) {
    (void)name;
    (void)value;
    return false;
}

bool snug_allocator_refresh(void) { return false; }

bool snug_allocator_purge(void) { return false; }

void *snug_allocate_densely(size_t byte_count) { return malloc(byte_count); }

void snug_free_densely(void *block) { free(block); }

bool snug_lies_denser(const void *block, const void *other) {
    (void)block;
    (void)other;
    return false;
}

const char *snug_allocator_version(void) { return ""; }

void snug_allocator_report(void (*write)(void *, const char *), void *context) {
    write(context, "no figures: this build uses the allocator of the C library or of a sanitizer\n");
}

#else

#include <jemalloc/jemalloc.h>

/* Read by jemalloc before main. One event loop allocates nearly everything, so two arenas are enough; more would
 * only spread the same data over more half-filled pages. */
const char *malloc_conf = "narenas:2,dirty_decay_ms:1000,muzzy_decay_ms:0";

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

void *snug_allocate_densely(size_t byte_count) { return mallocx(byte_count, MALLOCX_TCACHE_NONE); }

void snug_free_densely(void *block) { dallocx(block, MALLOCX_TCACHE_NONE); }

bool snug_lies_denser(const void *block, const void *other) {
    static _Thread_local size_t mib[3], mib_count;
    if (mib_count == 0) {
        mib_count = sizeof mib / sizeof mib[0];
        if (mallctlnametomib("experimental.utilization.batch_query", mib, &mib_count) != 0) {
            mib_count = 0;
            return false;
        }
    }
    const void *blocks[2] = {block, other};
    /* For each block: free places in its pages, places in all, bytes of the pages. */
    size_t places[6], size = sizeof places;
    if (mallctlbymib(mib, mib_count, places, &size, blocks, sizeof blocks) != 0) return false;
    return places[1] > 1 && places[4] > 1 && places[0] < places[3];
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
