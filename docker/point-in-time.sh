#!/usr/bin/env bash
# Back to a minute with PostgreSQL's own archive, once, on a server of its own in a folder that goes with it:
# base backup, work, a minute that is noted, more work that is signed, damage, recovery, and signing goes on.
#
#   docker/point-in-time.sh               with the server that `manage.py up` brings; python is .venv's
#   PGBIN=/usr/lib/postgresql/18/bin …    with another one
#
# docs/how-to/point-in-time.md has the same steps for a real server.
set -euo pipefail
cd "$(dirname "$0")/.."
PYTHON=${PYTHON:-.venv/bin/python} WORK=$(mktemp -d) BEGAN=$(date +%s)
say() { echo "[$(($(date +%s) - BEGAN)) s] $*"; }
BROUGHT=$(INTAKE_NO_BOOTSTRAP=1 "$PYTHON" -c "from foundation.devstack.services import postgres_home as home; print(home())")
PGBIN=${PGBIN:-$BROUGHT/bin}
export LD_LIBRARY_PATH=$BROUGHT/lib LC_ALL=C.UTF-8 PGHOST=$WORK/socket PGUSER=intake PGDATABASE=intake
as() { "$@"; } # PostgreSQL does not run as root: there as nobody in a user namespace, as `up` does
if [ "$(id -u)" = 0 ]; then as() { unshare --user --map-user=65534 --map-group=65534 -- "$@"; }; fi
mkdir "$WORK/socket" "$WORK/archive" && chmod 700 "$WORK"/*
stop() { as "$PGBIN/pg_ctl" -D "$WORK/data" -m "${1:-fast}" -w stop >/dev/null; }
trap 'stop immediate 2>/dev/null || true; rm -rf "$WORK"' EXIT
start() { as "$PGBIN/pg_ctl" -D "$WORK/data" -l "$WORK/log" -w -o "-h '' -k $WORK/socket" start >/dev/null; }
sql() { "$PGBIN/psql" -X -At -v ON_ERROR_STOP=1 -c "$1"; }

# Of whoever runs this: nothing. Its database, keys and files are its own; no broker is needed.
unset INTAKE_KEYS MEDIA_ROOT CELERY_BROKER_URL CACHE_URL
export INTAKE_ENV=development INTAKE_NO_BOOTSTRAP=1 INTAKE_STATE=$WORK/state LEDGER_ANCHORS=$WORK/state/anchors.json DJANGO_SETTINGS_MODULE=config.settings
export DATABASE_URL="postgres://intake@/intake?host=$WORK/socket&port=5432" REDIS_URL=redis://127.0.0.1:1/0
office() { # office SLUG: something that happens, and is on record
  INTAKE_OFFICE=$1 "$PYTHON" manage.py first_run --name "Office $1" --phone "(212) 555-0100" \
    --time-zone America/New_York --person Ines --email "ines@$1.example" >/dev/null
}
sign() { "$PYTHON" manage.py ledger sign; }
there() { sql "SELECT string_agg(slug, ' ' ORDER BY slug) FROM accounts_office"; }

say "a server that archives"
as "$PGBIN/initdb" -D "$WORK/data" -U intake --auth=trust --encoding=UTF8 --locale-provider=builtin \
  --builtin-locale=C.UTF-8 >/dev/null
cat >> "$WORK/data/postgresql.conf" <<CONF
archive_mode = on
archive_command = 'test ! -f $WORK/archive/%f && cp %p $WORK/archive/%f'
archive_timeout = 60
CONF
start
PGDATABASE=postgres sql "CREATE DATABASE intake"
"$PYTHON" -m foundation.database.prepare
office before; sign

say "a base backup"
as "$PGBIN/pg_basebackup" -D "$WORK/base" -c fast -X none
office until

MINUTE=$(sql "SELECT clock_timestamp()"); sleep 1
say "back to $MINUTE; what follows is to be lost"
office after; sign
cp "$LEDGER_ANCHORS" "$WORK/anchors.json" # kept elsewhere
sql "DROP TABLE cases_deadline CASCADE" 2>/dev/null >/dev/null
sql "SELECT pg_switch_wal()" >/dev/null
LAST=$(sql "SELECT pg_walfile_name(pg_current_wal_lsn())")
test "$(there)" = "after before until"
for _ in $(seq 60); do # the archive has all but the piece that is being written
  test "$(sql "SELECT coalesce(last_archived_wal, '') >= '$(ls "$WORK/archive" | tail -1)' FROM pg_stat_archiver")" = t && break
  sleep 1
done
say "archived up to $(ls "$WORK/archive" | tail -1), writing $LAST"

say "recovery"
stop
mv "$WORK/data" "$WORK/damaged" && mv "$WORK/base" "$WORK/data"
cat >> "$WORK/data/postgresql.conf" <<CONF
restore_command = 'cp $WORK/archive/%f %p'
recovery_target_time = '$MINUTE'
recovery_target_action = promote
CONF
touch "$WORK/data/recovery.signal"
start
for _ in $(seq 60); do test "$(sql "SELECT pg_is_in_recovery()")" = f && break; sleep 1; done
test "$(there)" = "before until"
sql "SELECT count(*) FROM cases_deadline" >/dev/null

say "signing goes on"
echo "$("$PYTHON" -c 'import uuid; print(uuid.uuid4())') erased 2026-11-29T00:00:00+00:00" > "$WORK/deletions.txt"
"$PYTHON" manage.py replay_deletions "$WORK/deletions.txt"
"$PYTHON" manage.py ledger restored --from "$WORK/anchors.json"
"$PYTHON" manage.py verify_ledger --anchors "$WORK/anchors.json"
office again; sign
"$PYTHON" manage.py verify_ledger --anchors "$WORK/anchors.json"
say "done"
