# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests in Python that speak TAP: functions named test_* are run in order, each one a subtest."""

import os
import sys
import traceback


def fail(*problems):
    """Ends a test."""
    raise AssertionError('\n'.join(str(problem) for problem in problems))


def expect_none(problems):
    """Passes if the list of problems is empty, else fails with all of them."""
    problems = list(problems)
    if problems:
        fail(*problems)


def main(namespace):
    tests = [(name, value) for name, value in namespace.items()
             if name.startswith('test_') and callable(value)]
    failed = 0
    print(f'1..{len(tests)}', flush=True)
    for number, (name, function) in enumerate(tests, 1):
        try:
            function()
            print(f'ok {number} {name[5:].replace("_", "-")}', flush=True)
        except BaseException as error:  # whatever it is, the other tests still run
            if isinstance(error, KeyboardInterrupt):
                raise
            text = str(error) if isinstance(error, AssertionError) and str(error) \
                else traceback.format_exc()
            for line in text.splitlines():
                print(line, file=sys.stderr, flush=True)
            print(f'not ok {number} {name[5:].replace("_", "-")}', flush=True)
            failed += 1
    sys.exit(1 if failed else 0)


def source_root():
    return os.environ['GUM_SOURCE_ROOT']


def build_root():
    return os.environ['GUM_BUILD_ROOT']
