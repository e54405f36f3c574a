#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of the house that a compiler does not know: layout, layers, licences, sizes."""

import os
import re

import house
import tap

TOP_LEVEL = {'src', 'data', 'po', 'tests', 'meson.build', 'org.example.Gumroad.desktop',
             'README.md', 'COPYING'}

# Folder: the folders whose headers it may use. src/meson.build gives no others to the compiler; this
# also sees what comes by a relative path or in a file that is not compiled.
LAYERS = {
    'base': {'base'},
    'api': {'base', 'api'},
    'account': {'base', 'api', 'account'},
    'store': {'base', 'api', 'store'},
    'sandbox': {'base', 'sandbox'},
    'ui': {'base', 'api', 'account', 'store', 'ui', 'sandbox'},
    'app': {'base', 'api', 'account', 'store', 'ui', 'app', 'sandbox'},
}

LONGEST_FILE = 900


def layer_of(name):
    return name.split('/')[1]


def includes(name):
    return re.findall(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', house.read(name), re.MULTILINE)


def test_top_level():
    top = {name.split('/')[0] for name in house.files()}
    extra = {name for name in top - TOP_LEVEL if not name.startswith('.')}
    tap.expect_none([f'{name} does not belong into the top level' for name in sorted(extra)] +
                    [f'{name} is missing' for name in sorted(TOP_LEVEL - top)])


def test_layers():
    home = {}
    for name in house.ours('.h', under='src/'):
        base = os.path.basename(name)
        if base in home:
            tap.fail(f'{name} and {home[base]} have one name')
        home[base] = name

    problems = []
    for name in house.ours('.c', '.h', under='src/'):
        for kind, header in includes(name):
            target = home.get(os.path.basename(header))
            if '..' in header:
                problems.append(f'{name} includes {header} by a path that leaves its folder')
            elif kind == '"' and target and layer_of(target) not in LAYERS[layer_of(name)]:
                problems.append(f'{name} includes {target} of a layer it may not know')
    tap.expect_none(problems)


def test_build_layers():
    """The meson.build files hand no upper layer's dependency to a lower one."""
    problems = []
    for layer, allowed in LAYERS.items():
        for name in house.ours('meson.build', under=f'src/{layer}/'):
            text = re.sub(r'^\s*#.*$', '', house.read(name), flags=re.MULTILINE)
            for used in re.findall(r'\b([a-z]+)_(?:dep|inc)\b', text):
                if used in LAYERS and used not in allowed:
                    problems.append(f'{name} uses {used}')
    tap.expect_none(problems)


def used_outside(headers, may):
    pattern = re.compile(headers)
    return [f'{name} includes {header}'
            for name in house.ours('.c', '.h', under='src/')
            for _, header in includes(name)
            if pattern.match(header) and not may(name)]


def test_gtk_only_in_the_window():
    tap.expect_none(used_outside(r'(gtk/|gdk/|gsk/|adwaita)',
                                 lambda name: layer_of(name) in ('ui', 'app')))


def test_sqlite_only_in_the_store():
    tap.expect_none(used_outside(r'sqlite3', lambda name: layer_of(name) == 'store'))


def test_libsecret_in_one_file():
    tap.expect_none(used_outside(r'libsecret/', lambda name: name == 'src/account/gum-keyring.c'))


def test_libsoup_where_the_network_is():
    tap.expect_none(used_outside(r'libsoup/', lambda name: layer_of(name) in
                                 ('api', 'account', 'store', 'sandbox')))


def test_spdx():
    marked = ('.c', '.h', '.py', '.sh', '.ui', '.xml', '.svg', '.css', '.build', '.desktop', '.in', '.md',
              '.conf', '.po', '.supp')
    problems = []
    for name in house.ours():
        plain = '.' not in os.path.basename(name) and name.startswith('tests/')
        if name.endswith('.md') or not (name.endswith(marked) or plain):
            continue
        if 'SPDX-License-Identifier: GPL-3.0-or-later' not in '\n'.join(
                house.read(name).splitlines()[:4]):
            problems.append(f'{name} has no SPDX line at its top')
    tap.expect_none(problems)


def test_no_file_is_too_long():
    problems = []
    for name in house.ours('.c', '.h', '.py', '.ui', '.css', '.build'):
        lines = house.read(name).count('\n')
        if lines > LONGEST_FILE:
            problems.append(f'{name} has {lines} lines')
    tap.expect_none(problems)


def test_nothing_is_left_for_later():
    pattern = re.compile(r'\b(' + '|'.join(['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X', 'HA' + 'CK']) + r')\b')
    tap.expect_none(f'{name}:{number}: {line.strip()}'
                    for name in house.ours('.c', '.h', '.py', '.ui', '.css', '.build', '.md', '.xml')
                    for number, line in enumerate(house.read(name).splitlines(), 1)
                    if pattern.search(line))


def test_no_blind_eye_for_deprecations():
    tap.expect_none(f'{name} has {word}'
                    for name in house.ours('.c', '.h', '.build')
                    for word in ('-Wno-deprecated' + '-declarations', 'G_GNUC_BEGIN_IGNORE' + '_DEPRECATIONS')
                    if word in house.read(name))


def test_no_web_view_and_no_password():
    """Signing in is the system browser's business: RFC 8252, 8.12; RFC 9700, 2.4."""
    pattern = re.compile(r'webkit|grant_type[=", ]+password|grant_type[=", ]+implicit', re.IGNORECASE)
    tap.expect_none(f'{name}:{number}: {line.strip()}'
                    for name in house.ours('.c', '.h', '.ui', 'meson.build')
                    if not name.startswith('tests/')
                    for number, line in enumerate(house.read(name).splitlines(), 1)
                    if pattern.search(line))


def test_no_machine_in_the_text():
    pattern = re.compile(r'/(work|home|root|tmp)/[a-z]')
    tap.expect_none(f'{name}:{number}: {line.strip()}'
                    for name in house.ours('.c', '.h', '.py', '.ui', '.build', '.md', '.xml', '.desktop')
                    if not name.startswith('tests/')
                    for number, line in enumerate(house.read(name).splitlines(), 1)
                    if pattern.search(line))


tap.main(dict(globals()))
