#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What belongs to a product: covers that are added, moved and removed; versions, questions, what a bundle holds; a
product that is made, copied and deleted. Each is compared with what Gumroad has afterwards."""

import os
import re
import struct
import zlib

import gumtest
import tap
from gumtest import button
from seller import Seller

PRODUCT = 'Tidewater Brushes for Procreate'
BUNDLE = 'The Whole Harbour: everything I make'

seller = Seller('--products', '30', '--seed', '3')
program = None
product = None


def picture(name, width, height):
    """A PNG of one colour."""
    def chunk(kind, data):
        return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))

    path = os.path.join(os.environ['HOME'], name)
    with open(path, 'wb') as stream:
        stream.write(b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', width, height, 8, 2, 0, 0, 0)) +
                     chunk(b'IDAT', zlib.compress((b'\0' + b'\x20\x80\xc0' * width) * height)) + chunk(b'IEND', b''))
    return path


def covers():
    return [cover['id'] for cover in seller.record(product['id'])['covers']]


def options():
    return [option['name'] for option in seller.record(product['id'])['variants'][0]['options']]


def named(name):
    return next((p for p in seller.products() if p['name'] == name), None)


def top():
    """Where the first heading of the page is now."""
    return gumtest.extents(program.find('heading', re.compile('^' + PRODUCT), hidden=True)).y


def leave():
    seller.page_action('subpage.close')


def test_1_the_wheel_moves_the_page_over_its_covers():
    global program, product
    program = seller.sign_in()
    product = seller.product(PRODUCT)
    seller.open(PRODUCT)
    before = top()
    gumtest.focus(program)
    gumtest.point(program.find('push button', 'Cover 1 of 4'), press='5')
    gumtest.wait(lambda: top() < before, 'the page to move')


def test_2_a_cover_is_added():
    before = covers()
    seller.subpage('edit-covers')
    program.find('list item', re.compile('^Cover 4 of 4'))
    seller.page_action('covers.choose')
    gumtest.choose(program, picture('sea.png', 1280, 720), 'Choose Covers', 'Add')
    program.find('list item', re.compile('^Cover 5 of 5: Picture, 1280'))
    if covers()[:4] != before or len(covers()) != 5:
        tap.fail(f'Gumroad has {covers()}')


def test_3_covers_are_moved_by_keyboard():
    before = covers()
    row = program.find('list item', re.compile('^Cover 5 of 5'))
    gumtest.focus(program)
    gumtest.point(row)
    gumtest.keys('alt+Up')
    gumtest.wait(lambda: covers() == before[:3] + [before[4], before[3]], 'the new order')


def test_4_a_removed_cover_comes_back():
    before = covers()
    gumtest.keys('Delete')
    # The toast does not stay for long.
    program.click('push button', button('Undo'))
    program.find('list item', re.compile('^Cover 5 of 5'))
    if covers() != before or seller.sandbox.requests('^DELETE .*/covers'):
        tap.fail('Gumroad was told before it was sure')
    gumtest.act(program.find('list item', re.compile('^Cover 1 of|^Main cover of')), 'cover.remove')
    program.find('list item', re.compile('^Cover 4 of 4'))
    # Who leaves the page is sure.
    leave()
    gumtest.wait(lambda: covers() == before[1:], 'the cover to go')


def test_5_versions():
    seller.subpage('edit-versions')
    program.click('push button', 'Add to “License”')
    program.fill('Name Name', 'School')
    program.fill('Surcharge Surcharge', '40')
    program.click('push button', re.compile('Create$'))
    gumtest.wait(lambda: options() == ['Personal', 'Commercial', 'Studio', 'School'], 'the new version')
    program.find('list item', re.compile(r'^School, \+\$40'))
    program.click('push button', 'Delete “Commercial”')
    program.click('push button', re.compile('^_?Delete Delete$'))
    gumtest.wait(lambda: options() == ['Personal', 'Studio', 'School'], 'a version to go')
    leave()


def test_6_questions():
    seller.subpage('edit-questions')
    program.click('push button', 'Add a Question')
    program.fill(re.compile('^Question'), 'For which tablet?')
    program.click('push button', re.compile('Create$'))
    gumtest.wait(lambda: [f['name'] for f in seller.record(product['id'])['custom_fields']] == ['For which tablet?'],
                 'the question')
    program.find('list item', re.compile('^For which tablet'))
    leave()


def test_7_what_a_bundle_holds():
    gumtest.focus(program)
    gumtest.keys('alt+Left')
    seller.open(BUNDLE)
    seller.subpage('edit-bundle')
    program.click('push button', 'Add a Product')
    gumtest.wait(lambda: gumtest.active_window() == 'Choose a Product', 'the list of products')
    gumtest.typed('driftwood')
    gumtest.wait(lambda: len(list(program.below(program.newest(), 'list item'))) == 2, 'those that speak of it')
    gumtest.keys('Return')
    bundle = seller.product(BUNDLE)
    gumtest.wait(lambda: len(seller.record(bundle['id'])['bundle_products']) == 3, 'three in the bundle')
    program.click('push button', re.compile('^Take “Driftwood.*” out$'))
    gumtest.wait(lambda: len(seller.record(bundle['id'])['bundle_products']) == 2, 'two in the bundle')
    leave()


def test_8_made_copied_deleted():
    gumtest.focus(program)
    gumtest.keys('ctrl+n')
    program.fill('Name', 'Low Tide')
    program.fill('Price', '12')
    program.click('push button', button('Create Draft'))
    made = gumtest.wait(lambda: named('Low Tide'), 'the product')
    if made['published'] or made['price'] != 1200:
        tap.fail(f'made: {made}')
    program.find('heading', 'Low Tide')
    seller.page_action('product.duplicate')
    program.fill('Name', 'High Tide')
    program.click('push button', button('Create Draft'))
    copy = gumtest.wait(lambda: named('High Tide'), 'the copy')
    if copy['published'] or copy['price'] != 1200:
        tap.fail(f'copied: {copy}')
    program.find('heading', 'High Tide')
    seller.page_action('product.delete')
    program.click('push button', button('Delete Product'))
    gumtest.wait(lambda: named('High Tide') is None, 'the copy to go')
    if named('Low Tide') is None:
        tap.fail('the wrong one was deleted')
    seller.expect_silence()


try:
    tap.main(dict(globals()))
finally:
    seller.stop()
