#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A newcomer looks around: the sample store from the welcome page, search, a product, back, and out. No
account, no keyring, no network."""

import re

import gumtest
import tap
from gumtest import Program, button

program = Program()


def rows():
    return list(program.all('list item', re.compile('sold')))


def test_1_welcome():
    program.find('push button', button('Open the Sample Store'))


def test_2_a_shop_at_once():
    program.click('push button', button('Open the Sample Store'))
    gumtest.wait(lambda: len(rows()) > 5, 'products')
    program.says(re.compile('nothing in it is real'))


def test_3_search():
    gumtest.focus(program)
    gumtest.keys('ctrl+f')
    program.fill('Search products', 'kleine schrift')
    gumtest.wait(lambda: len(rows()) == 1 and 'Kleine Schriftschule' in rows()[0].get_name(), 'the one product')
    program.fill('Search products', 'nothing of the kind')
    gumtest.wait(lambda: not rows(), 'no products')
    program.fill('Search products', '')
    gumtest.wait(lambda: len(rows()) > 5, 'all products')
    gumtest.keys('Escape')


def test_4_a_product():
    row = program.find(None, re.compile('^Kleine Schriftschule'), where=lambda n: 'row.open' in gumtest.actions(n))
    gumtest.act(row, 'row.open')
    program.find('label', re.compile('Kleine Schriftschule'))
    program.says(re.compile('€49'))


def test_5_nothing_is_named_after_its_type():
    # Rows of an expander row are libadwaita's own, two deep, of which it names the outer one.
    roles = ('push button', 'toggle button', 'check box', 'entry')
    rows_of_ours = ('Products', 'Sections')
    tap.expect_none(gumtest.path_of(node)
                    for node in program.all(where=lambda n: n.get_role_name() in roles or
                                            (n.get_role_name() == 'list item' and
                                             n.get_parent().get_name() in rows_of_ours))
                    if re.match(r'(Gtk|Adw|Gum)[A-Z]|$', node.get_name()))


def test_6_a_second_start_raises_the_first():
    second = Program('--demo')
    second.ended()
    if len(gumtest.windows(program)) != 1:
        tap.fail(f'windows: {gumtest.windows(program)}')


def test_7_leave():
    program.act('win.leave-sample')
    program.find('push button', button('Open the Sample Store'))
    gumtest.focus(program)
    gumtest.keys('ctrl+q')
    program.ended()


try:
    tap.main(dict(globals()))
finally:
    program.kill()
