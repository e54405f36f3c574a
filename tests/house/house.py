# SPDX-License-Identifier: GPL-3.0-or-later
"""What is in the source tree, for the tests that read it."""

import os
import subprocess

import tap

ROOT = tap.source_root()

# What people can read in the code of others, in pictures and in seeds of the fuzzer is not our text.
NOT_OURS = ('COPYING', 'data/screenshots/', 'tests/fuzz/corpus/')


def files(*suffixes, under=''):
    """The files that belong to the project, relative to its root, sorted."""
    git = subprocess.run(['git', '-C', ROOT, '-c', f'safe.directory={ROOT}', 'ls-files', '-z',
                          '--cached', '--others', '--exclude-standard'],
                         capture_output=True, check=False)
    if git.returncode == 0:
        names = git.stdout.decode().split('\0')
    else:
        names = [os.path.relpath(os.path.join(folder, name), ROOT)
                 for folder, folders, inner in os.walk(ROOT) for name in inner
                 if '/.git/' not in f'{folder}/' and '__pycache__' not in folder]
    return sorted(name for name in set(names)
                  if name and name.startswith(under) and (not suffixes or name.endswith(suffixes))
                  and os.path.isfile(os.path.join(ROOT, name)))


def ours(*suffixes, under=''):
    return [name for name in files(*suffixes, under=under)
            if not name.startswith(NOT_OURS) and not name.endswith('.png')]


def read(name):
    with open(os.path.join(ROOT, name), encoding='utf-8') as stream:
        return stream.read()
