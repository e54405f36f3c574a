#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""pictures.py FOLDER: the set of pictures for README and metainfo."""

import os
import re
import sys

import gumtest
from gumtest import Program

SIZES = [(360, 640), (800, 600), (1280, 800)]

folder = sys.argv[1]


def take(program, name, size, style):
    path = os.path.join(folder, f'{name}-{size[0]}x{size[1]}-{style}.png')
    gumtest.settle(program)
    gumtest.screenshot(program, path)
    print(path, flush=True)


def main():
    for style in ('light', 'dark'):
        for size in SIZES:
            # A configuration each, so that no picture depends on the one before; letters and buttons
            # as GNOME has them.
            config = f'{os.environ["HOME"]}/{style}-{size[0]}'
            os.makedirs(f'{config}/gtk-4.0')
            with open(f'{config}/gtk-4.0/settings.ini', 'w', encoding='utf-8') as stream:
                stream.write('[Settings]\ngtk-font-name=Cantarell 11\ngtk-decoration-layout=:close\n')
            program = Program('--demo', env={'ADW_DEBUG_COLOR_SCHEME': f'prefer-{style}',
                                             'XDG_CONFIG_HOME': config})
            try:
                gumtest.wait(lambda: len(list(program.all('list item', re.compile('sold')))) > 5, 'products')
                gumtest.resize(program, *size)
                take(program, 'products', size, style)
                row = program.find(None, re.compile('^Kleine Schriftschule'),
                                   where=lambda n: 'row.open' in gumtest.actions(n))
                gumtest.act(row, 'row.open')
                program.find('heading', re.compile('^Kleine Schriftschule'))
                take(program, 'product', size, style)
                program.close()
            finally:
                program.kill()


main()
