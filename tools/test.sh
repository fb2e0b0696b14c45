#!/usr/bin/env bash
# All tests on SQLite; then, without those in a browser, again on PostgreSQL where there is one.
set -uo pipefail
cd "$(dirname "$0")/.."
server=${TEST_POSTGRES_URL:-postgres://postgres@127.0.0.1:5432/postgres}
failed=0

echo "== SQLite"
env -u DATABASE_URL .venv/bin/python -m pytest || failed=1
if .venv/bin/python -c "import psycopg; psycopg.connect('$server', connect_timeout=3)" 2>/dev/null; then
  echo "== PostgreSQL"
  DATABASE_URL=${server%/*}/karesi_plan .venv/bin/python -m pytest -m "not browser or journey" || failed=1
fi
exit $failed
