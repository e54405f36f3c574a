/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* The one function of a target. Built with libFuzzer it is called with what the fuzzer makes up; built
 * with replay.c, with every file of the corpus. */
int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);
