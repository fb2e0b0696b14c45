#!/usr/bin/env bash
# All tests on SQLite, those in a browser and those that ask every address beside the others; at the same
# time on PostgreSQL, where there is one, the journeys and all that ask the database without a browser, but
# for what asks only for pages, print, Word files and headers: there the database makes no difference that
# the journeys would not meet.
# Side by side, so that no core waits for the longest of them.
set -uo pipefail
cd "$(dirname "$0")/.."
server=${TEST_POSTGRES_URL:-postgres://postgres@127.0.0.1:5432/postgres}
mkdir -p var
export LEFT_OUT=$PWD/var/left-out
: >"$LEFT_OUT"
declare -A runs
trap 'kill "${runs[@]}" 2>/dev/null' EXIT

begin() { # name, then what pytest is asked
  local name=$1
  shift
  BESIDE=1 .venv/bin/python -m pytest "$@" >"var/$name.log" 2>&1 &
  runs[$name]=$!
}

unset DATABASE_URL
here=()
if [ -e /usr/bin/chromium ]; then
  begin browser -m browser
  here=(-m "not browser")
fi
every_address=(tests/access tests/pages)
begin addresses "${every_address[@]}" "${here[@]}"
if .venv/bin/python -c "import psycopg; psycopg.connect('$server', connect_timeout=3)" 2>/dev/null; then
  processes=(tests/journeys tests/common/test_jobs_processes.py tests/sign_in/test_two_processes.py)
  elsewhere=(tests/pages tests/access tests/security tests/steps tests/sign_in/test_door.py
    tests/audit/test_readings.py tests/audit/test_history_told.py tests/drafts/test_build_draft.py
    tests/files/test_hostile.py tests/reports/test_intake.py tests/reports/test_export.py
    tests/reports/test_record.py tests/reports/test_payloads.py "${processes[@]}")
  DATABASE_URL=${server%/*}/karesi_plan begin postgres -m "database and not browser" "${elsewhere[@]/#/--ignore=}" \
    --ignore-glob='*/test_pages.py' --ignore-glob='*/test_*ing_pages.py' --ignore-glob='*/test_print*.py'
  DATABASE_URL=${server%/*}/karesi_plan_processes begin postgres-processes "${processes[@]}"
elif [ -n "${CI:-}" ]; then
  echo "PostgreSQL is missing."
  exit 1
fi
failed=0
echo "== SQLite"
.venv/bin/python -m pytest "${here[@]}" "${every_address[@]/#/--ignore=}" || failed=1
for name in "${!runs[@]}"; do
  wait "${runs[$name]}" || failed=1
  echo "== $name"
  cat "var/$name.log"
done
awk '{ n[$2] += $1 } END { for (service in n) said = said (said ? ", " : "") n[service] " for " service
  if (said) print "Skipped for want of a service: " said "." }' "$LEFT_OUT"
trap - EXIT
exit $failed
