#!/usr/bin/env bash
# All tests on SQLite; beside them on PostgreSQL, where there is one, all that need no browser and the journey.
set -uo pipefail
cd "$(dirname "$0")/.."
server=${TEST_POSTGRES_URL:-postgres://postgres@127.0.0.1:5432/postgres}
failed=0 second=

if .venv/bin/python -c "import psycopg; psycopg.connect('$server', connect_timeout=3)" 2>/dev/null; then
  mkdir -p var
  DATABASE_URL=${server%/*}/karesi_plan .venv/bin/python -m pytest -m "not browser or journey" >var/postgres.log 2>&1 &
  second=$!
  trap 'kill $second 2>/dev/null' EXIT
elif [ -n "${CI:-}" ]; then
  echo "PostgreSQL is missing."
  exit 1
fi
echo "== SQLite"
env -u DATABASE_URL .venv/bin/python -m pytest || failed=1
if [ -n "$second" ]; then
  wait $second || failed=1
  echo "== PostgreSQL"
  cat var/postgres.log
fi
exit $failed
