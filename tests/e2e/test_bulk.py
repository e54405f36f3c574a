#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Forty prices rise by a tenth, to .99: what becomes of each is shown before, the program is killed in the middle,
and asks afterwards; each row reaches Gumroad once, but for one that somebody changed there meanwhile, which is
said. Then all of it is taken back. Gumroad's limits are kept to; hours pass while the program is not running."""

import json
import re
import time
import urllib.parse

import gumtest
import tap
from gumtest import button
from seller import Seller

N = 40
MANY = 12
BURST = 30
HOURS = 12 * 3600

seller = Seller('--products', '60', '--seed', '3')
program = None
old, new = {}, {}
theirs = None
began = 0


def risen(product):
    """The nearest .99, be it above or below; yen have no part of a unit. Half goes up."""
    price = (product['price'] * 110 + 50) // 100
    if product['currency'] == 'jpy':
        return price
    return min((price // 100 * 100 + offset for offset in (99, -1)), key=lambda p: abs(p - price))


def prices():
    return {product['id']: product['price'] for product in seller.products()}


def sent():
    """What reached Gumroad: product and price, in order."""
    return [(urllib.parse.unquote(put['path'].rsplit('/', 1)[1]), json.loads(put['body'])['price'])
            for put in seller.writes()]


def hours_pass():
    """What was sent a while ago does not count against Gumroad's limits any more. The program is not running."""
    seller.ledger(f'UPDATE writes SET sent = sent - {HOURS} WHERE sent > 0')
    seller.sandbox.control('set_limits', rates=True, seconds_later=HOURS)


def open_batch(name):
    row = program.find('list item', re.compile(name))
    gumtest.focus(program)
    gumtest.point(row)
    program.find('push button', button('Copy Details'))


def test_1_forty_products():
    global program
    products = [p for p in seller.products() if not p['is_tiered_membership']]
    kept = products[:N]
    for product in seller.products():
        if product['id'] not in [p['id'] for p in kept]:
            seller.sandbox.control('remove_product', id=product['id'])
    for product in kept:
        if product['price'] == 0:
            seller.sandbox.control('edit', id=product['id'], set={'price': 1250})
    for product in seller.products():
        old[product['id']], new[product['id']] = product['price'], risen(product)
    program = seller.sign_in()


def test_2_old_and_new_are_shown_before():
    gumtest.focus(program)
    program.click('push button', 'Select products')
    program.says(f'Select _All {N}')
    gumtest.wait(lambda: gumtest.active_window() == 'Change Many Products', 'the list to tick')
    gumtest.keys('ctrl+a')
    program.says(f'{N} selected')
    program.click('push button', button('Price…'))
    gumtest.wait(lambda: gumtest.active_window() == 'Change Prices', 'the form')
    gumtest.typed('10')
    # The second of the choices of the next row.
    gumtest.keys('Tab', 'space')
    program.find('list item', where=gumtest.is_focused)
    gumtest.keys('Down', 'Return')
    program.find('label', re.compile(r'→ .*\.99'))
    program.click('push button', button('Preview'))
    program.says(re.compile('Takes about 2 minutes: Gumroad’s limits are kept to'))
    program.find('push button', button(f'Apply {N} Changes'))
    first = seller.products()[0]
    program.find('list item', f'{first["name"]}: from ${first["price"] / 100:.2f} to ${new[first["id"]] / 100:.2f}')


def test_3_killed_in_the_middle():
    global program, theirs
    # One of them is on its way for as long as it takes to look.
    seller.sandbox.control('fault', match='PUT /v2/products/:id', kind='hang_body', after=MANY - 1)
    program.click('push button', button(f'Apply {N} Changes'))
    gumtest.wait(lambda: len(seller.writes()) == MANY, f'{MANY} of them to be sent')
    seller.kill()
    seller.sandbox.control('clear_faults')
    # Meanwhile somebody changes a price on the web that is still to come.
    theirs = next(p['id'] for p in reversed(seller.products()) if p['id'] not in dict(sent()))
    seller.sandbox.control('edit', id=theirs, set={'price': 7700})
    hours_pass()
    count = len(sent())
    program = seller.restart()
    program.says(re.compile(r'^\d+ changes are waiting$'))
    if len(sent()) != count:
        tap.fail('something was sent without asking')


def test_4_it_goes_on_when_it_is_told_to():
    program.click('push button', button('Show'))
    open_batch(f'Prices of {N} products')
    program.click('push button', button('Go On'))
    gumtest.wait(lambda: len(sent()) == N - 1, 'the others')
    program.says(re.compile('^38 done, 1 unclear, 1 changed at Gumroad meanwhile'))
    # Whether the one that was on its way has arrived is asked, not tried.
    program.click('push button', button('Check Again'))
    program.says(re.compile('^39 done, 1 changed at Gumroad meanwhile'))
    if len(set(sent())) != len(sent()) or len(sent()) != N - 1:
        tap.fail(f'sent more than once: {sent()}')
    now = prices()
    tap.expect_none(f'{id} costs {now[id]}, not {new[id]}' for id in now if now[id] != new[id] and id != theirs)
    if now[theirs] != 7700:
        tap.fail('somebody else’s price was overwritten')


def test_5_revert_keeps_to_the_limits():
    global program, began
    program.close()
    hours_pass()
    seller.sandbox.control('requests', clear=True)
    program = seller.start()
    # It opens where it was left.
    open_batch(f'Prices of {N} products')
    began = time.monotonic()
    program.click('push button', button('Revert'))
    gumtest.wait(lambda: len(sent()) >= BURST, f'{BURST} of them within a minute')
    gumtest.focus(program)
    gumtest.keys('alt+Left')
    program.find('list item', re.compile(r'^Undo what was changed: .*3\d done, \d waiting · Being sent: (about 1|less than a) minute left'))


def test_6_what_waits_outlives_the_program():
    global program
    took = time.monotonic() - began
    program.close()
    count = len(sent())
    if count != BURST and took < 50:
        tap.fail(f'{count} were sent within a minute')
    hours_pass()
    program = seller.start()
    # It opens where it was left, which shows them itself.
    program.find('list item', re.compile(f'{N - 1 - count} changes? (is|are) waiting. Go on'))
    if len(sent()) != count:
        tap.fail('something was sent without asking')
    open_batch('^Undo what was changed')
    program.click('push button', button('Go On'))
    program.says(re.compile(f'^{N - 1} done'))
    if len(sent()) != N - 1:
        tap.fail(f'{len(sent())} were sent')
    now = prices()
    tap.expect_none(f'{id} costs {now[id]}, not {old[id]}' for id in now if now[id] != old[id] and id != theirs)
    if now[theirs] != 7700:
        tap.fail('somebody else’s price was taken back')
    seller.expect_silence()


try:
    tap.main(dict(globals()))
finally:
    seller.stop()
