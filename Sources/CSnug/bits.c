#include "csnug_bits.h"

#include <string.h>

bool snug_processor_suffices(void) {
#if defined(__x86_64__) && defined(__POPCNT__)
    __builtin_cpu_init();
    return __builtin_cpu_supports("popcnt") && __builtin_cpu_supports("sse4.2");
#else
    return true;
#endif
}

static inline uint64_t word_at(const uint8_t *bytes) {
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return word;
}

/// The bits of a word by sums of ever wider parts.
static inline uint64_t bits_of(uint64_t word) {
    word -= word >> 1 & 0x5555555555555555;
    word = (word & 0x3333333333333333) + (word >> 2 & 0x3333333333333333);
    word = (word + (word >> 4)) & 0x0f0f0f0f0f0f0f0f;
    return word * 0x0101010101010101 >> 56;
}

static inline uint64_t last_word(const uint8_t *bytes, size_t count) {
    uint64_t word = 0;
    memcpy(&word, bytes, count);
    return word;
}

size_t snug_count_bits_portably(const uint8_t *bytes, size_t count) {
    size_t sum = 0, place = 0;
    for (; place + 8 <= count; place += 8) sum += bits_of(word_at(bytes + place));
    return sum + bits_of(last_word(bytes + place, count - place));
}

#if defined(__x86_64__)

__attribute__((target("popcnt"))) static size_t count_by_instruction(const uint8_t *bytes, size_t count) {
    // Four sums, so that no addition waits for the one before.
    size_t sums[4] = {0, 0, 0, 0}, place = 0;
    for (; place + 32 <= count; place += 32) {
        for (int part = 0; part < 4; part++)
            sums[part] += (size_t)__builtin_popcountll(word_at(bytes + place + part * 8));
    }
    for (; place + 8 <= count; place += 8) sums[0] += (size_t)__builtin_popcountll(word_at(bytes + place));
    sums[1] += (size_t)__builtin_popcountll(last_word(bytes + place, count - place));
    return sums[0] + sums[1] + sums[2] + sums[3];
}

#include <immintrin.h>

/// The bits of 32 bytes as four sums, by looking up each half byte.
__attribute__((target("avx2"))) static inline __m256i bits_of_vector(__m256i bytes) {
    const __m256i counts = _mm256_setr_epi8(
        0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4, 0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
    const __m256i half = _mm256_set1_epi8(0x0f);
    __m256i low = _mm256_shuffle_epi8(counts, _mm256_and_si256(bytes, half));
    __m256i high = _mm256_shuffle_epi8(counts, _mm256_and_si256(_mm256_srli_epi16(bytes, 4), half));
    return _mm256_add_epi8(low, high);
}

__attribute__((target("avx2,popcnt"))) static size_t count_by_vectors(const uint8_t *bytes, size_t count) {
    __m256i sums = _mm256_setzero_si256();
    size_t place = 0;
    for (; place + 128 <= count; place += 128) {
        // At most 32 in each byte, so four vectors are added before they are widened.
        __m256i four = bits_of_vector(_mm256_loadu_si256((const __m256i *)(bytes + place)));
        for (int part = 1; part < 4; part++) {
            const __m256i *vector = (const __m256i *)(bytes + place + part * 32);
            four = _mm256_add_epi8(four, bits_of_vector(_mm256_loadu_si256(vector)));
        }
        sums = _mm256_add_epi64(sums, _mm256_sad_epu8(four, _mm256_setzero_si256()));
    }
    uint64_t parts[4];
    _mm256_storeu_si256((__m256i *)parts, sums);
    return parts[0] + parts[1] + parts[2] + parts[3] + count_by_instruction(bytes + place, count - place);
}

size_t snug_count_bits(const uint8_t *bytes, size_t count) {
    if (count >= 512 && __builtin_cpu_supports("avx2")) return count_by_vectors(bytes, count);
    if (__builtin_cpu_supports("popcnt")) return count_by_instruction(bytes, count);
    return snug_count_bits_portably(bytes, count);
}

#else

size_t snug_count_bits(const uint8_t *bytes, size_t count) {
    size_t sum = 0, place = 0;
    for (; place + 8 <= count; place += 8) sum += (size_t)__builtin_popcountll(word_at(bytes + place));
    return sum + (size_t)__builtin_popcountll(last_word(bytes + place, count - place));
}

#endif

size_t snug_find_other_byte(const uint8_t *bytes, size_t from, size_t count, uint8_t byte) {
    const uint64_t same = byte * 0x0101010101010101;
    // 64 bytes a step while all of them are the same.
    for (; from + 64 <= count; from += 64) {
        uint64_t others = 0;
        for (int part = 0; part < 8; part++) others |= word_at(bytes + from + part * 8) ^ same;
        if (others != 0) break;
    }
    for (; from + 8 <= count && word_at(bytes + from) == same; from += 8) {}
    while (from < count && bytes[from] == byte) from++;
    return from;
}

#define EACH(expression) \
    for (size_t place = 0; place < count; place++) into[place] = (uint8_t)(expression); \
    break

void snug_combine_bits(
    snug_bits_operation operation, uint8_t *restrict into, const uint8_t *restrict from, size_t count) {
    switch (operation) {
    case SNUG_BITS_AND: EACH(into[place] & from[place]);
    case SNUG_BITS_OR: EACH(into[place] | from[place]);
    case SNUG_BITS_XOR: EACH(into[place] ^ from[place]);
    case SNUG_BITS_AND_NOT: EACH(into[place] & ~from[place]);
    case SNUG_BITS_NOT_AND: EACH(~into[place] & from[place]);
    }
}

void snug_combine_two(
    snug_bits_operation operation, uint8_t *restrict into, const uint8_t *first, const uint8_t *second, size_t count) {
    switch (operation) {
    case SNUG_BITS_AND: EACH(first[place] & second[place]);
    case SNUG_BITS_OR: EACH(first[place] | second[place]);
    case SNUG_BITS_XOR: EACH(first[place] ^ second[place]);
    case SNUG_BITS_AND_NOT: EACH(first[place] & ~second[place]);
    case SNUG_BITS_NOT_AND: EACH(~first[place] & second[place]);
    }
}

void snug_complement_bits(uint8_t *restrict into, const uint8_t *restrict from, size_t count) {
    for (size_t place = 0; place < count; place++) into[place] = (uint8_t)~from[place];
}

void snug_note_bits(
    uint8_t *restrict once, uint8_t *restrict twice, const uint8_t *restrict from, size_t count) {
    for (size_t place = 0; place < count; place++) {
        twice[place] |= once[place] & from[place];
        once[place] |= from[place];
    }
}
