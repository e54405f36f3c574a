# SPDX-License-Identifier: GPL-3.0-or-later
# What tests/check and tests/demo need of Debian 12, and how they get it. To be sourced.

build_packages=(
  appstream build-essential desktop-file-utils gettext git libadwaita-1-dev libgdk-pixbuf2.0-bin
  gtk-update-icon-cache libglib2.0-bin libglib2.0-dev libgtk-4-dev libjson-glib-dev libsecret-1-dev libsoup-3.0-dev
  libsqlite3-dev meson ninja-build pkg-config
)
# What the program wants beside it while it runs: pictures, icons, letters, TLS.
run_packages=(
  adwaita-icon-theme ca-certificates dbus fonts-cantarell fonts-dejavu-core fonts-noto-core
  glib-networking gsettings-desktop-schemas heif-gdk-pixbuf librsvg2-common shared-mime-info webp-pixbuf-loader
)
screen_packages=(
  at-spi2-core gir1.2-atspi-2.0 imagemagick openbox procps python3 python3-gi x11-utils
  xdotool xvfb
)
check_packages=(
  chromium clang gnome-keyring libclang-rt-14-dev libsecret-tools librsvg2-bin python3-dbusmock
)
picture_packages=(
  fonts-noto-cjk fonts-noto-color-emoji
)

# need PACKAGE…: installs those that are missing; says what to do when it may not.
need() {
  local package missing=() as_root=()

  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    echo 'This is not Debian: what is needed must be there already.'
    return 0
  fi

  for package in "$@"; do
    if ! dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed; then
      missing+=("$package")
    fi
  done
  (( ${#missing[@]} == 0 )) && return 0

  if (( EUID != 0 )); then
    if ! command -v sudo >/dev/null; then
      echo "Missing, and neither root nor sudo is here. As root:" >&2
      echo "  apt-get update && apt-get install --no-install-recommends ${missing[*]}" >&2
      return 1
    fi
    as_root=(sudo)
  fi

  echo "Installing ${missing[*]}"
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o Dpkg::Use-Pty=0 update >&2 &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
      apt-get -q -y -o Dpkg::Use-Pty=0 install --no-install-recommends "${missing[@]}" >&2
}

# build_folder NAME: where to build, outside the tree; one folder for each clone and purpose.
build_folder() {
  local root=$1 name=$2 cache

  if [[ -n ${GUM_BUILD:-} ]]; then
    printf '%s/%s\n' "$GUM_BUILD" "$name"
    return
  fi
  cache=${XDG_CACHE_HOME:-${HOME:-}/.cache}
  if ! mkdir -p "$cache/gumroad-build" 2>/dev/null; then
    cache=$(mktemp -d)
  fi
  printf '%s/gumroad-build/%s-%s\n' "$cache" "$(printf '%s' "$root" | cksum | cut -d' ' -f1)" "$name"
}
