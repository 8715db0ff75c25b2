// What Swift cannot call by itself: the allocator's control interface, which takes untyped
// pointers, and C's `long double`, in which Redis computes INCRBYFLOAT.
#ifndef CSNUG_H
#define CSNUG_H

#include <malloc.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif
#include "csnug_text.h"

/// Reads an unsigned statistic of jemalloc by its mallctl name. False when there is no such name,
/// as in a build whose allocator is replaced by a sanitizer's.
bool snug_allocator_read(const char *name, uint64_t *value);

/// Makes jemalloc's statistics current as of now, this thread's cache included.
bool snug_allocator_refresh(void);

/// Gives unused pages of all arenas back to the operating system.
bool snug_allocator_purge(void);

/// `malloc` and `free` past this thread's cache, so that a block is where the allocator's pages are filled next.
void *snug_allocate_densely(size_t byte_count);
void snug_free_densely(void *block);

/// Whether the pages that `block` shares with others of its size have fewer free places than those of `other`. False
/// for blocks with pages of their own, and without jemalloc.
bool snug_lies_denser(const void *block, const void *other);

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

/// Reads a number as C's `strtod` does, hexadecimal and "inf" included, but with nothing behind it, no "nan", and fewer
/// than 5120 bytes. Unless `blanks` also no blanks before it and at least one byte, unless `infinite` nothing too large or
/// too small for the type. False for anything else.
bool snug_double_parse(const void *text, size_t count, bool blanks, bool infinite, double *value);

/// A number in the wider type.
void snug_long_double_from(double number, snug_long_double *value);

/// Writes a number with `digits` digits behind the point, as `printf` rounds. Returns how many bytes it takes without
/// the zero behind them, of which no more than `capacity` are written.
size_t snug_fixed_format(double value, int digits, void *text, size_t capacity);

/// Adds two numbers. False when the sum is not finite.
bool snug_long_double_add(const snug_long_double *left, const snug_long_double *right, snug_long_double *sum);

/// The difference of two finite numbers. False when it is not finite.
bool snug_long_double_subtract(const snug_long_double *left, const snug_long_double *right, snug_long_double *difference);

/// Below, at or above 0 when `left` is less than, equal to or more than `right`.
int snug_long_double_compare(const snug_long_double *left, const snug_long_double *right);

/// Adds two finite numbers between two bounds, each of which may be null for none. Returns 0 with the sum when it lies
/// between them and is finite; -1 or 1 with the bound it passes, or the outermost finite number where that is nearer.
int snug_long_double_add_between(
    const snug_long_double *left, const snug_long_double *right, const snug_long_double *lower,
    const snug_long_double *upper, snug_long_double *sum);

/// Writes a finite number with at most 17 digits behind the point and no zeros at the end. Returns how many bytes were
/// written, or a capacity above `capacity` that suffices when this one does not; then `text` holds nothing of use.
size_t snug_long_double_format(const snug_long_double *value, void *text, size_t capacity);

/// Asks the processor for the bytes around an address, which need not be one of the program's.
static inline void snug_prefetch(const void *place) { __builtin_prefetch(place); }

/// The place of the first byte equal to `byte` among `count` from `from` on, or -1. Reads up to 15 bytes behind the
/// last.
static inline ptrdiff_t snug_find_byte(const uint8_t *bytes, ptrdiff_t from, ptrdiff_t count, uint8_t byte) {
#if defined(__SSE2__)
    const __m128i sought = _mm_set1_epi8((char)byte);
    for (; from < count; from += 16) {
        const __m128i word = _mm_loadu_si128((const __m128i *)(bytes + from));
        const int found = _mm_movemask_epi8(_mm_cmpeq_epi8(word, sought));
        if (found != 0) {
            from += __builtin_ctz((unsigned)found);
            return from < count ? from : -1;
        }
    }
#else
    for (; from < count; from += 1) {
        if (bytes[from] == byte) return from;
    }
#endif
    return -1;
}

/// The sum of `count` bytes, or -1 when one of them is 255. Reads up to 15 bytes behind the last.
static inline ptrdiff_t snug_sum_bytes(const uint8_t *bytes, ptrdiff_t count) {
#if defined(__SSE2__)
    const __m128i zero = _mm_setzero_si128();
    const __m128i mark = _mm_set1_epi8(-1);
    __m128i sum = zero, marks = zero;
    ptrdiff_t place = 0;
    for (; place + 16 <= count; place += 16) {
        const __m128i word = _mm_loadu_si128((const __m128i *)(bytes + place));
        marks = _mm_or_si128(marks, _mm_cmpeq_epi8(word, mark));
        sum = _mm_add_epi64(sum, _mm_sad_epu8(word, zero));
    }
    if (place < count) {
        const __m128i places = _mm_setr_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
        const __m128i wanted = _mm_cmplt_epi8(places, _mm_set1_epi8((char)(count - place)));
        const __m128i rest = _mm_and_si128(_mm_loadu_si128((const __m128i *)(bytes + place)), wanted);
        marks = _mm_or_si128(marks, _mm_cmpeq_epi8(rest, mark));
        sum = _mm_add_epi64(sum, _mm_sad_epu8(rest, zero));
    }
    if (_mm_movemask_epi8(marks) != 0) return -1;
    return (ptrdiff_t)(_mm_cvtsi128_si64(sum) + _mm_cvtsi128_si64(_mm_unpackhi_epi64(sum, sum)));
#else
    ptrdiff_t sum = 0;
    for (ptrdiff_t place = 0; place < count; place += 1) {
        if (bytes[place] == 255) return -1;
        sum += bytes[place];
    }
    return sum;
#endif
}

/// Takes the text of the program and of its libraries out of the resident set. Nothing is lost: the pages are unchanged
/// copies of the files, and what is run again comes back from the page cache at its first use, some hundred nanoseconds a
/// page.
void snug_release_text_pages(void);

#endif
