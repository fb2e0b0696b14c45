#!/usr/bin/env bash
# All tests on SQLite; on PostgreSQL, where there is one, the journeys and all that ask the database without
# a browser, but for what asks only for pages, print, Word files and headers: there the database makes no
# difference that the journeys would not meet.
# As many runs at once as there are cores: what a page must do in seconds is asked of a machine that can.
# Beside them what mostly waits: for Redis to come back, for the next code of an authenticator.
set -uo pipefail
cd "$(dirname "$0")/.."
server=${TEST_POSTGRES_URL:-postgres://postgres@127.0.0.1:5432/postgres}
mkdir -p var
export LEFT_OUT=$PWD/var/left-out
: >"$LEFT_OUT"
cores=$(nproc)
declare -A runs=()
failed=0
trap 'kill "${!runs[@]}" 2>/dev/null' EXIT

begin() { # name, then what pytest is asked
  local name=$1
  shift
  while [ ${#runs[@]} -ge "$at_once" ]; do end_one; done
  echo "-- $name"
  RUN=$name .venv/bin/python -m pytest "$@" >"var/$name.log" 2>&1 &
  runs[$!]=$name
}

end_one() {
  local ended
  wait -n -p ended "${!runs[@]}" || failed=1
  echo "== ${runs[$ended]}"
  cat "var/${runs[$ended]}.log"
  unset "runs[$ended]"
}

end_all() {
  while [ ${#runs[@]} -gt 0 ]; do end_one; done
}

unset DATABASE_URL
postgres=
if .venv/bin/python -c "import psycopg; psycopg.connect('$server', connect_timeout=3)" 2>/dev/null; then
  postgres=${server%/*}/karesi_plan
elif [ -n "${CI:-}" ]; then
  echo "PostgreSQL is missing."
  exit 1
fi
here=()
! command -v chromium chromium-headless-shell >/dev/null || here=(-m "not browser")
every_address=(tests/access tests/pages)
waiting=(tests/common/test_jobs_processes.py tests/sign_in/test_two_processes.py)
elsewhere=(tests/journeys tests/security tests/steps tests/sign_in/test_door.py tests/audit/test_readings.py
  tests/audit/test_history_told.py tests/drafts/test_build_draft.py tests/files/test_hostile.py
  tests/reports/test_intake.py tests/reports/test_export.py tests/reports/test_record.py
  tests/reports/test_payloads.py "${every_address[@]}" "${waiting[@]}")

begin_on_postgres() { # database, then what pytest is asked
  local database=$1
  shift
  [ -z "$postgres" ] || DATABASE_URL=$postgres$database begin "postgres$database" "$@"
}

# First, each by itself: what a journey may take is asked of a machine that does nothing else.
at_once=1
begin_on_postgres _journeys tests/journeys
[ ${#here[@]} -eq 0 ] || begin journeys tests/journeys
end_all
at_once=$((cores + 2))
begin waiting "${waiting[@]}"
begin_on_postgres _waiting "${waiting[@]}"
[ ${#here[@]} -eq 0 ] || begin browser -m browser --ignore=tests/journeys
begin sqlite "${here[@]}" "${every_address[@]/#/--ignore=}" "${waiting[@]/#/--ignore=}"
at_once=$cores
begin_on_postgres "" -m "database and not browser" "${elsewhere[@]/#/--ignore=}" \
  --ignore-glob='*/test_pages.py' --ignore-glob='*/test_*ing_pages.py' --ignore-glob='*/test_print*.py'
begin addresses "${every_address[@]}" "${here[@]}"
end_all
awk '{ n[$2] += $1 } END { for (service in n) said = said (said ? ", " : "") n[service] " for " service
  if (said) print "Skipped for want of a service: " said "." }' "$LEFT_OUT"
trap - EXIT
exit $failed
