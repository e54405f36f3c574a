#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""tour.py FOLDER: a walk through the sample store, with a picture of each place."""

import os
import re
import sys

import gumtest
from gumtest import Program, button

folder = sys.argv[1]
number = 0


def picture(program, name, sentence):
    global number
    number += 1
    path = os.path.join(folder, f'{number}-{name}.png')
    gumtest.settle(program)
    gumtest.screenshot(program, path)
    print(f'{number}. {sentence}\n   {path}', flush=True)


def rows(program):
    return [node for node in program.all('list item', re.compile('sold'))]


def open_product(program, pattern):
    row = program.find(None, re.compile(pattern), where=lambda n: 'row.open' in gumtest.actions(n))
    gumtest.act(row, 'row.open')
    return program.find('heading', re.compile(pattern))


def walk():
    program = Program()
    try:
        program.find('push button', button('Open the Sample Store'))
        gumtest.resize(program, 1280, 800)
        picture(program, 'welcome', 'The program opens on a welcome page; there is no account yet.')

        program.click('push button', button('Open the Sample Store'))
        gumtest.wait(lambda: len(rows(program)) > 5, 'products')
        picture(program, 'products', f'The sample store, at once: {len(rows(program))} products are in view.')

        gumtest.focus(program)
        gumtest.keys('ctrl+f')
        program.fill('Search products', 'kleine')
        gumtest.wait(lambda: len(rows(program)) == 1, 'one product')
        picture(program, 'search', 'Typing "kleine" leaves one product.')

        open_product(program, '^Kleine Schriftschule')
        picture(program, 'product', 'Its page, with everything that Gumroad knows of it.')

        gumtest.resize(program, 360, 640)
        picture(program, 'narrow', 'The same page in a window as narrow as a phone.')
        program.close()

        program = Program('--demo', env={'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'})
        gumtest.wait(lambda: len(rows(program)) > 5, 'products')
        gumtest.resize(program, 1280, 800)
        picture(program, 'dark', 'The dark style, in a program started anew: the store opens by itself.')
        program.close()
    finally:
        program.kill()
    print(f'\nThe pictures are in {folder}')


walk()
