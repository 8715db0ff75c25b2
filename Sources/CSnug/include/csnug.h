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

/// A `long double`, kept as bytes because Swift has no such type on every platform.
typedef struct {
    unsigned char bytes[16];
} snug_long_double;

/// Reads a number as C's `strtold` does, hexadecimal and "inf" included, but strictly: no blanks, nothing behind it,
/// no "nan", nothing too large or too small for the type, fewer than 5120 bytes. False for anything else.
bool snug_long_double_parse(const void *text, size_t count, snug_long_double *value);

/// Adds two numbers. False when the sum is not finite.
bool snug_long_double_add(const snug_long_double *left, const snug_long_double *right, snug_long_double *sum);

/// Writes a finite number with at most 17 digits behind the point and no zeros at the end. Returns how many bytes were
/// written, or a capacity above `capacity` that suffices when this one does not; then `text` holds nothing of use.
size_t snug_long_double_format(const snug_long_double *value, void *text, size_t capacity);

/// Takes the program's own text out of the resident set. Nothing is lost: the pages are unchanged copies of the file, and
/// what is run again comes back from the page cache at its first use, some hundred nanoseconds a page.
bool snug_release_text_pages(void);

#endif
