# SPDX-License-Identifier: GPL-3.0-or-later
"""A real browser as the default one of the session, and a real keyring."""

import os
import re
import subprocess
import sys

import gumtest

DESKTOP = '''[Desktop Entry]
Type=Application
Name=Browser
Exec={command} %u
MimeType=x-scheme-handler/http;x-scheme-handler/https;text/html;
'''

# Root, as in a container, has no use of Chromium's own sandbox, and Chromium none of root.
FLAGS = ['--no-sandbox', '--no-first-run', '--no-default-browser-check', '--disable-gpu',
         '--disable-dev-shm-usage', '--disable-background-networking', '--disable-component-update',
         '--disable-sync', '--password-store=basic', '--no-proxy-server', '--window-position=900,40',
         '--window-size=780,700', '--force-renderer-accessibility']


class Browser:
    """Chromium; it starts when a program opens an address, as it would on a desktop."""

    def __init__(self):
        self.profile = os.path.join(os.environ['HOME'], 'browser')
        data, config = os.environ['XDG_DATA_HOME'], os.environ['XDG_CONFIG_HOME']
        script = os.path.join(os.environ['HOME'], 'open-browser')
        with open(script, 'w', encoding='utf-8') as stream:
            stream.write('#!/bin/sh\nunset MALLOC_PERTURB_ MALLOC_CHECK_ GTK_A11Y ASAN_OPTIONS LSAN_OPTIONS UBSAN_OPTIONS G_DEBUG\n'
                         'export ACCESSIBILITY_ENABLED=1\n'
                         f'exec chromium {" ".join(FLAGS)} --user-data-dir="{self.profile}" "$@" '
                         f'>>"{os.environ["HOME"]}/browser.log" 2>&1\n')
        os.chmod(script, 0o755)
        os.makedirs(f'{data}/applications', exist_ok=True)
        with open(f'{data}/applications/test-browser.desktop', 'w', encoding='utf-8') as stream:
            stream.write(DESKTOP.format(command=script))
        with open(f'{config}/mimeapps.list', 'w', encoding='utf-8') as stream:
            stream.write('[Default Applications]\nx-scheme-handler/http=test-browser.desktop\n'
                         'x-scheme-handler/https=test-browser.desktop\ntext/html=test-browser.desktop\n')

    def pid(self):
        """Chromium notes its process in a link: host-pid."""
        try:
            return int(os.readlink(f'{self.profile}/SingletonLock').rsplit('-', 1)[1])
        except (OSError, ValueError):
            return None

    def root(self):
        pid = self.pid()
        for node in gumtest.children(gumtest.Atspi.get_desktop(0)):
            if pid is not None and node.get_process_id() == pid:
                return node
        return None

    def find(self, role, name, seconds=gumtest.PATIENCE):
        def look():
            root = self.root()
            return root and next((node for node in gumtest.walk(root)
                                  if node.get_role_name() == role and
                                  gumtest.fits(node.get_name(), name)), None)
        try:
            return gumtest.wait(look, f'{role} {name!r} in the browser', seconds)
        except gumtest.Late:
            self.tell()
            raise

    def tell(self):
        """What the browser showed and said, for the log of a test that failed."""
        root = self.root()
        seen = [f'{node.get_role_name()} {node.get_name()!r}' for node in gumtest.walk(root)] if root else []
        print(f'the browser has process {self.pid()} and shows {seen}', file=sys.stderr)
        try:
            with open(os.path.join(os.environ['HOME'], 'browser.log'), encoding='utf-8', errors='replace') as log:
                sys.stderr.write(log.read()[-4000:])
        except OSError:
            print('it never started', file=sys.stderr)

    def press(self, name):
        """The first button of a page, by the pointer; or by the keyboard, for now and then Chromium shows its
        window to assistive technology and not the page in it."""
        def window():
            found = subprocess.run(['xdotool', 'search', '--onlyvisible', '--class', 'chromium'], check=False,
                                   capture_output=True, text=True).stdout.split()
            return found and found[-1]

        try:
            button = self.find('push button', name, 10)
        except gumtest.Late:
            self.title('Authorize')
            keys = ['key', 'Tab', 'key', 'Return']
        else:
            box = gumtest.wait(lambda: gumtest.extents(button).width > 0 and
                               button.get_component_iface().get_extents(gumtest.Atspi.CoordType.SCREEN),
                               'the button to be drawn')
            keys = ['mousemove', str(box.x + box.width // 2), str(box.y + box.height // 2), 'click', '1']
        subprocess.run(['xdotool', 'windowactivate', '--sync', gumtest.wait(window, 'the browser'), *keys],
                       check=True)

    def title(self, pattern):
        return self.find('frame', re.compile(pattern))

    def stop(self):
        pid = self.pid()
        if pid is None:
            return

        def ended():
            try:
                with open(f'/proc/{pid}/stat', encoding='ascii', errors='replace') as stream:
                    return stream.read().rsplit(')', 1)[1].split()[0] == 'Z'
            except OSError:
                return True

        os.kill(pid, 15)
        try:
            gumtest.wait(ended, 'the browser to end', 10)
        except gumtest.Late:
            os.kill(pid, 9)


class Keyring:
    """gnome-keyring-daemon with an unlocked login keyring, as after a login."""

    def __init__(self, password='a password'):
        self.process = subprocess.Popen(['gnome-keyring-daemon', '--foreground', '--unlock',
                                         '--components=secrets'], stdin=subprocess.PIPE,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.process.stdin.write(password.encode())
        self.process.stdin.close()
        gumtest.wait(lambda: subprocess.run(
            ['gdbus', 'call', '--session', '--dest', 'org.freedesktop.secrets', '--object-path',
             '/org/freedesktop/secrets', '--method', 'org.freedesktop.Secret.Service.ReadAlias', 'default'],
            capture_output=True, text=True, check=False).stdout.startswith("(objectpath '/org/freedesktop/secrets/c"),
            'the keyring')

    def items(self):
        """The labels and attributes of all that is in it, never the secrets."""
        done = subprocess.run(['secret-tool', 'search', '--all', 'xdg:schema', 'org.example.Gumroad.Account'],
                              capture_output=True, text=True, check=False)
        return re.findall(r'^label = .*', done.stdout, re.MULTILINE)

    def stop(self):
        self.process.terminate()
        self.process.wait()
