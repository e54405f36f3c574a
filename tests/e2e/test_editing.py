#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A seller writes on the train: the program is killed, the draft is there; somebody else has changed the
same thing meanwhile; both are shown, one is kept, and Gumroad gets one request. Then the product is taken
off sale, and the toast takes that back."""

import re

import gumtest
import tap
from gumtest import button
from seller import Seller

seller = Seller('--products', '12', '--seed', '3')
program = None
product = None


def drafts():
    return [row[0] for row in seller.ledger('SELECT mine FROM drafts')]


def puts():
    return seller.sandbox.requests('^PUT /v2/products/')


def test_1_sign_in_with_a_token():
    global program, product
    program = seller.sign_in()
    product = next(p for p in seller.products() if p['published'] and re.fullmatch('[ -~]+', p['name']) and
                   not p['is_tiered_membership'])


def test_2_what_is_typed_is_kept():
    seller.open(product['name'])
    program.click(None, button('Edit'))
    program.fill('Summary', 'Written on the train')
    program.fill('Name', 'Mine')
    gumtest.wait(lambda: any('"Mine"' in mine and 'on the train' in mine for mine in drafts()), 'the draft')
    seller.kill()
    if puts():
        tap.fail('something was sent')


def test_3_the_draft_is_there():
    global program
    seller.sandbox.control('edit', id=product['id'], set={'name': 'Theirs'})
    program = seller.restart()
    # The list is what it was a minute ago; the page asks Gumroad.
    seller.open(product['name'], heading='Theirs')
    program.click(None, button('Edit Draft'))
    program.says('2 changes, kept as a draft')


def test_4_both_are_shown_and_mine_is_kept():
    program.click(None, button('Save to Gumroad'))
    program.find(None, re.compile('^Yours: Mine'))
    program.find(None, re.compile('^At Gumroad Now: Theirs'))
    if puts():
        tap.fail('something was sent before it was decided')
    gumtest.act(list(program.all('push button', button('Save')))[-1], 'click')
    gumtest.wait(puts, 'the request')
    program.find('heading', re.compile('^Mine'))
    [put] = puts()
    for part in ('"name":"Mine"', 'Written on the train'):
        if part not in put['body']:
            tap.fail(f'{part} was not sent: {put["body"]}')
    if 'tags' in put['body'] or 'price' in put['body']:
        tap.fail(f'more was sent than was changed: {put["body"]}')
    gumtest.wait(lambda: not drafts(), 'the draft to go')


def test_5_off_sale_and_back():
    program.click(None, button('Unpublish'))
    gumtest.wait(lambda: seller.sandbox.requests('^PUT .*/disable$'), 'taking it off sale')
    program.click('push button', button('Undo'))
    gumtest.wait(lambda: seller.sandbox.requests('^PUT .*/enable$'), 'putting it back')
    program.find(None, button('Unpublish'))
    seller.expect_silence()


try:
    tap.main(dict(globals()))
finally:
    seller.stop()
