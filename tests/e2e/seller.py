# SPDX-License-Identifier: GPL-3.0-or-later
"""A seller at work: a keyring, a Gumroad with products, and the program signed in to it."""

import json
import os
import re
import signal
import sqlite3
import urllib.parse
import urllib.request

import browser
import cable
import gumtest
import tap
from gumtest import Program, button


class Seller:
    """@wires: cables between the program and Gumroad, which can be pulled."""

    def __init__(self, *arguments, wires=False):
        self.keyring = browser.Keyring()
        self.sandbox = gumtest.Sandbox(*arguments)
        self.wires = []
        if wires:
            storage = int(urllib.parse.urlsplit(self.sandbox.at['storage']).port)
            self.wires = [cable.Cable(self.sandbox.port()), cable.Cable(storage)]
            self.sandbox.control('set_storage', front=f'http://127.0.0.1:{self.wires[1].port}')
        self.program = None

    # --- the program

    def start(self):
        self.program = Program(env=self.sandbox.env(self.wires[0].port if self.wires else None))
        self.program.find('frame')
        return self.program

    def sign_in(self):
        """With a token that was made on Gumroad's page: the browser has a story of its own."""
        program = self.start()
        program.click('push button', button('Sign In to Gumroad'))
        program.click('push button', button('Use an Access Token Instead'))
        program.fill('Access token', self.sandbox.at['access_token'])
        # The one of the same name on the page before has kept its place in the tree.
        gumtest.act(list(program.all('push button', button('Sign In')))[-1], 'click')
        # The shop opens by itself after a moment.
        self.see_products()
        return program

    def see_products(self):
        gumtest.wait(lambda: len(self.rows()) > 5, 'products')

    def kill(self):
        """As when the power goes."""
        os.kill(self.program.process.pid, signal.SIGKILL)
        self.program.process.wait()

    def restart(self):
        self.start()
        self.see_products()
        return self.program

    def expect_silence(self):
        tap.expect_none(re.findall('.*(?:CRITICAL|runtime error|AddressSanitizer).*', self.program.output()))

    def stop(self):
        if self.program is not None:
            self.program.kill()
        self.sandbox.stop()
        self.keyring.stop()

    # --- where one is

    def rows(self):
        return list(self.program.all('list item', re.compile('sold')))

    def open(self, name, heading=None):
        row = self.program.find(None, re.compile('^' + re.escape(name)),
                                where=lambda node: 'row.open' in gumtest.actions(node))
        gumtest.act(row, 'row.open')
        self.program.find('heading', re.compile('^' + re.escape(heading or name)))

    def subpage(self, action):
        """One of the pages over a product's page."""
        self.page_action(f'product.{action}')

    def page_action(self, action):
        node = self.program.find(None, where=lambda n: action in gumtest.actions(n))
        gumtest.act(node, action)

    # --- what Gumroad has

    def ask(self, path):
        request = urllib.request.Request(f'{self.sandbox.at["api"]}/{path}',
                                         headers={'Authorization': f'Bearer {self.sandbox.at["access_token"]}'})
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request) as answer:
            return json.load(answer)

    def product(self, name):
        """The whole record of a product of the sample store."""
        found = next(p for p in self.products() if p['name'] == name)
        return self.record(found['id'])

    def record(self, product_id):
        return self.ask('products/' + urllib.parse.quote(product_id, safe=''))['product']

    def products(self):
        products, key = [], ''
        while True:
            page = self.ask(f'products?page_key={key}')
            products += page['products']
            key = page.get('next_page_key')
            if not key:
                return products

    def writes(self, pattern='/v2/products'):
        """What changed something, in order."""
        return self.sandbox.requests(f'^(PUT|POST|DELETE) .*{pattern}')

    # --- what the program keeps

    def ledger(self, statement, *values):
        """Of the one account that is signed in."""
        [path] = [os.path.join(folder, 'ledger.sqlite') for folder, _, names in os.walk(os.environ['XDG_DATA_HOME'])
                  if 'ledger.sqlite' in names]
        with sqlite3.connect(path) as database:
            return database.execute(statement, values).fetchall()
