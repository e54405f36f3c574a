#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A newcomer's story: a seller signs in through a real browser, sees the shop, loses the network, still
sees the shop, and signs out without leaving anything behind."""

import os
import re
import subprocess

import browser
import cable
import gumtest
import tap
from gumtest import Program, button

PRODUCTS = 30

keyring = browser.Keyring()
sandbox = gumtest.Sandbox('--products', str(PRODUCTS), '--seed', '3')
wire = cable.Cable(sandbox.port())
surfer = browser.Browser()
name = sandbox.user()['name']
env = sandbox.env(wire.port)
program = None
tokens = set()


def start():
    global program
    program = Program(env=env)
    program.find('frame')


def rows():
    return list(program.all('list item', re.compile('sold')))


def test_1_welcome():
    start()
    program.find('push button', button('Sign In to Gumroad'))
    program.find('push button', button('Open the Sample Store'))


def test_2_the_form_says_what_to_enter():
    program.click('push button', button('Sign In to Gumroad'))
    program.says('1. Create an application at Gumroad')
    program.find(None, re.compile('Redirect address'))
    program.find('push button', button('Copy the redirect address'))


def test_3_authorize_in_the_browser():
    program.fill('Application ID', sandbox.at['client_id'])
    program.click('push button', button('Sign In'))
    program.says('Continue in the Browser')
    surfer.press('Authorize')
    surfer.title('Gumroad|back|[Ss]igned in')


def test_4_name_and_products():
    # It opens by itself after a moment, and who does not want to wait for that presses a button.
    program.click_away('push button', button('Open the Shop'))
    program.find('push button', f'Account: {name}')
    gumtest.wait(lambda: len(rows()) >= 10, 'products')
    program.says(re.compile(f'^{PRODUCTS} products'))


def test_5_the_token_is_in_the_keyring_and_nowhere_else():
    if len(keyring.items()) != 1:
        tap.fail(f'in the keyring: {keyring.items()}')
    found = subprocess.run(['secret-tool', 'search', '--all', 'xdg:schema', 'org.example.Gumroad.Account'],
                           capture_output=True, text=True, check=True).stdout
    secret = re.search(r'^secret = (.*)', found, re.MULTILINE).group(1)
    tokens.update(set(re.findall(r'[A-Za-z0-9_-]{40,}', secret)) - {sandbox.at['client_id']})
    if not any(sandbox.accepts(token) for token in tokens):
        tap.fail('nothing in the keyring is a token')
    problems = []
    for folder in ('XDG_DATA_HOME', 'XDG_CONFIG_HOME', 'XDG_CACHE_HOME', 'XDG_STATE_HOME', 'XDG_RUNTIME_DIR'):
        for path, _, names in os.walk(os.environ[folder]):
            for name in names:
                if 'keyrings' in path or not os.path.isfile(os.path.join(path, name)):
                    continue
                with open(os.path.join(path, name), 'rb') as stream:
                    data = stream.read()
                problems += [f'a token in {path}/{name}' for token in tokens if token.encode() in data]
    with open(f'/proc/{program.process.pid}/cmdline', 'rb') as stream:
        line = stream.read()
    problems += ['a token in the command line' for token in tokens if token.encode() in line]
    tap.expect_none(problems)


def test_6_typing_finds_a_product():
    wanted = rows()[0].get_name().split(',')[0]
    gumtest.focus(program)
    gumtest.keys('ctrl+f')
    program.fill('Search products', wanted)
    gumtest.wait(lambda: rows() and len(rows()) < 10 and rows()[0].get_name().startswith(wanted), 'one product')


def test_7_without_a_network_the_products_are_there_with_their_age():
    program.close()
    wire.pull()
    start()
    gumtest.wait(lambda: len(rows()) >= 10, 'products from the ledger')
    program.says(re.compile(f'^{PRODUCTS} products · Updated (just now|.* ago)$'))
    program.act('win.refresh')
    program.find('push button', button('Try Again'))
    if len(rows()) < 10:
        tap.fail('a refresh that failed took the products away')
    program.close()


def test_8_sign_out_leaves_nothing():
    wire.plug()
    start()
    gumtest.wait(lambda: len(rows()) >= 10, 'products')
    program.act('win.sign-out')
    program.click('push button', button('Sign Out'))
    gumtest.wait(lambda: sandbox.requests('POST /oauth/revoke'), 'the token to be revoked')
    program.says(re.compile('Signed out of'))
    gumtest.wait(lambda: not keyring.items(), 'the keyring to be empty')
    tap.expect_none('a token still works' for token in tokens if sandbox.accepts(token))
    program.close()


try:
    tap.main(dict(globals()))
finally:
    for thing in (program, ):
        if thing is not None:
            thing.kill()
    surfer.stop()
    sandbox.stop()
    keyring.stop()
