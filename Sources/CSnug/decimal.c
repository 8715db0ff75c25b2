#include "csnug.h"

#include <ctype.h>
#include <errno.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Static_assert(sizeof(long double) <= sizeof(snug_long_double), "a long double has 16 bytes or fewer");

static long double load(const snug_long_double *value) {
    long double number;
    memcpy(&number, value->bytes, sizeof number);
    return number;
}

static void store(long double number, snug_long_double *value) {
    memset(value, 0, sizeof *value);
    memcpy(value->bytes, &number, sizeof number);
}

bool snug_long_double_parse(const void *text, size_t count, snug_long_double *value) {
    /* As long as the longest text that Redis takes. */
    char copy[5 * 1024];
    if (count == 0 || count >= sizeof copy || isspace(*(const unsigned char *)text)) return false;
    memcpy(copy, text, count);
    copy[count] = 0;
    char *end = copy;
    errno = 0;
    long double number = strtold(copy, &end);
    if ((size_t)(end - copy) != count || isnan(number)) return false;
    /* Too large or too small; a denormal result is taken as it is. */
    if (errno == ERANGE && (isinf(number) || number == 0)) return false;
    if (errno == EINVAL) return false;
    store(number, value);
    return true;
}

bool snug_double_parse(const void *text, size_t count, bool blanks, bool infinite, double *value) {
    char copy[5 * 1024];
    if (count >= sizeof copy) return false;
    if (!blanks && (count == 0 || isspace(*(const unsigned char *)text))) return false;
    if (count > 0) memcpy(copy, text, count);
    copy[count] = 0;
    char *end = copy;
    errno = 0;
    double number = strtod(copy, &end);
    if ((size_t)(end - copy) != count || isnan(number)) return false;
    if (!infinite && errno == ERANGE && (isinf(number) || number == 0)) return false;
    *value = number;
    return true;
}

bool snug_long_double_add(const snug_long_double *left, const snug_long_double *right, snug_long_double *sum) {
    long double number = load(left) + load(right);
    if (!isfinite(number)) return false;
    store(number, sum);
    return true;
}

bool snug_long_double_subtract(
    const snug_long_double *left, const snug_long_double *right, snug_long_double *difference) {
    long double number = load(left) - load(right);
    if (!isfinite(number)) return false;
    store(number, difference);
    return true;
}

int snug_long_double_compare(const snug_long_double *left, const snug_long_double *right) {
    long double first = load(left), second = load(right);
    return (first > second) - (first < second);
}

int snug_long_double_add_between(
    const snug_long_double *left, const snug_long_double *right, const snug_long_double *lower,
    const snug_long_double *upper, snug_long_double *sum) {
    long double number = load(left) + load(right);
    long double least = lower == NULL ? -LDBL_MAX : fmaxl(load(lower), -LDBL_MAX);
    long double most = upper == NULL ? LDBL_MAX : fminl(load(upper), LDBL_MAX);
    int side = (number > most) - (number < least);
    store(side > 0 ? most : side < 0 ? least : number, sum);
    return side;
}

void snug_long_double_from(double number, snug_long_double *value) { store(number, value); }

size_t snug_fixed_format(double value, int digits, void *text, size_t capacity) {
    int written = snprintf(text, capacity, "%.*f", digits, value);
    return written < 0 ? 0 : (size_t)written;
}

size_t snug_long_double_format(const snug_long_double *value, void *text, size_t capacity) {
    char *digits = text;
    int written = snprintf(digits, capacity, "%.17Lf", load(value));
    if (written < 0) return 0;
    size_t count = (size_t)written;
    if (count >= capacity) return count + 1;
    if (memchr(digits, '.', count) != NULL) {
        while (digits[count - 1] == '0') count--;
        if (digits[count - 1] == '.') count--;
    }
    if (count == 2 && digits[0] == '-' && digits[1] == '0') {
        digits[0] = '0';
        count = 1;
    }
    return count;
}
