#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""pictures.py FOLDER: the set of pictures for README and metainfo."""

import os
import subprocess
import sys

import gumtest
import places
from gumtest import Program

SIZES = [(360, 640), (800, 600), (1280, 800)]
# What GTK draws around a window where nothing composes them.
FRAME = 5

folder = sys.argv[1]


def take(program, name, size, style, still=True):
    path = os.path.join(folder, f'{name}-{size[0]}x{size[1]}-{style}.png')
    if still:
        gumtest.settle(program)
    gumtest.screenshot(program, path)
    subprocess.run(['mogrify', '-crop', f'{size[0]}x{size[1]}+{FRAME}+{FRAME}', '+repage', path], check=True)
    print(path, flush=True)


def resize(program, size):
    gumtest.resize(program, size[0] + 2 * FRAME, size[1] + 2 * FRAME)


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
                places.list_products(program)
                resize(program, size)
                take(program, 'products', size, style)
                places.open_product(program, 'Kleine Schriftschule')
                take(program, 'product', size, style)
                places.edit(program)
                take(program, 'edit', size, style)
                places.act(program, 'subpage.close')
                places.upload(program, 'Übungsblätter 2.pdf')
                take(program, 'files', size, style, still=False)
                program.click('push button', 'Cancel')
                places.act(program, 'subpage.close')
                gumtest.keys('alt+Left')
                places.list_products(program)
                places.section(program, 2, ' off')
                take(program, 'discounts', size, style)
                places.section(program, 1, 'sold')
                places.change_prices(program)
                if size[0] < 500:
                    resize(program, size)
                take(program, 'changes', size, style)
                places.apply_changes(program)
                places.section(program, 4, '^Prices of')
                take(program, 'activity', size, style, still=False)
                program.close()
            finally:
                program.kill()


main()
