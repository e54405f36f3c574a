# SPDX-License-Identifier: GPL-3.0-or-later
"""The program as a person with a screen reader has it: nodes with a role and a name.

Everything waits for a condition with a deadline; nothing waits for time."""

import json
import os
import re
import signal
import subprocess
import time
import urllib.error
import urllib.request

import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib  # noqa: E402

PATIENCE = float(os.environ.get('GUM_PATIENCE', '60'))
EDITING = ('clipboard.', 'selection.', 'menu.', 'link.', 'text.', 'misc.', 'list.', 'scroll.')
PROGRAM = os.path.join(os.environ.get('GUM_STAGE', '/usr'), 'bin', 'gumroad')


class Late(AssertionError):
    pass


def wait(condition, what, seconds=PATIENCE):
    """Asks again until the answer is true, and returns it."""
    deadline = time.monotonic() + seconds
    events = GLib.MainContext.default()
    while True:
        # What is known of other programs is kept up to date by their events: a page that a browser loads
        # after the first look would never be seen without them.
        while events.pending():
            events.iteration(False)
        try:
            answer = condition()
        except GLib.Error:  # the node went away while it was looked at
            answer = None
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise Late(f'waited {seconds:.0f} s in vain for {what}')
        time.sleep(0.05)


def children(node):
    for index in range(node.get_child_count()):
        child = node.get_child_at_index(index)
        if child is not None:
            yield child


def walk(node):
    yield node
    for child in children(node):
        yield from walk(child)


def extents(node):
    component = node.get_component_iface()
    return component.get_extents(Atspi.CoordType.WINDOW) if component else None


def visible(node):
    box = extents(node)
    return box is not None and box.width > 0 and box.height > 0


def is_sensitive(node):
    return node.get_state_set().contains(Atspi.StateType.SENSITIVE)


def is_focused(node):
    return node.get_state_set().contains(Atspi.StateType.FOCUSED)


def path_of(node):
    """Where a node is, for people."""
    steps = []
    while node is not None and node.get_role_name() != 'application':
        steps.insert(0, node.get_name() or node.get_role_name())
        node = node.get_parent()
    return ' / '.join(steps)


def button(label):
    """A button's name: with a mnemonic, GTK 4.8 says it twice, "_Sign In Sign In"."""
    return re.compile(f'^(_?.+ )?{re.escape(label)}$')


def fits(text, wanted):
    if wanted is None:
        return True
    return bool(wanted.search(text or '')) if isinstance(wanted, re.Pattern) else text == wanted


def text_of(node):
    text = node.get_text_iface()
    return text.get_text(0, text.get_character_count()) if text else ''


class Program:
    """One run of gumroad, or of any program that speaks AT-SPI."""

    def __init__(self, *arguments, command=PROGRAM, env=None, name=None):
        self.log = open(os.path.join(os.environ['XDG_RUNTIME_DIR'], f'log-{time.monotonic_ns()}'), 'w+b')
        self.process = subprocess.Popen([command, *arguments], env={**os.environ, **(env or {})},
                                        stdout=self.log, stderr=subprocess.STDOUT)
        self.name = name
        self.window = None

    def output(self):
        self.log.flush()
        with open(self.log.name, encoding='utf-8', errors='replace') as stream:
            return stream.read()

    def root(self):
        desktop = Atspi.get_desktop(0)
        for node in children(desktop):
            try:
                if node.get_process_id() == self.process.pid:
                    node.set_cache_mask(Atspi.Cache.NONE)
                    return node
            except GLib.Error:
                continue
        if self.process.poll() is not None:
            raise AssertionError(f'the program ended with {self.process.returncode}\n{self.output()}')
        return None

    def all(self, role=None, name=None, where=None, hidden=False):
        root = self.root()
        if root is None:
            return
        yield from self.below(root, role, name, where, hidden)

    def newest(self):
        """The window that was opened last."""
        return list(children(self.root()))[-1]

    def below(self, top, role=None, name=None, where=None, hidden=False):
        for node in walk(top):
            try:
                if role is not None and node.get_role_name() != role:
                    continue
                if fits(node.get_name(), name) and (hidden or visible(node)) and \
                   (where is None or where(node)):
                    yield node
            except GLib.Error:
                continue

    def first(self, role, name, where, hidden):
        """In the newest window first: it is what a person can use, and has few nodes."""
        root = self.root()
        for window in reversed(list(children(root)) if root is not None else []):
            node = next(self.below(window, role, name, where, hidden), None)
            if node is not None:
                return node
        return None

    def find(self, role=None, name=None, where=None, hidden=False, seconds=PATIENCE):
        what = f'{role or "something"} named {getattr(name, "pattern", name)!r}'
        try:
            return wait(lambda: self.first(role, name, where, hidden), what, seconds)
        except Late as error:
            raise Late(f'{error}\n{self.describe()}\n{self.output()[-3000:]}') from None

    def gone(self, role=None, name=None):
        wait(lambda: next(self.all(role, name), None) is None, f'{role} {name!r} to go away')

    def says(self, text, seconds=PATIENCE):
        """Waits until the text can be read somewhere; a regular expression or the whole text."""
        return self.find(name=text, where=lambda node: node.get_role_name() not in ('frame', 'application'),
                         seconds=seconds)

    def click(self, role=None, name=None, action='click', **more):
        node = self.find(role, name, where=lambda n: action in actions(n) and is_sensitive(n), **more)
        act(node, action)
        return node

    def click_away(self, role, name):
        """Clicks on what may go by itself meanwhile."""
        for node in list(self.all(role, name)):
            try:
                act(node, 'click')
            except (GLib.Error, AttributeError, ValueError, AssertionError):
                pass

    def act(self, action):
        """An action of the window itself, such as win.refresh."""
        act(self.find('frame', where=lambda n: action in actions(n)), action)

    def fill(self, name, text, role=None):
        node = self.find(role, name, where=lambda n: n.get_editable_text_iface() is not None)
        node.get_editable_text_iface().set_text_contents(text)
        wait(lambda: text_of(node) == text, f'{name} to hold its text')
        return node

    def describe(self):
        """The tree, for the log of a test that failed."""
        lines = []

        def add(node, depth):
            try:
                box = extents(node)
                size = f' {box.width}×{box.height}' if box else ''
                own = [name for name in actions(node) if not name.startswith(EDITING)]
                if node.get_name() or own:
                    lines.append(f'{" " * depth}{node.get_role_name()} {node.get_name()[:60]!r}{size} '
                                 f'{" ".join(own)}')
                for child in children(node):
                    add(child, depth + 1)
            except GLib.Error:
                return

        root = self.root() if self.process.poll() is None else None
        if root is not None:
            add(root, 0)
        return '\n'.join(lines[:150])

    def close(self):
        """Asks it to end as a session would; it must end well."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.ended()

    def ended(self):
        code = self.process.wait(PATIENCE)
        if code not in (0, -signal.SIGTERM):
            raise AssertionError(f'ended with {code}\n{self.output()[-4000:]}')
        return code

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


def actions(node):
    iface = node.get_action_iface()
    return [iface.get_action_name(i) for i in range(iface.get_n_actions())] if iface else []


def act(node, name):
    """Actions by name only: GTK 4.8 falls over when a label without a link is told to open one."""
    assert node.get_action_iface().do_action(actions(node).index(name)), f'{name} was refused'


def point(node, press='1'):
    """Clicks on what has no action of its own, in the window that has the keyboard; 5 is the wheel."""
    box = extents(node)
    window = subprocess.run(['xdotool', 'getactivewindow'], capture_output=True, text=True, check=True).stdout.strip()
    subprocess.run(['xdotool', 'mousemove', '--window', window, str(box.x + box.width // 2),
                    str(box.y + box.height // 2), 'click', press], check=True)


def keys(*names):
    for name in names:
        subprocess.run(['xdotool', 'key', '--clearmodifiers', name], check=True)


def typed(text):
    subprocess.run(['xdotool', 'type', '--delay', '10', text], check=True)


def windows(program):
    done = subprocess.run(['xdotool', 'search', '--onlyvisible', '--pid', str(program.process.pid)],
                          capture_output=True, text=True, check=False)
    return done.stdout.split()


def active_window():
    """The title of the window that has the keyboard."""
    return subprocess.run(['xdotool', 'getactivewindow', 'getwindowname'], capture_output=True, text=True,
                          check=False).stdout.strip()


def focus(program):
    """Gives the program's window the keyboard, as a click on it would."""
    window = wait(lambda: windows(program), 'a window')[-1]
    subprocess.run(['xdotool', 'windowactivate', '--sync', window], check=True)
    return window


def choose(program, path, title='Choose Files', accept='Choose'):
    """A file, in GTK's own chooser: there is no portal here."""
    wait(lambda: active_window() == title, 'the chooser')
    keys('ctrl+l')
    entry = program.find('text', 'GtkFileChooserEntry')
    entry.get_editable_text_iface().set_text_contents(path)
    program.click('push button', button(accept))


def resize(program, width, height):
    window = focus(program)

    def size():
        out = subprocess.run(['xdotool', 'getwindowgeometry', '--shell', window], check=True,
                             capture_output=True, text=True).stdout
        return dict(line.split('=') for line in out.split())

    subprocess.run(['xdotool', 'windowsize', window, str(width), str(height)], check=True)
    wait(lambda: (size()['WIDTH'], size()['HEIGHT']) == (str(width), str(height)), 'the new size')


def settle(program):
    """Waits until two looks at the window see the same: pictures have come, nothing moves any more."""
    window = windows(program)[-1]
    last = [None, 0]

    def still():
        now = subprocess.run(['import', '-window', window, 'rgb:-'], check=True, capture_output=True).stdout
        last[1] = last[1] + 1 if now == last[0] else 0
        last[0] = now
        return last[1] >= 3

    wait(still, 'the window to come to rest')


def screenshot(program, path):
    window = focus(program)
    subprocess.run(['import', '-window', window, path], check=True)


class Sandbox:
    """A loopback Gumroad; control() pulls its strings."""

    def __init__(self, *arguments):
        self.process = subprocess.Popen(
            [os.path.join(os.path.dirname(PROGRAM), 'gumroad-sandbox'), '--port', '0', '--until-eof',
             *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.at = json.loads(self.process.stdout.readline())
        self.origin = self.at['oauth'].removesuffix('/oauth')

    def env(self, port=None):
        """Where a program finds this Gumroad; behind another port, where there is a cable."""
        origin = f'http://127.0.0.1:{port}' if port else self.origin
        return {'GUMROAD_API_BASE_URL': self.at['api'].replace(self.origin, origin),
                'GUMROAD_OAUTH_BASE_URL': self.at['oauth'].replace(self.origin, origin)}

    def port(self):
        return int(self.origin.rsplit(':', 1)[1])

    def control(self, verb, **arguments):
        request = urllib.request.Request(f'{self.origin}/_control/{verb}', json.dumps(arguments).encode(),
                                         {'Content-Type': 'application/json'})
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request) as answer:
            return json.load(answer)

    def user(self, token=None):
        request = urllib.request.Request(
            f'{self.at["api"]}/user', headers={'Authorization': f'Bearer {token or self.at["access_token"]}'})
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request) as answer:
            return json.load(answer)['user']

    def accepts(self, token):
        try:
            return bool(self.user(token))
        except urllib.error.HTTPError as error:
            assert error.code == 401, error
            return False

    def requests(self, pattern):
        found = self.control('requests')['requests']
        return [r for r in found if re.search(pattern, f'{r["method"]} {r["path"]}')]

    def stop(self):
        if self.process.poll() is None:
            self.process.stdin.close()
            self.process.wait(PATIENCE)
