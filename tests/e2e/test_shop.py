#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a shop has beside its products: a discount code, many of them at once, those that are used up swept away; a
cross-sell and an upgrade; the profile. Activity lists all that was done, with how it ended."""

import re
import urllib.parse

import gumtest
import tap
from gumtest import button
from seller import Seller

PRODUCT = 'Saltmarsh Sans — variable font family'
SPENT = [{'id': 'spent-1', 'name': 'SPENT', 'universal': False, 'max_purchase_count': 1, 'minimum_amount_cents': None,
          'times_used': 1, 'percent_off': 10},
         {'id': 'left-1', 'name': 'LEFT', 'universal': False, 'max_purchase_count': 2, 'minimum_amount_cents': None,
          'times_used': 1, 'percent_off': 10}]

seller = Seller('--products', '20', '--seed', '3')
program = None
product = None


def codes():
    path = f'products/{urllib.parse.quote(product["id"], safe="")}/offer_codes'
    return {code['name']: code for code in seller.ask(path)['offer_codes'] if not code['universal']}


def pick_product(words='saltmarsh', name=PRODUCT):
    """In the list that a button of the form drops down."""
    program.click('push button', 'Choose…')
    program.find('list item', re.compile(r'^Buy me a coffee .* · '))
    gumtest.typed(words)
    gumtest.wait(lambda: len(list(program.below(program.newest(), 'list item', re.compile(' · ')))) == 1, 'one of them')
    gumtest.keys('Return')
    gumtest.wait(lambda: next(program.below(program.newest(), 'label', re.compile('^' + name)), None), 'the choice')


def test_1_a_code():
    global program, product
    product = seller.product(PRODUCT)
    seller.sandbox.control('edit', id=product['id'], set={'_offer_codes': SPENT})
    program = seller.sign_in()
    gumtest.focus(program)
    gumtest.keys('ctrl+2')
    program.find('list item', re.compile('^SPENT'))
    gumtest.keys('ctrl+n')
    program.fill('Code', 'HARBOUR')
    program.fill('Discount in per cent', '25')
    pick_product()
    program.click('push button', button('Create'))
    made = gumtest.wait(lambda: codes().get('HARBOUR'), 'the code')
    if made['percent_off'] != 25:
        tap.fail(f'made: {made}')
    program.find('list item', re.compile('^HARBOUR, 25 % off, Saltmarsh'))


def test_2_many_codes():
    seller.page_action('section.generate')
    program.fill('Beginning or pattern', 'SUMMER-####')
    program.fill('How many', '3')
    program.fill('Discount in per cent', '10')
    pick_product()
    program.click('push button', button('Generate'))
    # The form is gone while they are sent, and the list shows them as they come.
    gumtest.wait(lambda: gumtest.active_window() == 'Discounts', 'the form to go')
    program.says('3 codes are being created')
    made = lambda: [code for name, code in codes().items() if re.fullmatch('SUMMER-[A-Z0-9]{4}', name)]
    gumtest.wait(lambda: len(made()) == 3, 'all of them')
    if any(code['max_purchase_count'] != 1 for code in made()):
        tap.fail(f'Gumroad has {made()}')
    for code in made():
        program.find('list item', re.compile(f'^{code["name"]}, 10 % off'))


def test_3_the_used_up_are_swept():
    seller.page_action('section.sweep')
    program.find('list item', re.compile('^SPENT'))
    program.click('push button', button('Delete…'))
    program.click('push button', button('Delete'))
    gumtest.wait(lambda: 'SPENT' not in codes(), 'the code to go')
    if 'LEFT' not in codes() or 'HARBOUR' not in codes():
        tap.fail(f'left are {sorted(codes())}')


def test_4_a_cross_sell():
    gumtest.wait(lambda: gumtest.active_window() == 'Discounts', 'the form to go')
    gumtest.keys('ctrl+3')
    gumtest.wait(lambda: gumtest.active_window() == 'Upsells', 'the section')
    gumtest.keys('ctrl+n')
    program.fill('Name, for you alone', 'With the brushes')
    program.fill('Headline', 'The letters to go with them')
    pick_product()
    program.click('check box', re.compile('^Offer With Every Product'), action='toggle')
    program.click('push button', button('Create'))
    made = gumtest.wait(lambda: next(iter(seller.ask('upsells')['upsells']), None), 'the cross-sell')
    if made['name'] != 'With the brushes' or made['product']['id'] != product['id'] or not made['universal']:
        tap.fail(f'made: {made}')
    program.find('list item', re.compile('^With the brushes'))


def take(row, *options):
    """The last of them, in what a row drops down, by keyboard."""
    gumtest.point(program.find('combo box', row))
    for option in options:
        program.find('label', option)
        gumtest.keys('Down')
    gumtest.keys('Return')
    gumtest.wait(lambda: [label.get_name() for label in program.below(program.find('combo box', row), 'label')][1:] ==
                 [options[-1]], 'the choice')


def test_5_an_upgrade():
    gumtest.wait(lambda: gumtest.active_window() == 'Upsells', 'the form to go')
    gumtest.keys('ctrl+n')
    program.fill('Name, for you alone', 'Larger')
    program.fill('Headline', 'Take the studio one')
    take('Offers', 'Another version')
    pick_product('tidewater', 'Tidewater Brushes')
    # The last one is the menu of versions, once they have been read.
    menu = gumtest.wait(lambda: not list(program.all('label', 'Reading…')) and next(
        (node for node in [*program.below(program.newest(), 'push button', 'Choose…')][-1:]
         if gumtest.is_sensitive(node)), None), 'the versions')
    gumtest.act(menu, 'click')
    program.click('menu item', 'Personal')
    program.find('label', 'Choose the version that is offered instead.')
    take('Instead of “Personal”', 'Commercial', 'Studio')
    program.click('push button', button('Create'))
    made = gumtest.wait(lambda: next((u for u in seller.ask('upsells')['upsells'] if u['name'] == 'Larger'), None),
                        'the upgrade')
    pairs = [(pair['selected_variant']['name'], pair['offered_variant']['name']) for pair in made['upsell_variants']]
    if made['cross_sell'] or pairs != [('Personal', 'Studio')]:
        tap.fail(f'made: {made}')
    program.find('list item', re.compile('^Larger'))


def test_6_the_profile():
    program.act('win.profile')
    program.find('text', 'Name')
    program.fill('Name', 'Mara of the Harbour')
    program.click('push button', button('Save'))
    gumtest.wait(lambda: seller.sandbox.user()['name'] == 'Mara of the Harbour', 'the new name')


def test_7_activity_lists_it():
    gumtest.focus(program)
    gumtest.keys('ctrl+4')
    for what in ('Change the profile', 'Create the upsell “With the brushes”', 'Create the upsell “Larger”', 'Delete discount codes that are used up',
                 'Generate the discount codes “SUMMER-####”', 'Create the discount code “HARBOUR”'):
        program.find('list item', re.compile(f'^{re.escape(what)}.* · (3 |1 )?[Dd]one'))
    seller.expect_silence()


try:
    tap.main(dict(globals()))
finally:
    seller.stop()
