#!/usr/bin/env bash
# Proves the two commands on a bare Debian 12: makes a root with git, make, python3 and python3-venv and
# nothing else, clones the project into it, and runs `make run` (twice) and `make test` with their times.
# As root, with debootstrap:   deploy/bare-root.sh FOLDER [run|test]...
set -euo pipefail
folder=${1:?"usage: deploy/bare-root.sh FOLDER [run|test]..."}; shift
project=$(cd "$(dirname "$0")/.." && pwd)
port=${PORT:-8000}
steps=("$@"); [ ${#steps[@]} -gt 0 ] || steps=(run test)

# The machine's own mirror, certificates and package clients' settings: a bare root has none of them.
mirror() { sed -nE 's/^(URIs:|deb( \[[^]]*\])?) *(https?:\S+)(.*)$/\3/p' /etc/apt/sources.list.d/debian.sources \
  /etc/apt/sources.list 2>/dev/null | head -1; }
carried=(/etc/resolv.conf /etc/hosts /etc/pip.conf /root/.config/pip/pip.conf /root/.npmrc /etc/ssl/certs/ca-certificates.crt)
settings=$(env | grep -E '^(PIP_(CERT|INDEX_URL|DEFAULT_TIMEOUT)|SSL_CERT_FILE|NODE_EXTRA_CA_CERTS|REQUESTS_CA_BUNDLE|(https?|no)_proxy)=' || true)

make_root() {
  debootstrap --variant=minbase --include=git,make,python3,python3-venv,ca-certificates bookworm "$folder" "$(mirror)"
  rm -rf "$folder"/etc/apt/sources.list "$folder"/etc/apt/sources.list.d
  mkdir -p "$folder/etc/apt/sources.list.d"
  cp -a /etc/apt/sources.list.d/debian.sources "$folder/etc/apt/sources.list.d/" 2>/dev/null ||
    cp -a /etc/apt/sources.list "$folder/etc/apt/"
  cp -a /etc/apt/apt.conf.d/. "$folder/etc/apt/apt.conf.d/"
  cp -a /usr/local/share/ca-certificates/. "$folder/usr/local/share/ca-certificates/"
  for file in "${carried[@]}"; do
    [ ! -e "$file" ] || { mkdir -p "$folder$(dirname "$file")"; cp -L "$file" "$folder$file"; }
  done
}

# The root shares this machine's loopback: it shall not find a PostgreSQL there that it does not have.
# shellcheck disable=SC2206  # one setting a word
bare=(chroot "$folder" env -i HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
  LANG=C.UTF-8 PORT="$port" TEST_POSTGRES_URL=postgres://postgres@127.0.0.1:1/postgres $settings)

ready() {
  python3 -c "import urllib.request; urllib.request.urlopen('http://127.0.0.1:$port/health/ready/', timeout=5)" 2>/dev/null
}

run_until_ready() {
  local began=$SECONDS
  setsid "${bare[@]}" make -C /srv/karesi-plan run &
  local make=$!
  until ready; do
    kill -0 $make 2>/dev/null || { echo "make run ended early"; exit 1; }
    sleep 0.5
  done
  echo "== $1: ready after $((SECONDS - began)) s"
  began=$SECONDS
  kill -INT -- -$make # as Ctrl-C does: make and all that it started
  wait $make || true
  echo "== stopped after $((SECONDS - began)) s"
}

[ -x "$folder/usr/bin/make" ] || make_root
trap 'umount -l "$folder/proc" "$folder/dev" 2>/dev/null || true' EXIT
mount -t proc proc "$folder/proc"
mount --rbind --make-rslave /dev "$folder/dev"
rm -rf "$folder/srv/karesi-plan"
git clone --quiet "file://$project" "$folder/srv/karesi-plan"

for step in "${steps[@]}"; do
  case $step in
    run) run_until_ready "make run, first time"; run_until_ready "make run, again" ;;
    test) began=$SECONDS; "${bare[@]}" make -C /srv/karesi-plan test; echo "== make test: $((SECONDS - began)) s" ;;
  esac
done
