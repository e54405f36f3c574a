#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A seller writes on the train: the program is killed, the draft is there; somebody else has changed the
same thing meanwhile; both are shown, one is kept, and Gumroad gets one request. Then the product is taken
off sale, and the toast takes that back."""

import glob
import os
import re
import signal
import sqlite3

import browser
import gumtest
import tap
from gumtest import Program, button

keyring = browser.Keyring()
sandbox = gumtest.Sandbox('--products', '12', '--seed', '3')
program = None
product = None


def start():
    global program
    program = Program(env=sandbox.env())
    program.find('frame')


def open_product(heading=None):
    row = program.find(None, re.compile('^' + re.escape(product['name'])),
                       where=lambda node: 'row.open' in gumtest.actions(node))
    gumtest.act(row, 'row.open')
    program.find('heading', re.compile('^' + re.escape(heading or product['name'])))


def drafts():
    for path in glob.glob(os.path.join(os.environ['XDG_DATA_HOME'], '**', 'ledger.sqlite'), recursive=True):
        with sqlite3.connect(f'file:{path}?mode=ro', uri=True) as database:
            yield from (row[0] for row in database.execute('SELECT mine FROM drafts'))


def puts():
    return sandbox.requests('^PUT /v2/products/')


def test_1_sign_in_with_a_token():
    global product
    start()
    program.click('push button', button('Sign In to Gumroad'))
    program.click('push button', button('Use an Access Token Instead'))
    program.fill('Access token', sandbox.at['access_token'])
    gumtest.act(list(program.all('push button', button('Sign In')))[-1], 'click')
    gumtest.wait(lambda: len(list(program.all('list item', re.compile('sold')))) > 5, 'products')
    request = gumtest.urllib.request.Request(
        f'{sandbox.at["api"]}/products', headers={'Authorization': f'Bearer {sandbox.at["access_token"]}'})
    opener = gumtest.urllib.request.build_opener(gumtest.urllib.request.ProxyHandler({}))
    products = gumtest.json.load(opener.open(request))['products']
    product = next(p for p in products if p['published'] and re.fullmatch('[ -~]+', p['name']) and
                   not p['is_tiered_membership'])


def test_2_what_is_typed_is_kept():
    open_product()
    program.click(None, button('Edit'))
    program.fill('Summary', 'Written on the train')
    program.fill('Name', 'Mine')
    gumtest.wait(lambda: any('"Mine"' in mine and 'on the train' in mine for mine in drafts()), 'the draft')
    os.kill(program.process.pid, signal.SIGKILL)
    program.process.wait()
    if puts():
        tap.fail('something was sent')


def test_3_the_draft_is_there():
    sandbox.control('edit', id=product['id'], set={'name': 'Theirs'})
    start()
    gumtest.wait(lambda: len(list(program.all('list item', re.compile('sold')))) > 5, 'products')
    # The list is what it was a minute ago; the page asks Gumroad.
    open_product('Theirs')
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
    gumtest.wait(lambda: not list(drafts()), 'the draft to go')


def test_5_off_sale_and_back():
    program.click(None, button('Unpublish'))
    gumtest.wait(lambda: sandbox.requests('^PUT .*/disable$'), 'taking it off sale')
    program.click('push button', button('Undo'))
    gumtest.wait(lambda: sandbox.requests('^PUT .*/enable$'), 'putting it back')
    program.find(None, button('Unpublish'))
    tap.expect_none(re.findall('.*(?:CRITICAL|runtime error|AddressSanitizer).*', program.output()))


try:
    tap.main(dict(globals()))
finally:
    if program is not None:
        program.kill()
    sandbox.stop()
    keyring.stop()
