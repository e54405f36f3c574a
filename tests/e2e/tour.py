#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""tour.py FOLDER: a walk through the sample store, with a picture of each place."""

import os
import re
import sys

import gumtest
import places
from gumtest import Program, button

folder = sys.argv[1]
number = 0


def picture(program, name, sentence, still=True):
    global number
    number += 1
    path = os.path.join(folder, f'{number}-{name}.png')
    if still:
        gumtest.settle(program)
    gumtest.screenshot(program, path)
    print(f'{number}. {sentence}\n   {path}', flush=True)


def walk():
    program = Program()
    try:
        program.find('push button', button('Open the Sample Store'))
        gumtest.resize(program, 1280, 800)
        picture(program, 'welcome', 'The program opens on a welcome page; there is no account yet.')

        program.click('push button', button('Open the Sample Store'))
        places.list_products(program)
        picture(program, 'products', 'The sample store, at once.')

        gumtest.focus(program)
        gumtest.keys('ctrl+f')
        program.fill('Search products', 'kleine')
        gumtest.wait(lambda: len(list(program.all('list item', re.compile('sold')))) == 1, 'one product')
        picture(program, 'search', 'Typing "kleine" leaves one product.')

        places.open_product(program, 'Kleine Schriftschule')
        picture(program, 'product', 'Its page, with everything that Gumroad knows of it.')

        places.edit(program)
        picture(program, 'edit', 'What is typed is kept as a draft until it is saved.')
        places.act(program, 'subpage.close')
        places.upload(program, 'Übungsblätter 2.pdf')
        picture(program, 'files', 'A file on its way, in the place of the one before.', still=False)
        program.click('push button', 'Cancel')
        places.act(program, 'subpage.close')

        gumtest.resize(program, 360, 640)
        picture(program, 'narrow', 'The same page in a window as narrow as a phone.')
        gumtest.resize(program, 1280, 800)
        gumtest.focus(program)
        gumtest.keys('alt+Left', 'ctrl+f', 'Escape')
        places.list_products(program)
        places.change_prices(program)
        picture(program, 'changes', 'Every price before and after, and how long it takes, before anything is sent.')
        places.apply_changes(program)
        places.section(program, 4, '^Prices of')
        picture(program, 'activity', 'What is being sent, at the pace that Gumroad allows.', still=False)
        places.section(program, 2, ' off')
        picture(program, 'discounts', 'Discount codes of all products in one list.')
        places.section(program, 1, 'sold')
        program.close()

        program = Program('--demo', env={'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'})
        gumtest.resize(program, 1280, 800)
        places.list_products(program)
        picture(program, 'dark', 'The dark style, in a program started anew: the store opens by itself.')
        program.close()
    finally:
        program.kill()
    print(f'\nThe pictures are in {folder}')


walk()
