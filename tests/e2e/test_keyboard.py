#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole way through the sample store without a mouse: only keys are sent, only the tree is read."""

import re

import gumtest
import tap
from gumtest import Program, button

program = Program()


def rows():
    return list(program.all('list item', re.compile('sold')))


def focused():
    """The widget that has the keyboard, as a screen reader would be told."""
    return next(program.all(where=lambda n: n.get_state_set().contains(gumtest.Atspi.StateType.FOCUSED)), None)


def tab_to(name, key='Tab', most=25):
    """Goes on with Tab until something of that name has the keyboard."""
    seen = []
    for _ in range(most):
        node = focused()
        if node is not None and gumtest.fits(node.get_name(), name):
            return node
        before = node.get_name() if node else None
        seen.append(before)
        gumtest.keys(key)
        try:
            gumtest.wait(lambda old=before: (lambda n: n and n.get_name() != old)(focused()), 'another focus', 2)
        except gumtest.Late:
            continue
    return tap.fail(f'Tab never came to {name.pattern}, but to {seen}')


def test_1_open_the_sample_store():
    program.find('push button', button('Open the Sample Store'))
    gumtest.focus(program)
    gumtest.wait(lambda: focused() and gumtest.fits(focused().get_name(), button('Sign In to Gumroad')),
                 'the first focus')
    tab_to(button('Open the Sample Store'))
    gumtest.keys('Return')
    gumtest.wait(lambda: len(rows()) > 5, 'products')


def test_2_search_and_clear():
    gumtest.keys('ctrl+f')
    gumtest.wait(lambda: next(program.all('entry', 'Search products'), None), 'the search field')
    gumtest.typed('saltmarsh')
    gumtest.wait(lambda: len(rows()) == 1, 'one product')


def test_3_open_the_product_and_come_back():
    gumtest.keys('Down', 'Return')
    program.find('label', re.compile('^Saltmarsh Sans'))
    program.says(re.compile(r'\$45'))
    gumtest.keys('alt+Left')
    gumtest.keys('Escape')
    gumtest.wait(lambda: len(rows()) > 5, 'all products')


def test_4_arrows_and_return():
    tab_to(re.compile('sold'))
    before = focused().get_name()
    gumtest.keys('Down')
    name = gumtest.wait(lambda: focused() and focused().get_name() != before and focused().get_name(), 'the next row')
    gumtest.keys('Return')
    program.find('heading', where=lambda node: node.get_name() and name.startswith(node.get_name()))
    gumtest.keys('alt+Left')


def test_5_menu_and_shortcuts():
    gumtest.keys('F10')
    program.find('menu item', re.compile('Preferences'))
    gumtest.keys('Escape')
    gumtest.keys('ctrl+question')
    # The words are elsewhere too: it is the window that has to come.
    program.find('frame', re.compile('Shortcuts'))
    gumtest.keys('Escape')
    gumtest.keys('ctrl+comma')
    program.find('frame', re.compile('Preferences'))
    gumtest.keys('Escape')


def test_6_quit():
    gumtest.focus(program)
    gumtest.keys('ctrl+q')
    program.ended()


try:
    tap.main(dict(globals()))
finally:
    program.kill()
