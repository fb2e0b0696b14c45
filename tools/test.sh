#!/usr/bin/env bash
# All tests on SQLite, those in a browser beside the others; at the same time on PostgreSQL, where
# there is one, all that need no browser and the journey, but for what asks only for words, codes and headers.
set -uo pipefail
cd "$(dirname "$0")/.."
server=${TEST_POSTGRES_URL:-postgres://postgres@127.0.0.1:5432/postgres}
mkdir -p var
declare -A runs
trap 'kill "${runs[@]}" 2>/dev/null' EXIT

begin() { # name, then what pytest is asked
  local name=$1
  shift
  .venv/bin/python -m pytest "$@" >"var/$name.log" 2>&1 &
  runs[$name]=$!
}

unset DATABASE_URL
here=()
if [ -e /usr/bin/chromium ]; then
  begin pages -m browser
  here=(-m "not browser")
fi
if .venv/bin/python -c "import psycopg; psycopg.connect('$server', connect_timeout=3)" 2>/dev/null; then
  DATABASE_URL=${server%/*}/karesi_plan begin postgres -m "not browser or journey" \
    --ignore tests/pages --ignore tests/access --ignore tests/security
elif [ -n "${CI:-}" ]; then
  echo "PostgreSQL is missing."
  exit 1
fi
failed=0
echo "== SQLite"
.venv/bin/python -m pytest "${here[@]}" || failed=1
for name in "${!runs[@]}"; do
  wait "${runs[$name]}" || failed=1
  echo "== $name"
  cat "var/$name.log"
done
trap - EXIT
exit $failed
