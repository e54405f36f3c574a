#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A discount code for every product: what buyers would pay is shown before, the program is killed in the middle and
asks afterwards, each product gets the code once, and all of them are taken back."""

import json
import re
import urllib.parse

import gumtest
import tap
from gumtest import button
from seller import Seller

N = 12
CODE = 'AUTUMN'

seller = Seller('--products', str(N), '--seed', '3')
program = None
expected = set()


def sent(method):
    return [urllib.parse.unquote(request['path'].split('/')[3])
            for request in seller.writes('/offer_codes') if request['method'] == method]


def holders():
    """Who has the code at Gumroad."""
    found = set()
    for product in seller.products():
        codes = seller.ask(f'products/{urllib.parse.quote(product["id"], safe="")}/offer_codes')['offer_codes']
        found |= {product['id'] for code in codes if code['name'] == CODE}
        for code in codes:
            if code['name'] == CODE and (code['percent_off'], code['max_purchase_count']) != (25, 50):
                tap.fail(f'another code than was asked for: {json.dumps(code)}')
    return found


def open_batch(name):
    row = program.find('list item', re.compile(name))
    gumtest.focus(program)
    gumtest.point(row)
    program.find('push button', button('Copy Details'))


def test_1_what_buyers_would_pay():
    global program
    for product in seller.products():
        seller.sandbox.control('edit', id=product['id'], set={'price': 2000, 'currency': 'usd'})
    expected.update(product['id'] for product in seller.products())
    program = seller.sign_in()
    gumtest.focus(program)
    program.click('push button', 'Select products')
    program.says(f'Select _All {N}')
    gumtest.wait(lambda: gumtest.active_window() == 'Change Many Products', 'the list to tick')
    gumtest.keys('ctrl+a')
    program.says(f'{N} selected')
    seller.page_action('bulk.code')
    gumtest.wait(lambda: gumtest.active_window() == 'Discount Code', 'the form')
    gumtest.typed(CODE)
    program.fill('Discount in per cent', '25')
    program.fill('Uses (empty: no limit)', '50')
    program.click('push button', button('Preview'))
    program.find('list item', re.compile(f'from no code {CODE} to 25 % off, \\$15.00 instead of \\$20.00, 50 uses'))
    program.find('push button', button(f'Apply {N} Changes'))
    if sent('POST'):
        tap.fail('something was sent before it was told to')


def test_2_killed_in_the_middle():
    global program
    # One of them is on its way for as long as it takes to look.
    seller.sandbox.control('fault', match='POST /v2/products/:id/offer_codes', kind='hang_body', after=3)
    program.click('push button', button(f'Apply {N} Changes'))
    gumtest.wait(lambda: len(sent('POST')) == 4, 'some of them to be sent')
    seller.kill()
    seller.sandbox.control('clear_faults')
    count = len(sent('POST'))
    program = seller.restart()
    program.says(re.compile(r'^\d+ changes? (is|are) waiting$'))
    if len(sent('POST')) != count:
        tap.fail('something was sent without asking')


def test_3_each_gets_it_once():
    program.click('push button', button('Show'))
    open_batch(f'Discount code {CODE} for {N} products')
    program.click('push button', button('Go On'))
    gumtest.wait(lambda: len(sent('POST')) == N, 'the others')
    # Whether the one that was on its way has arrived is asked, not tried.
    if program.says(re.compile(f'^({N} done|{N - 1} done, 1 unclear)$')).get_name() != f'{N} done':
        program.click('push button', button('Check Again'))
    program.says(f'{N} done')
    if sorted(sent('POST')) != sorted(expected):
        tap.fail(f'sent more than once: {sent("POST")}')
    if holders() != expected:
        tap.fail(f'not everyone has it: {expected - holders()}')


def test_4_and_it_is_taken_back():
    program.click('push button', button('Revert'))
    # Buyers may have it.
    program.says(f'Delete {N} Codes?')
    program.click('push button', button('Delete'))
    gumtest.wait(lambda: len(sent('DELETE')) == N, 'all of them to go')
    gumtest.focus(program)
    gumtest.keys('alt+Left')
    program.find('list item', re.compile(f'^Undo what was changed: Discount code {CODE}.*{N} done'))
    if holders() or len(sent('POST')) != N:
        tap.fail(f'still there: {holders()}')
    seller.expect_silence()


try:
    tap.main(dict(globals()))
finally:
    seller.stop()
