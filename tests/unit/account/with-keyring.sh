#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs a test program with one of the keyrings that a machine may have, on a bus and in a home of its
# own:   with-keyring.sh MODE PROGRAM [ARGUMENT...]
#
#   unlocked   gnome-keyring with an unlocked login keyring (the program may lock it)
#   first-run  gnome-keyring that nobody has ever used, and nothing that could show a prompt
#   none       a bus without a secret service
#   mute       a bus without services; the program plays one that never answers
#   prompting  a bus without services; the program plays a locked one that prompts
#   no-bus     no session bus at all
#   file       libsecret's own file, as in a sandbox
#   nonsense   SECRET_BACKEND names something that does not exist
set -eu

mode=$1
shift

case $mode in
unlocked | first-run | none | mute | prompting)
  if ! command -v dbus-run-session >/dev/null; then
    echo "1..0 # SKIP dbus-run-session is missing"
    exit 0
  fi
  ;;
esac
case $mode in
unlocked | first-run)
  if ! command -v gnome-keyring-daemon >/dev/null; then
    echo "1..0 # SKIP gnome-keyring-daemon is missing"
    exit 0
  fi
  ;;
esac

home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
mkdir -m 700 "$home/run" "$home/tmp"

unset DISPLAY WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS SECRET_BACKEND
unset SECRET_FILE_TEST_PATH SECRET_FILE_TEST_PASSWORD
export HOME="$home"
export TMPDIR="$home/tmp"
export XDG_RUNTIME_DIR="$home/run"
export XDG_DATA_HOME="$home/data"
export XDG_CONFIG_HOME="$home/config"
export XDG_CACHE_HOME="$home/cache"
export GUM_TEST_KEYRING="$mode"

cat >"$home/empty-bus.conf" <<CONF
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=$home/run</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
CONF

case $mode in
unlocked)
  # shellcheck disable=SC2016
  timeout 300 dbus-run-session -- sh -c '
    printf test | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
    exec "$0" "$@"' "$@"
  ;;
first-run)
  timeout 300 dbus-run-session -- "$@"
  ;;
none | mute | prompting)
  timeout 300 dbus-run-session --config-file="$home/empty-bus.conf" -- "$@"
  ;;
no-bus)
  timeout 300 "$@"
  ;;
file)
  # libsecret 0.20 loses the etag of every file that it writes, in frames that no suppression can
  # name. The other modes look for leaks.
  export ASAN_OPTIONS="${ASAN_OPTIONS:-}:detect_leaks=0"
  SECRET_BACKEND=file SECRET_FILE_TEST_PATH="$home/items.keyring" SECRET_FILE_TEST_PASSWORD=a \
    timeout 300 "$@"
  ;;
nonsense)
  SECRET_BACKEND=nonsense timeout 300 "$@"
  ;;
*)
  echo "unknown mode $mode" >&2
  exit 2
  ;;
esac
