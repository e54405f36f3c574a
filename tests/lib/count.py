#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts what meson ran: count.py testlog.json. Prints `passed failed skipped`; to stderr, why."""

import json
import re
import sys

LINE = re.compile(r'^(not )?ok\b[ \t]*(\d+)?[ \t]*(?:- )?([^#\n]*)(#[ \t]*(?:SKIP|TO' r'DO)\b.*)?$', re.I)
TAIL = 40


def count_tap(test):
    """Subtests of one program, (passed, failed, skipped) names; None when it speaks no TAP."""
    passed, failed, skipped, planned = [], [], [], None
    for line in test.get('stdout', '').splitlines():
        plan = re.match(r'^1\.\.(\d+)(\s*#\s*skip(.*))?', line, re.I)
        if plan:
            planned = int(plan.group(1))
            if planned == 0:
                skipped.append((plan.group(3) or 'all').strip())
            continue
        match = LINE.match(line)
        if not match:
            continue
        name = match.group(3).strip()
        if match.group(4):
            skipped.append(f'{name} {match.group(4)}')
        elif match.group(1):
            failed.append(name)
        else:
            passed.append(name)
    if planned is None:
        return None
    missing = planned - len(passed) - len(failed) - len(skipped)
    if missing > 0 and planned > 0:
        failed.append(f'{missing} of {planned} did not report')
    return passed, failed, skipped


def count(test):
    result = test['result']
    # Only programs whose protocol is TAP have a plan in what they print.
    tap = count_tap(test)
    if tap is not None:
        passed, failed, skipped = tap
        if result not in ('OK', 'SKIP', 'EXPECTEDFAIL') and not failed:
            failed.append(f'ended as {result}, {test.get("returncode")}')
        return passed, failed, skipped
    if result == 'SKIP':
        return [], [], ['']
    return ([''], [], []) if result in ('OK', 'EXPECTEDFAIL') else ([], [result], [])


def main():
    totals = [0, 0, 0]
    with open(sys.argv[1], encoding='utf-8', errors='replace') as stream:
        tests = [json.loads(line) for line in stream if line.strip()]
    for test in tests:
        passed, failed, skipped = count(test)
        totals = [total + len(part) for total, part in zip(totals, (passed, failed, skipped))]
        for name in skipped:
            print(f'SKIPPED {test["name"]} {name}', file=sys.stderr)
        if failed:
            print(f'\nFAILED {test["name"]} ({test["result"]}, {test.get("duration", 0):.1f} s)',
                  file=sys.stderr)
            for name in failed:
                print(f'    {name}', file=sys.stderr)
            log = test.get('stdout', '').splitlines()[-TAIL:] + test.get('stderr', '').splitlines()[-TAIL:]
            print('\n'.join(f'  | {line}' for line in log), file=sys.stderr)
    print(*totals)


main()
