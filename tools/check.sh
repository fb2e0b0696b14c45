#!/usr/bin/env bash
# Every check, each with its name; what fails shows what it said.
set -uo pipefail
cd "$(dirname "$0")/.."
bin=.venv/bin failed=0

check() {
  local name=$1 said; shift
  if said=$("$@" 2>&1); then echo "ok    $name"; else echo "FAIL  $name"; echo "$said"; failed=1; fi
}

production() {
  SECRET_KEY=$(head -c 40 /dev/urandom | base64) MFA_KEY=$(head -c 32 /dev/urandom | base64 | tr +/ -_) ALLOWED_HOSTS=plan.example AUDIT_KEY_FILE=manage.py DATABASE_URL=sqlite:////dev/null \
    DJANGO_SETTINGS_MODULE=karesi_plan.settings.prod $bin/python manage.py check --deploy --fail-level WARNING
}

check "style" $bin/ruff check .
check "format" $bin/ruff format --check .
check "types" $bin/mypy
check "layers" env PYTHONPATH=calendar $bin/lint-imports
check "templates" $bin/djlint templates --lint --quiet
check "migrations" $bin/python manage.py makemigrations --check --dry-run
check "translations" $bin/python tools/messages.py check
check "diagrams" $bin/python tools/diagrams.py --check
check "file length" $bin/python tools/length.py
check "production settings" production
exit $failed
