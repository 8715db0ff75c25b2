#include "csnug.h"

#include <sys/mman.h>
#include <unistd.h>

/* Set by the linker: where the program's own text begins and ends. */
extern char __executable_start;
extern char etext;

bool snug_release_text_pages(void) {
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    uintptr_t start = (uintptr_t)&__executable_start & ~(page - 1);
    uintptr_t end = (uintptr_t)&etext & ~(page - 1);
    return end > start && madvise((void *)start, end - start, MADV_DONTNEED) == 0;
}
