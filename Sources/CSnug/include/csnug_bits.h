// Bits of many bytes at once: counting, finding, combining. Loops that the compiler turns into vectors of the machine
// it builds for, and one that is chosen at run time by what the processor has.
#ifndef CSNUG_BITS_H
#define CSNUG_BITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Whether the processor has every instruction that this build may use.
bool snug_processor_suffices(void);

/// How many bits of `count` bytes are set.
size_t snug_count_bits(const uint8_t *bytes, size_t count);

/// The same by the code for processors without an instruction for it.
size_t snug_count_bits_portably(const uint8_t *bytes, size_t count);

/// The place of the first byte from `from` on that is not `byte`, or `count` when there is none.
size_t snug_find_other_byte(const uint8_t *bytes, size_t from, size_t count, uint8_t byte);

/// Which function of its own bits and others a stretch of bytes becomes.
typedef enum {
    SNUG_BITS_AND,
    SNUG_BITS_OR,
    SNUG_BITS_XOR,
    /// What is set here and not there.
    SNUG_BITS_AND_NOT,
    /// What is set there and not here.
    SNUG_BITS_NOT_AND,
} snug_bits_operation;

/// Combines `count` bytes at `into` with those at `from`, which do not overlap them.
void snug_combine_bits(snug_bits_operation operation, uint8_t *restrict into, const uint8_t *restrict from, size_t count);

/// Combines `count` bytes at `first` with those at `second` into those at `into`, which overlap neither.
void snug_combine_two(
    snug_bits_operation operation, uint8_t *restrict into, const uint8_t *first, const uint8_t *second, size_t count);

/// Turns `count` bytes at `from` into their complement at `into`, which does not overlap them.
void snug_complement_bits(uint8_t *restrict into, const uint8_t *restrict from, size_t count);

/// Notes `count` bytes in two sums: `once` of the bits seen so far, `twice` of those seen more than once.
void snug_note_bits(
    uint8_t *restrict once, uint8_t *restrict twice, const uint8_t *restrict from, size_t count);

#endif
