#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything that people read can be translated, and every translation fits its original."""

import os
import re
import subprocess
import tempfile

import house
import tap

KEYWORDS = ['_', 'N_', 'C_:1c,2', 'NC_:1c,2', 'ngettext:1,2', 'g_dngettext:2,3', 'g_dpgettext2:2c,3',
            'dngettext:2,3']


def listed():
    return [line for line in house.read('po/POTFILES').splitlines() if line and not line.startswith('#')]


def xgettext(name):
    if name.endswith(('.c', '.h')):
        options = ['--language=C', '--from-code=UTF-8', '--keyword'] + [f'--keyword={k}' for k in KEYWORDS]
    else:
        options = ['--from-code=UTF-8']
    with tempfile.TemporaryDirectory() as folder:
        output = os.path.join(folder, 'out.pot')
        done = subprocess.run(['xgettext', '--output', output] + options + [name], cwd=house.ROOT,
                              capture_output=True, text=True, check=False)
        if done.returncode != 0:
            tap.fail(f'{name}: {done.stderr}')
        if not os.path.exists(output):
            return []
        with open(output, encoding='utf-8') as stream:
            return re.findall(r'^msgid "', stream.read(), re.MULTILINE)


def candidates():
    return house.ours('.c', '.h', '.ui', '.metainfo.xml', '.gschema.xml', under='src/') + \
        house.ours('.metainfo.xml', '.gschema.xml', under='data/') + house.ours('.desktop')


def has_strings(name):
    # The first msgid of a catalogue is the header's, which is empty.
    return len(xgettext(name)) > 1


def test_potfiles_is_complete():
    known = set(listed())
    tap.expect_none(f'po/POTFILES lacks {name}' for name in candidates()
                    if name not in known and has_strings(name))


def test_potfiles_has_nothing_stale():
    problems = []
    for name in listed():
        if not os.path.exists(os.path.join(house.ROOT, name)):
            problems.append(f'{name} is not there')
        elif not has_strings(name):
            problems.append(f'{name} has nothing to translate')
    if listed() != sorted(set(listed())):
        problems.append('po/POTFILES is not sorted')
    tap.expect_none(problems)


def test_translations_are_valid():
    linguas = house.read('po/LINGUAS').split('\n')
    linguas = [line for line in linguas if line and not line.startswith('#')]
    present = [os.path.basename(name)[:-3] for name in house.ours('.po', under='po/')]
    if sorted(linguas) != sorted(present):
        tap.fail(f'po/LINGUAS names {linguas}, there is {present}')
    for name in present:
        done = subprocess.run(['msgfmt', '-c', '-v', '-o', '/dev/null', f'po/{name}.po'], cwd=house.ROOT,
                              capture_output=True, text=True, check=False)
        if done.returncode != 0:
            tap.fail(done.stderr)


def test_messages_are_whole():
    """A message that begins with a comma or a blank is a piece that some code puts behind another one."""
    pattern = re.compile(r'g_string_append(?:_printf)?\s*\([^;]*?\b_\s*\(\s*"[,;. ][^"]*\w[^;]*;')
    tap.expect_none(f'{name}: {call}' for name in house.ours('.c', under='src/')
                    for call in pattern.findall(house.read(name)))


def test_messages_are_not_built_from_pieces():
    """A sentence that is joined from translated halves cannot be translated; lines may be."""
    pattern = re.compile(r'g_strconcat\s*\([^;]*\b_\s*\([^;]*;')
    tap.expect_none(f'{name}: {call}' for name in house.ours('.c', under='src/')
                    for call in pattern.findall(house.read(name)) if '"\\n"' not in call)


tap.main(dict(globals()))
