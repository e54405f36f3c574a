/* SPDX-License-Identifier: GPL-3.0-or-later */

/* GLib's table of quarks starts with room for 2048, and is left behind when it grows, because other threads may
 * be reading it. A program with many types gets there, and LeakSanitizer counts the table as a leak of ours. So the
 * sanitizer is told of the first table, which is found by what stands in it. */

#include "config.h"

#include <glib.h>
#include <link.h>
#include <string.h>

#define FIRST_TABLE (2048 * sizeof (char *))

void   __lsan_ignore_object           (const void          *object) __attribute__((weak));
int    __sanitizer_get_ownership      (const volatile void *object) __attribute__((weak));
size_t __sanitizer_get_allocated_size (const volatile void *object) __attribute__((weak));

static gboolean
is_table (gpointer candidate)
{
  const char * const *strings = candidate;

  if (candidate == NULL || ((guintptr) candidate & 7) != 0 || !__sanitizer_get_ownership (candidate) ||
      __sanitizer_get_allocated_size (candidate) != FIRST_TABLE)
    return FALSE;

  for (GQuark quark = 1; quark <= 8; quark++)
    {
      if (strings[quark] != g_quark_to_string (quark))
        return FALSE;
    }

  return TRUE;
}

__attribute__((no_sanitize_address))
static int
search_library (struct dl_phdr_info *info,
                size_t               size,
                void                *data)
{
  if (strstr (info->dlpi_name, "libglib-2.0") == NULL)
    return 0;

  for (int i = 0; i < info->dlpi_phnum; i++)
    {
      const ElfW(Phdr) *header = &info->dlpi_phdr[i];
      gpointer *words = (gpointer *) (info->dlpi_addr + header->p_vaddr);

      if (header->p_type != PT_LOAD || (header->p_flags & PF_W) == 0)
        continue;
      for (gsize j = 0; j < header->p_memsz / sizeof (gpointer); j++)
        {
          if (is_table (words[j]))
            __lsan_ignore_object (words[j]);
        }
    }

  return 1;
}

static void __attribute__((constructor))
ignore_first_table (void)
{
  if (__lsan_ignore_object != NULL && __sanitizer_get_ownership != NULL)
    dl_iterate_phdr (search_library, NULL);
}
