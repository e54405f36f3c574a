#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The session ends while the program is busy: it does not wait for what never comes, its port is closed and its
ledger whole."""

import glob
import os
import re
import socket
import sqlite3
import time

import gumtest
import tap
from gumtest import Program, button

# It waits two seconds for what may still come, and a busy machine takes its time; what hangs would take thirty.
SOON = 10
PRODUCTS = 60

sandbox = gumtest.Sandbox('--products', str(PRODUCTS), '--seed', '3')
program = None


def start():
    global program
    program = Program(env=sandbox.env())
    program.find('frame')


def end_soon():
    began = time.monotonic()
    program.close()
    took = time.monotonic() - began
    print(f'# ended after {took:.2f} s')
    if took >= SOON:
        tap.fail(f'it took {took:.2f} s to end')
    tap.expect_none(re.findall('.*(?:CRITICAL|runtime error|AddressSanitizer).*', program.output()))


def enter_token():
    program.click('push button', button('Sign In to Gumroad'))
    program.click('push button', button('Use an Access Token Instead'))
    program.fill('Access token', sandbox.at['access_token'])
    # The one of the same name on the page before has kept its place in the tree.
    gumtest.act(list(program.all('push button', button('Sign In')))[-1], 'click')


def ports():
    """The TCP ports that the program listens on."""
    folder = f'/proc/{program.process.pid}/fd'
    mine = set()
    for name in os.listdir(folder):
        try:
            mine.add(os.readlink(os.path.join(folder, name)))
        except OSError:
            continue
    with open('/proc/net/tcp', encoding='ascii') as stream:
        lines = [line.split() for line in stream.readlines()[1:]]
    return [int(line[1].split(':')[1], 16) for line in lines
            if line[3] == '0A' and f'socket:[{line[9]}]' in mine]


def ledger():
    found = [path for path in glob.glob(os.path.join(os.environ['XDG_DATA_HOME'], '**'), recursive=True)
             if os.path.isfile(path) and open(path, 'rb').read(15) == b'SQLite format 3']
    assert len(found) == 1, found
    return sqlite3.connect(f'file:{found[0]}?mode=ro', uri=True)


def count():
    """The products in the ledger."""
    try:
        with ledger() as database:
            return database.execute('SELECT count(*) FROM products').fetchone()[0]
    except (AssertionError, sqlite3.Error):
        return 0


def test_1_while_the_browser_has_the_word():
    start()
    program.click('push button', button('Sign In to Gumroad'))
    program.fill('Application ID', sandbox.at['client_id'])
    program.click('push button', button('Sign In'))
    program.says('Continue in the Browser')
    [port] = gumtest.wait(ports, 'a port')
    socket.create_connection(('127.0.0.1', port)).close()
    end_soon()
    try:
        socket.create_connection(('127.0.0.1', port)).close()
        tap.fail('the port is still open')
    except ConnectionRefusedError:
        pass


def test_2_while_the_token_is_exchanged():
    start()
    sandbox.control('fault', match='GET /v2/user', kind='hang', times=0)
    enter_token()
    gumtest.wait(lambda: sandbox.requests('GET /v2/user'), 'the question whose token it is')
    end_soon()
    sandbox.control('clear_faults')


def test_3_while_products_are_read():
    start()
    sandbox.control('fault', match='GET /v2/products', kind='hang_body', after=3, times=0)
    enter_token()
    gumtest.wait(lambda: len(sandbox.requests('GET /v2/products$')) >= 4, 'the fourth page')
    gumtest.wait(lambda: count() >= 20, 'two pages in the ledger')
    end_soon()
    with ledger() as database:
        if database.execute('PRAGMA integrity_check').fetchall() != [('ok',)]:
            tap.fail('the ledger is damaged')
    if count() not in (20, 30):
        tap.fail(f'{count()} products were kept')


try:
    tap.main(dict(globals()))
finally:
    if program is not None:
        program.kill()
    sandbox.stop()
