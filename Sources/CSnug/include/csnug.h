// What Swift cannot call by itself: the allocator's control interface, which takes untyped
// pointers, and C's `long double`, in which Redis computes INCRBYFLOAT.
#ifndef CSNUG_H
#define CSNUG_H

#include <malloc.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Reads an unsigned statistic of jemalloc by its mallctl name. False when there is no such name,
/// as in a build whose allocator is replaced by a sanitizer's.
bool snug_allocator_read(const char *name, uint64_t *value);

/// Makes jemalloc's statistics current as of now, this thread's cache included.
bool snug_allocator_refresh(void);

/// Gives unused pages of all arenas back to the operating system.
bool snug_allocator_purge(void);

/// jemalloc's version, such as "5.3.0-0-g54eaed1d"; an empty string when it is not there.
const char *snug_allocator_version(void);

/// jemalloc's own report, in its text format. `write` is called with pieces of it.
void snug_allocator_report(void (*write)(void *context, const char *text), void *context);

#endif
