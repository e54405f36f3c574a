#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every file that the desktop reads is what the desktop's own checkers take."""

import glob
import os
import re
import subprocess
import xml.etree.ElementTree as ElementTree

import house
import tap

ID = 'org.example.Gumroad'
DATA = os.path.join(house.ROOT, 'data')
BUILD = tap.build_root()

# The ID is given; that it has an upper-case letter is a hint, not an error.
KNOWN_HINTS = {'cid-contains-uppercase-letter'}


def run(*command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          check=False)
    if done.returncode != 0:
        tap.fail(' '.join(command), done.stdout)
    return done.stdout


def metainfo():
    return ElementTree.parse(os.path.join(DATA, f'{ID}.metainfo.xml')).getroot()


def desktop_keys(path):
    with open(path, encoding='utf-8') as stream:
        return dict(line.rstrip('\n').split('=', 1) for line in stream if '=' in line)


def test_desktop_file():
    for path in (os.path.join(house.ROOT, f'{ID}.desktop'), os.path.join(BUILD, f'{ID}.desktop')):
        if run('desktop-file-validate', path).strip():
            tap.fail(run('desktop-file-validate', path))
        keys = desktop_keys(path)
        expected = {'Exec': 'gumroad', 'Icon': ID, 'DBusActivatable': 'true', 'StartupNotify': 'true',
                    'X-GNOME-UsesNotifications': 'true'}
        tap.expect_none(f'{path}: {key} is {keys.get(key)}' for key, value in expected.items()
                        if keys.get(key) != value)
        if not keys.get('Keywords', '').endswith(';'):
            tap.fail(f'{path}: no keywords')


def test_metainfo():
    for path in (os.path.join(DATA, f'{ID}.metainfo.xml'),
                 os.path.join(BUILD, 'data', f'{ID}.metainfo.xml')):
        output = run('appstreamcli', 'validate', '--no-net', '--pedantic', '--no-color', path)
        hints = set(re.findall(r'^[EWIP]: \S+ (\S+)', output, re.MULTILINE))
        tap.expect_none(sorted(hints - KNOWN_HINTS))


def test_metainfo_for_a_shop_window():
    """The limits of the application catalogues, which the validator does not know."""
    root = metainfo()
    problems = []
    name, summary = root.findtext('name'), root.findtext('summary')
    if len(name) > 15:
        problems.append(f'name of {len(name)} characters')
    if not 10 <= len(summary) <= 35 or summary.endswith('.') or re.match(r'(A|An|The) ', summary):
        problems.append(f'summary "{summary}"')
    if re.search(r'gtk|adwaita|qt|gnome', name + summary, re.IGNORECASE):
        problems.append('a toolkit in name or summary')
    screenshots = root.findall('screenshots/screenshot')
    if len(screenshots) < 3:
        problems.append(f'{len(screenshots)} screenshots')
    for screenshot in screenshots:
        image = screenshot.find('image')
        if not screenshot.findtext('caption'):
            problems.append(f'{image.text} has no caption')
        if int(image.get('width')) > 1000 or int(image.get('height')) > 700:
            problems.append(f'{image.text} is too large')
    if len(root.findall('branding/color')) != 2:
        problems.append('not two colours')
    if not all((release.findtext('description/p') or '').strip()
               for release in root.findall('releases/release')):
        problems.append('a release without notes')
    tap.expect_none(problems)


def test_metainfo_names_real_pictures():
    def size(path):
        with open(path, 'rb') as stream:
            head = stream.read(24)
        return int.from_bytes(head[16:20], 'big'), int.from_bytes(head[20:24], 'big')

    problems = []
    for image in metainfo().findall('screenshots/screenshot/image'):
        path = os.path.join(DATA, 'screenshots', os.path.basename(image.text))
        if not os.path.exists(path):
            problems.append(f'no {path}')
        elif size(path) != (int(image.get('width')), int(image.get('height'))):
            problems.append(f'{path} is {size(path)}')
    tap.expect_none(problems)


def test_version_is_released():
    version = re.search(r"^\s*version: '([^']+)'", house.read('meson.build'), re.MULTILINE).group(1)
    if version not in [release.get('version') for release in metainfo().iter('release')]:
        tap.fail(f'no release notes for {version}')


def test_schema():
    run('glib-compile-schemas', '--strict', '--dry-run', DATA)
    root = ElementTree.parse(os.path.join(DATA, f'{ID}.gschema.xml')).getroot()
    schemas = root.findall('schema')
    if [(schema.get('id'), schema.get('path')) for schema in schemas] != [(ID, '/org/example/Gumroad/')]:
        tap.fail('not one schema at its path')
    used = {key for name in house.ours('.c', '.ui', under='src/')
            for key in re.findall(r'g_settings_(?:get|set|bind|reset)\w*\s*\([^,;]*,\s*"([^"]+)"',
                                  house.read(name))}
    known = {key.get('name') for key in root.iter('key')}
    tap.expect_none([f'the code uses an unknown key {key}' for key in sorted(used - known)] +
                    [f'no summary for {key.get("name")}' for key in root.iter('key')
                     if not key.findtext('summary')])


def test_dbus_service():
    paths = glob.glob(os.path.join(BUILD, 'data', '*.service'))
    if len(paths) != 1:
        tap.fail(f'services: {paths}')
    keys = desktop_keys(paths[0])
    if f'{keys.get("Name")}.service' != os.path.basename(paths[0]):
        tap.fail(f'{paths[0]} has the name {keys.get("Name")}')
    if not re.fullmatch(r'/\S+/gumroad --gapplication-service', keys.get('Exec', '')):
        tap.fail(f'Exec is {keys.get("Exec")}')


def test_icons():
    wanted = {f'data/icons/hicolor/scalable/apps/{ID}.svg': '128',
              f'data/icons/hicolor/symbolic/apps/{ID}-symbolic.svg': '16'}
    for name, size in wanted.items():
        root = ElementTree.parse(os.path.join(house.ROOT, name)).getroot()
        if (root.get('width'), root.get('height'), root.get('viewBox')) != (size, size, f'0 0 {size} {size}'):
            tap.fail(f'{name} is not {size} × {size}')
        if re.search(r'<(image|script|text)\b|href', house.read(name)):
            tap.fail(f'{name} needs more than a drawing may need')


def test_resources():
    """Each bundle lists what there is: no template is forgotten, none is listed that is gone."""
    problems = []
    for name in house.ours('.gresource.xml', under='src/'):
        folder = os.path.dirname(name)
        root = ElementTree.parse(os.path.join(house.ROOT, name)).getroot()
        listed = {f'{folder}/{file.text.strip()}' for file in root.iter('file')}
        problems += [f'{name} lists {file}, which is not there' for file in sorted(listed)
                     if not os.path.exists(os.path.join(house.ROOT, file))]
        problems += [f'{name} does not list {file}'
                     for file in house.ours('.ui', '.css', under=f'{folder}/') if file not in listed]
        problems += [f'{file} is not there as PNG too' for file in sorted(listed)
                     if file.endswith('-symbolic.svg') and file.replace('.svg', '.symbolic.png') not in listed]
    for name in house.ours('.ui', '.xml'):
        try:
            ElementTree.parse(os.path.join(house.ROOT, name))
        except ElementTree.ParseError as error:
            problems.append(f'{name}: {error}')
    tap.expect_none(problems)


tap.main(dict(globals()))
