#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A new build goes out: it is chosen for the file that it replaces, the line is cut in the middle of the upload
and comes back, and buyers get it by one request. Another one is cancelled, and leaves nothing behind."""

import json
import os
import re

import gumtest
import tap
from gumtest import button
from seller import Seller

PRODUCT = 'Tidewater Brushes for Procreate'
OLD = 'Tidewater brushes'
SIZE = 6 << 20

seller = Seller('--products', '12', '--seed', '3', wires=True)
program = None
before = None


def build(name, size=SIZE):
    path = os.path.join(os.environ['HOME'], name)
    with open(path, 'wb') as stream:
        stream.write(os.urandom(size))
    return path


def embeds(node):
    """The ids of the files on a page."""
    if isinstance(node, dict):
        if node.get('type') == 'fileEmbed':
            yield node['attrs']['id']
        for child in node.values():
            yield from embeds(child)
    elif isinstance(node, list):
        for child in node:
            yield from embeds(child)


def uploads():
    return seller.sandbox.control('uploads')['uploads']


def arrived():
    return sum(part['received'] for part in uploads()[-1]['parts']) if uploads() else 0


def slowly():
    """A minute for a file: what is said meanwhile can be looked at."""
    seller.sandbox.control('set_storage', part_size=1 << 20, bytes_per_second=SIZE // 60)


def quickly():
    seller.sandbox.control('set_storage', bytes_per_second=0)


def line():
    """What is said of the file on its way, with plain spaces."""
    return next((node.get_name() for node in program.all('list item', re.compile('^tidewater-'))), '') \
        .replace('\N{NO-BREAK SPACE}', ' ')


def send(path, size):
    program.click('push button', button('Add Files…'))
    gumtest.choose(program, path)
    program.find('combo box', os.path.basename(path))
    # Named like the one before, it comes in its place.
    program.says(re.compile(f'\nIn place of “{OLD}”, ZIP · {size}'))
    program.click('push button', button('Upload'))


def test_1_sign_in():
    global program, before
    program = seller.sign_in()
    before = seller.product(PRODUCT)
    seller.open(PRODUCT)
    seller.subpage('edit-files')
    program.says('Every attached file is in the content: buyers get all of them.')


def test_2_the_line_is_cut_in_the_middle():
    slowly()
    send(build('tidewater-brushes-2.zip'), '18.9')
    gumtest.wait(lambda: re.search(r'MB of 6.3 MB · .*/s', line()), 'what is sent, and how fast')
    gumtest.wait(lambda: arrived() > SIZE / 6, 'a part of it')
    for wire in seller.wires:
        wire.pull()
    gumtest.wait(lambda: 'No connection' in line(), 'that the line is broken')
    if re.search('/s|left', line()):
        tap.fail(f'nothing is sent, yet it says: {line()}')
    if seller.writes():
        tap.fail('the product was changed before the file was there')


def test_3_it_goes_on_and_buyers_get_it():
    for wire in seller.wires:
        wire.plug()
    gumtest.wait(lambda: re.search(r'(second|minute)s? left', line()), 'the time left')
    quickly()
    gumtest.wait(lambda: 'Done: buyers get it' in line(), 'the end')
    [upload] = uploads()
    if upload['state'] != 'completed' or upload['size'] != SIZE:
        tap.fail(f'the storage has {upload}')
    [put] = seller.writes()
    sent = json.loads(put['body'])
    if sorted(sent) != ['files', 'rich_content']:
        tap.fail(f'sent in one request: {sorted(sent)}')

    after = seller.record(before['id'])
    [new] = [file for file in after['files'] if file['id'] not in [old['id'] for old in before['files']]]
    if new['name'] != OLD or new['size'] != SIZE:
        tap.fail(f'the new file is {new}')
    old = next(file['id'] for file in before['files'] if file['name'] == OLD)
    expected = [new['id'] if file == old else file for file in embeds(before['rich_content'])]
    if list(embeds(after['rich_content'])) != expected:
        tap.fail(f'on the pages: {list(embeds(after["rich_content"]))}, not {expected}')


def test_4_what_is_attached_is_delivered():
    program.says('Every attached file is in the content: buyers get all of them.')
    gumtest.wait(lambda: len(list(program.all('list item', re.compile('In the content: buyers get it')))) == 2,
                 'both files as delivered')


def test_5_cancel_leaves_nothing():
    seller.sandbox.control('requests', clear=True)
    slowly()
    send(build('tidewater-brushes-3.zip'), '6.3')
    gumtest.wait(lambda: len(uploads()) == 2 and arrived() > SIZE / 6, 'a part of it')
    program.click('push button', 'Cancel')
    gumtest.wait(lambda: uploads()[-1]['state'] == 'aborted', 'the storage to forget it')
    program.find('list item', re.compile('tidewater-brushes-3.zip: Cancelled. The product is as it was.'))
    if seller.writes():
        tap.fail('the product was changed')


def test_6_what_was_on_its_way_is_known_after_a_crash():
    global program
    program.click('push button', 'Try Again')
    gumtest.wait(lambda: len(uploads()) == 3 and arrived() > SIZE / 6, 'a part of it')
    seller.kill()
    program = seller.restart()
    seller.open(PRODUCT)
    seller.subpage('edit-files')
    program.find('list item', re.compile('tidewater-brushes-3.zip: The program was closed before all of it was sent'))
    quickly()
    program.click('push button', 'Try Again')
    program.find('list item', re.compile('tidewater-brushes-3.zip: Done: buyers get it'))
    if len(seller.writes()) != 1:
        tap.fail(f'sent to Gumroad: {[(put["method"], put["path"]) for put in seller.writes()]}')
    seller.expect_silence()


try:
    tap.main(dict(globals()))
finally:
    seller.stop()
