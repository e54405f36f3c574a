#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What buyers get is written: a word is added to a page between its files, the program is killed, the draft is there,
and one request brings the pages to Gumroad, with all that was not touched as it was."""

import json

import gumtest
import tap
from gumtest import button
from seller import Seller

PRODUCT = 'Tidewater Brushes for Procreate'
WORD = 'Hello. '

seller = Seller('--products', '12', '--seed', '3')
program = None
before = None


def drafts():
    return [row[0] for row in seller.ledger('SELECT mine FROM drafts')]


def pages(record):
    """All that is on them, but for when."""
    return [{key: value for key, value in page.items() if key != 'updated_at'} for page in record['rich_content']]


def open_content():
    seller.open(PRODUCT)
    seller.subpage('edit-content')
    return program.find('text', 'Content of the page')


def test_1_the_page_is_there():
    global program, before
    program = seller.sign_in()
    before = seller.product(PRODUCT)
    text = open_content()
    gumtest.wait(lambda: gumtest.text_of(text).startswith('Thank you!'), 'what buyers read')


def test_2_what_is_written_outlives_the_program():
    global program
    text = program.find('text', 'Content of the page')
    gumtest.focus(program)
    gumtest.point(text)
    gumtest.wait(lambda: gumtest.is_focused(text), 'the keyboard to be in the text')
    gumtest.keys('ctrl+Home')
    gumtest.typed(WORD)
    gumtest.wait(lambda: any(WORD in mine for mine in drafts()), 'the draft')
    seller.kill()
    if seller.writes():
        tap.fail('something was sent')
    program = seller.restart()
    text = open_content()
    gumtest.wait(lambda: gumtest.text_of(text).startswith(WORD + 'Thank you!'), 'the draft')


def test_3_one_request_brings_it_to_gumroad():
    program.click(None, button('Save to Gumroad'))
    gumtest.wait(seller.writes, 'the request')
    gumtest.wait(lambda: not drafts(), 'the draft to go')
    [put] = seller.writes()
    sent = json.loads(put['body'])
    if sorted(sent) != ['rich_content']:
        tap.fail(f'sent in one request: {sorted(sent)}')
    expected = json.dumps(pages(before)).replace('Thank you!', WORD + 'Thank you!', 1)
    after = pages(seller.record(before['id']))
    if after != json.loads(expected):
        tap.fail(f'Gumroad has {after}, not {expected}')
    seller.expect_silence()


try:
    tap.main(dict(globals()))
finally:
    seller.stop()
