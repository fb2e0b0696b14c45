#!/usr/bin/env bash
# Brings a fresh machine to where the program runs; each step is skipped while what it depends on
# is unchanged. `setup.sh dev` also installs what tests and checks need.
set -euo pipefail
cd "$(dirname "$0")/.."
python=.venv/bin/python

say() { printf '%s\n' "$*"; }

# once NAME FILE... -- COMMAND...: runs the command unless the files are as they were last time.
once() {
  local name=$1 stamp files=(); shift
  while [ "$1" != -- ]; do files+=("$1"); shift; done; shift
  stamp=$(find "${files[@]}" -type f -exec sha256sum {} + | LC_ALL=C sort -k2 | sha256sum)
  if [ "$(cat ".stamps/$name" 2>/dev/null)" != "$stamp" ]; then
    say "$name …"
    "$@"
    mkdir -p .stamps && printf '%s\n' "$stamp" >".stamps/$name"
  fi
}

make_venv() {
  local found
  found=$(command -v "${PYTHON:-python3}") || { say "python3 is missing."; exit 1; }
  "$found" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' ||
    { say "Python 3.11, 3.12 or 3.13 is needed; $found is $("$found" --version)."; exit 1; }
  "$found" -m venv .venv || { say "Install python3-venv first."; exit 1; }
  rm -rf .stamps
}

# Pango draws the letters of the PDF. Without it everything works but printing.
system_libraries() {
  $python -c 'import ctypes; [ctypes.CDLL(f"lib{name}") for name in
    ("pango-1.0.so.0", "pangoft2-1.0.so.0", "harfbuzz-subset.so.0")]' 2>/dev/null && return
  local install="apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
  local sudo=; [ "$(id -u)" = 0 ] || sudo="sudo -n"
  say "Printing needs Pango and HarfBuzz: $install"
  if command -v apt-get >/dev/null && { [ -z "$sudo" ] || sudo -n true 2>/dev/null; }; then
    { $sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $sudo $install; } >/dev/null ||
      say "They could not be installed; printing will fail until they are."
  fi
}

packages() { $python -m pip install -qq --disable-pip-version-check --require-hashes -r "$1"; }

# Node builds the front end. Where the machine has none, or one too old, a wheel brings it.
node_path() {
  if ! node -e 'process.exit(process.versions.node.split(".")[0] < 20 ? 1 : 0)' 2>/dev/null; then
    once node requirements-node.txt -- $python -m pip install -qq --disable-pip-version-check \
      --require-hashes --upgrade --target .node -r requirements-node.txt
    PATH="$PWD/.node/bin:$PATH" PYTHONPATH="$PWD/.node"
    export PATH PYTHONPATH
  fi
}

front_end() {
  [ -d node_modules ] || rm -f .stamps/front-end-packages
  once front-end-packages package-lock.json -- npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
  [ -n "$(ls -A static/build 2>/dev/null)" ] || rm -f .stamps/front-end
  once front-end package-lock.json frontend -- node frontend/build.mjs
}

$python -c '' 2>/dev/null || make_venv
once packages requirements.txt -- packages requirements.txt
[ "${1:-}" != dev ] || once dev-packages requirements-dev.txt -- packages requirements-dev.txt
# Needs a compiler and headers, which only CI makes sure of.
[ "${1:-}" != dev ] || [ -z "${CI:-}" ] || once ldap-packages requirements-ldap.txt -- packages requirements-ldap.txt
system_libraries
(node_path; front_end)
$python tools/messages.py compile
