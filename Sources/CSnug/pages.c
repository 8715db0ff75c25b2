#define _GNU_SOURCE
#include "csnug.h"

#include <link.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* A segment that was mapped without leave to write, in an object without text relocations, holds what its file holds. */
static bool is_never_written(const struct dl_phdr_info *object, const ElfW(Phdr) *segment) {
    if (segment->p_type != PT_LOAD || (segment->p_flags & PF_W) != 0) return false;
    for (int i = 0; i < object->dlpi_phnum; i += 1) {
        if (object->dlpi_phdr[i].p_type != PT_DYNAMIC) continue;
        const ElfW(Dyn) *entry = (const ElfW(Dyn) *)(object->dlpi_addr + object->dlpi_phdr[i].p_vaddr);
        for (; entry->d_tag != DT_NULL; entry += 1) {
            if (entry->d_tag == DT_TEXTREL) return false;
            if (entry->d_tag == DT_FLAGS && (entry->d_un.d_val & DF_TEXTREL) != 0) return false;
        }
    }
    return true;
}

static int release_segments(struct dl_phdr_info *object, size_t size, void *context) {
    (void)size;
    (void)context;
    /* The kernel's own page of code has no file behind it. */
    if (strncmp(object->dlpi_name, "linux-", 6) == 0) return 0;
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    for (int i = 0; i < object->dlpi_phnum; i += 1) {
        const ElfW(Phdr) *segment = &object->dlpi_phdr[i];
        if (!is_never_written(object, segment)) continue;
        uintptr_t start = (object->dlpi_addr + segment->p_vaddr) & ~(page - 1);
        /* The last page is left out: its rest may be another segment's. */
        uintptr_t end = (object->dlpi_addr + segment->p_vaddr + segment->p_memsz) & ~(page - 1);
        if (end > start) (void)madvise((void *)start, end - start, MADV_DONTNEED);
    }
    return 0;
}

void snug_release_text_pages(void) { (void)dl_iterate_phdr(release_segments, NULL); }
