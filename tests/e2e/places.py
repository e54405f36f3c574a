# SPDX-License-Identifier: GPL-3.0-or-later
"""The ways to the places of the sample store that pictures are taken of."""

import os
import re

import gumtest
from gumtest import button

LARGE = 6 << 30


def list_products(program):
    gumtest.wait(lambda: len(list(program.all('list item', re.compile('sold')))) > 5, 'products')


def open_product(program, name):
    row = program.find(None, re.compile('^' + re.escape(name)), where=lambda n: 'row.open' in gumtest.actions(n))
    gumtest.act(row, 'row.open')
    program.find('heading', re.compile('^' + re.escape(name)))


def act(program, action):
    gumtest.act(program.find(None, where=lambda n: action in gumtest.actions(n)), action)


def edit(program):
    """The form, with a change that is a draft by now."""
    act(program, 'product.edit')
    program.fill('Summary', 'Written on the train')
    program.says('1 change, kept as a draft')


def upload(program, name):
    """The files, with one on its way that is large enough to be seen there."""
    path = os.path.join(os.environ['HOME'], name)
    with open(path, 'wb') as stream:
        stream.truncate(LARGE)
    act(program, 'product.edit-files')
    program.click('push button', button('Add Files…'))
    gumtest.choose(program, path)
    program.find('combo box', name)
    program.click('push button', button('Upload'))
    program.find('list item', re.compile('/s · .* left'))


def change_prices(program):
    """All prices, ten per cent up, before anything is sent."""
    gumtest.focus(program)
    if next(program.all('push button', 'Select products'), None):
        program.click('push button', 'Select products')
    else:
        # In a narrow window it is in the menu.
        gumtest.keys('F10')
        program.click('menu item', re.compile('Select Products'))
    gumtest.wait(lambda: gumtest.active_window() == 'Change Many Products', 'the list to tick')
    gumtest.keys('ctrl+a')
    program.click('push button', button('Price…'))
    gumtest.wait(lambda: gumtest.active_window() == 'Change Prices', 'the form')
    gumtest.typed('10')
    # The second of the choices of the next row.
    gumtest.keys('Tab', 'space')
    program.find('list item', where=gumtest.is_focused)
    gumtest.keys('Down', 'Return')
    program.find('label', re.compile(r'→ .*\.99'))
    program.click('push button', button('Preview'))
    program.find('push button', re.compile('Apply .* Changes'))


def apply_changes(program):
    program.click('push button', re.compile('Apply .* Changes'))
    gumtest.wait(lambda: gumtest.active_window() != 'Change Many Products', 'the window with the list')


def section(program, number, pattern):
    gumtest.focus(program)
    gumtest.keys(f'ctrl+{number}')
    program.find('list item', re.compile(pattern))
