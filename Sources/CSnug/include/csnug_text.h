// Sixteen bytes of text looked at in one step. They come as two words, the first byte lowest; an optimised build loads
// them as one. x86-64 always has SSE2, and other machines take the loops below, which give the same.
#ifndef CSNUG_TEXT_H
#define CSNUG_TEXT_H

#include <stdint.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#define SNUG_INLINE static inline __attribute__((always_inline))

/// A bit for each byte, the first one's lowest.
typedef struct {
    /// Digits, letters, and bytes from 0x80 on.
    uint32_t words;
    uint32_t digits;
    /// Bytes below 0x10; of twice sixteen bytes only whether this is 0 has a meaning.
    uint32_t markers;
} snug_byte_classes;

/// Sixteen characters in six bits each: eight in the low six bytes of each word.
typedef struct {
    uint64_t low;
    uint64_t high;
    /// A bit for each that is not of the 64 characters; when there is one, the words hold nothing of use.
    uint32_t others;
} snug_packed_text;

#if defined(__SSE2__)

SNUG_INLINE __m128i snug_sixteen(uint64_t low, uint64_t high) {
    return _mm_set_epi64x((long long)high, (long long)low);
}

/// Bytes from `first` to `first + span`, by a comparison that takes bytes for signed: the stretch is moved to its
/// low end.
SNUG_INLINE __m128i snug_between(__m128i bytes, int first, int span) {
    __m128i moved = _mm_add_epi8(bytes, _mm_set1_epi8((char)(-128 - first)));
    return _mm_cmpgt_epi8(_mm_set1_epi8((char)(-127 + span)), moved);
}

SNUG_INLINE __m128i snug_letters(__m128i bytes, int count) {
    return snug_between(_mm_or_si128(bytes, _mm_set1_epi8(0x20)), 'a', count - 1);
}

SNUG_INLINE uint32_t snug_bits(__m128i bytes) { return (uint32_t)_mm_movemask_epi8(bytes); }

SNUG_INLINE snug_byte_classes snug_classes(__m128i bytes) {
    __m128i digits = snug_between(bytes, '0', 9);
    snug_byte_classes classes = {
        .words = snug_bits(_mm_or_si128(_mm_or_si128(bytes, digits), snug_letters(bytes, 26))),
        .digits = snug_bits(digits),
        .markers = 0,
    };
    return classes;
}

SNUG_INLINE uint32_t snug_markers(__m128i bytes) {
    return snug_bits(_mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x0f)), bytes));
}

SNUG_INLINE snug_byte_classes snug_classify(uint64_t low, uint64_t high) {
    __m128i bytes = snug_sixteen(low, high);
    snug_byte_classes classes = snug_classes(bytes);
    classes.markers = snug_markers(bytes);
    return classes;
}

/// Sixteen bytes, and sixteen that begin `shift` bytes behind the first of them, at most sixteen.
SNUG_INLINE snug_byte_classes snug_classify_two(
    uint64_t low, uint64_t high, uint64_t low_behind, uint64_t high_behind, uint32_t shift) {
    __m128i bytes = snug_sixteen(low, high);
    __m128i behind = snug_sixteen(low_behind, high_behind);
    snug_byte_classes classes = snug_classes(bytes);
    snug_byte_classes classes_behind = snug_classes(behind);
    classes.words |= classes_behind.words << shift;
    classes.digits |= classes_behind.digits << shift;
    classes.markers = snug_markers(_mm_min_epu8(bytes, behind));
    return classes;
}

/// Digits and the letters A to F of either case.
SNUG_INLINE uint32_t snug_hex_digits(uint64_t low, uint64_t high) {
    __m128i bytes = snug_sixteen(low, high);
    return snug_bits(_mm_or_si128(snug_between(bytes, '0', 9), snug_letters(bytes, 6)));
}

/// The bytes of `values` where `bytes` are `first` or above; all are below 0x80.
SNUG_INLINE __m128i snug_where(__m128i bytes, char first, char value) {
    return _mm_and_si128(_mm_cmpgt_epi8(bytes, _mm_set1_epi8(first - 1)), _mm_set1_epi8(value));
}

SNUG_INLINE snug_packed_text snug_pack_text(uint64_t low, uint64_t high) {
    __m128i bytes = snug_sixteen(low, high);
    __m128i letters = snug_letters(bytes, 26);
    __m128i dashes = _mm_or_si128(
        _mm_cmpeq_epi8(bytes, _mm_set1_epi8('-')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('_')));
    __m128i good = _mm_or_si128(_mm_or_si128(letters, dashes), snug_between(bytes, '0', 9));
    // The 64 characters lie in five stretches, and their values side by side.
    __m128i values = _mm_sub_epi8(bytes, _mm_set1_epi8('-'));
    values = _mm_sub_epi8(values, snug_where(bytes, '0', 2));
    values = _mm_sub_epi8(values, snug_where(bytes, 'A', 7));
    values = _mm_sub_epi8(values, snug_where(bytes, '_', 4));
    values = _mm_sub_epi8(values, snug_where(bytes, 'a', 1));
    // Two and two are joined: bytes, then twelve bits, then twenty-four.
    __m128i twelves = _mm_or_si128(
        _mm_and_si128(values, _mm_set1_epi16(0x003f)),
        _mm_and_si128(_mm_srli_epi16(values, 2), _mm_set1_epi16(0x0fc0)));
    __m128i fours = _mm_madd_epi16(twelves, _mm_set1_epi32(4096 << 16 | 1));
    __m128i eights = _mm_or_si128(
        _mm_and_si128(fours, _mm_set1_epi64x(0xffffff)),
        _mm_and_si128(_mm_srli_epi64(fours, 8), _mm_set1_epi64x(0xffffff000000)));
    snug_packed_text packed = {
        .low = (uint64_t)_mm_cvtsi128_si64(eights),
        .high = (uint64_t)_mm_cvtsi128_si64(_mm_unpackhi_epi64(eights, eights)),
        .others = snug_bits(good) ^ 0xffff,
    };
    return packed;
}

/// Sixteen hexadecimal digits of either case in eight bytes, the first of two digits high.
SNUG_INLINE uint64_t snug_pack_hex(uint64_t low, uint64_t high) {
    __m128i bytes = snug_sixteen(low, high);
    __m128i values = _mm_add_epi8(_mm_and_si128(bytes, _mm_set1_epi8(0x0f)), snug_where(bytes, 'A', 9));
    __m128i pairs = _mm_or_si128(_mm_slli_epi16(values, 4), _mm_srli_epi16(values, 8));
    pairs = _mm_and_si128(pairs, _mm_set1_epi16(0x00ff));
    return (uint64_t)_mm_cvtsi128_si64(_mm_packus_epi16(pairs, pairs));
}

#else

SNUG_INLINE uint32_t snug_byte_at(uint64_t low, uint64_t high, int index) {
    return (uint32_t)((index < 8 ? low : high) >> (index % 8 * 8)) & 0xff;
}

SNUG_INLINE snug_byte_classes snug_classify(uint64_t low, uint64_t high) {
    snug_byte_classes classes = {0, 0, 0};
    for (int index = 0; index < 16; index++) {
        uint32_t byte = snug_byte_at(low, high, index);
        uint32_t digit = byte - '0' < 10;
        uint32_t letter = (byte | 0x20) - 'a' < 26;
        classes.words |= (digit | letter | byte >> 7) << index;
        classes.digits |= digit << index;
        classes.markers |= (uint32_t)(byte < 0x10) << index;
    }
    return classes;
}

SNUG_INLINE snug_byte_classes snug_classify_two(
    uint64_t low, uint64_t high, uint64_t low_behind, uint64_t high_behind, uint32_t shift) {
    snug_byte_classes classes = snug_classify(low, high);
    snug_byte_classes classes_behind = snug_classify(low_behind, high_behind);
    classes.words |= classes_behind.words << shift;
    classes.digits |= classes_behind.digits << shift;
    classes.markers |= classes_behind.markers;
    return classes;
}

SNUG_INLINE uint32_t snug_hex_digits(uint64_t low, uint64_t high) {
    uint32_t digits = 0;
    for (int index = 0; index < 16; index++) {
        uint32_t byte = snug_byte_at(low, high, index);
        digits |= (uint32_t)(byte - '0' < 10 || (byte | 0x20) - 'a' < 6) << index;
    }
    return digits;
}

SNUG_INLINE snug_packed_text snug_pack_text(uint64_t low, uint64_t high) {
    snug_packed_text packed = {0, 0, 0};
    for (int index = 0; index < 16; index++) {
        uint32_t byte = snug_byte_at(low, high, index);
        uint32_t isCharacter = byte == '-' || byte == '_' || byte - '0' < 10 || (byte | 0x20) - 'a' < 26;
        uint64_t value = byte - '-' - (byte >= '0') * 2u - (byte >= 'A') * 7u - (byte >= '_') * 4u - (byte >= 'a');
        uint64_t placed = (value & 0x3f) << (index % 8 * 6);
        if (index < 8) packed.low |= placed;
        else packed.high |= placed;
        packed.others |= (isCharacter ^ 1) << index;
    }
    return packed;
}

SNUG_INLINE uint64_t snug_pack_hex(uint64_t low, uint64_t high) {
    uint64_t packed = 0;
    for (int index = 0; index < 16; index++) {
        uint32_t byte = snug_byte_at(low, high, index);
        uint64_t value = (byte & 0x0f) + (byte >= 'A' ? 9 : 0);
        packed |= (value & 0x0f) << (index / 2 * 8 + (index % 2 ? 0 : 4));
    }
    return packed;
}

#endif

#endif
