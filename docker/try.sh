#!/usr/bin/env bash
# Everything an operator does, once, with podman: build, first run, a form from the first page to the receipt
# through the proxy, which keeps nothing of a slow sender, a killed worker, backup, destroy, restore, the same
# receipt, sign in (by the drill), the ledger verified. Leaves nothing behind.
#
#   docker/try.sh                  BASE=debian:bookworm-slim, or another image to build on
#   BUILD_WITH="-v …"              more for `podman build`, as where certificates have to be mounted
set -euo pipefail
cd "$(dirname "$0")/.."
BASE=${BASE:-debian:bookworm-slim} HOST=forms.try.test PORT=${PORT:-8443}
NAME=intake-try-$$ WORK=$(mktemp -d) BEGAN=$(date +%s)
say() { echo "[$(($(date +%s) - BEGAN)) s] $*"; }
end() {
  local code=$?
  test $code = 0 || for one in web worker proxy; do echo "--- $one"; podman logs --tail 20 "$NAME-$one" 2>&1 || true; done
  podman ps -aq --filter "name=^$NAME-" | xargs -r podman rm -f -t 2 >/dev/null 2>&1 || true
  podman volume rm -f $NAME-files $NAME-state $NAME-data >/dev/null 2>&1 || true
  podman network rm -f $NAME >/dev/null 2>&1 || true
  rm -rf "$WORK"
}
trap end EXIT

say "building over $BASE"
for image in app:docker/Dockerfile standins:docker/standins.Dockerfile; do
  # shellcheck disable=SC2086  # several words on purpose
  podman build -q --build-arg BASE="$BASE" ${BUILD_WITH:-} -f "${image#*:}" -t "localhost/intake-${image%%:*}" . >/dev/null
done
IMAGE=localhost/intake-app STANDIN=localhost/intake-standins

say "keys, certificate, settings"
run() { podman run --network "$NAME" "$@"; }
podman network create "$NAME" >/dev/null
podman run --rm -u 0 -v "$WORK:/out" --entrypoint sh "$IMAGE" -c "
  umask 077; mkdir /out/approvals /out/backups /out/backup-keys /out/kit /out/tls
  python -m foundation.database.make_keys /out/keys --owner 10001 --split
  python -c 'import secrets; print(secrets.token_hex(24), end=\"\")' > /out/postgres-password
  chown 10001 /out/postgres-password /out/approvals /out/backups /out/backup-keys /out/kit; chmod 755 /out /out/tls"
podman run --rm -v "$WORK/tls:/tls" --entrypoint openssl "$STANDIN" req -x509 -newkey rsa:2048 -nodes -days 2 \
  -subj "/CN=$HOST" -addext "subjectAltName=DNS:$HOST" -keyout /tls/intake.key -out /tls/intake.crt 2>/dev/null
cat > "$WORK/app.env" <<ENV
REDIS_URL=redis://valkey:6379/0
CACHE_URL=redis://valkey:6379/1
ALLOWED_HOSTS=$HOST
CSRF_TRUSTED_ORIGINS=https://$HOST
SITE_URL=https://$HOST
EMAIL_URL=smtp://nowhere:25
DEFAULT_FROM_EMAIL=Intake <no-reply@$HOST>
ALIAS_FROM_EMAIL=Messages <messages@$HOST>
INTAKE_OFFICE=river
INTAKE_KEYS=/keys
MEDIA_ROOT=/files
INTAKE_APPROVALS=/approvals/approvals.toml
DATABASE_URL=postgres://postgres:5432/intake
ENV
SEALED=(--read-only --tmpfs /tmp --cap-drop ALL --security-opt no-new-privileges --env-file "$WORK/app.env")
app() { # app KEYS ARGUMENTS-OF-RUN… -- COMMAND…
  local keys=$1; shift; local with=()
  while [ "$1" != "--" ]; do with+=("$1"); shift; done; shift
  run "${SEALED[@]}" -v "$WORK/$keys:/keys:ro" -v "$NAME-files:/files" -v "$NAME-state:/state" \
    -v "$WORK/approvals:/approvals" -v "$WORK/backups:/backups" -v "$WORK/backup-keys:/backup-keys" \
    "${with[@]}" "$IMAGE" "$@"
}
ADMIN=(-v "$WORK/postgres-password:/run/secrets/postgres:ro")
serve() { # serve NAME KEYS
  app "$2" -d --name "$NAME-$1" --network-alias "$1" -- "$1" >/dev/null
}
wait_for() { # wait_for WORDS COMMAND…
  local words=$1; shift
  for _ in $(seq 120); do "$@" >/dev/null 2>&1 && return; sleep 1; done
  say "FAILED: $words"; podman ps -a --filter "name=^$NAME-"
  for one in $(podman ps -aq --filter "name=^$NAME-"); do podman logs --tail 15 "$one"; done; exit 1
}
servers() {
  run -d --name "$NAME-postgres" --network-alias postgres "${ADMIN[@]}" -v "$NAME-data:/data" "$STANDIN" postgres >/dev/null
  run -d --name "$NAME-valkey" --network-alias valkey "$STANDIN" valkey >/dev/null
  wait_for "PostgreSQL" podman exec -e LD_LIBRARY_PATH=/opt/postgres/lib "$NAME-postgres" \
    /opt/postgres/bin/pg_isready -h 127.0.0.1
}
ready() { podman exec "$NAME-web" python -c "
import json, urllib.request as u, sys
try: said = json.load(u.urlopen('http://127.0.0.1:8000/health/ready?all', timeout=5))
except u.HTTPError as error: said = json.load(error)
print(json.dumps(said)); sys.exit(any(said[part] != 'ok' for part in sys.argv[1:]))" "$@"; }
processes() {
  for part in web:keys-web worker:keys-worker names:keys-names beat:keys-worker; do serve "${part%%:*}" "${part#*:}"; done
  wait_for "every process heard of" ready database migrations static worker beat names office
}

say "PostgreSQL and Valkey"; servers
say "migrate"; app keys --rm "${ADMIN[@]}" -- migrate
say "first run"
app keys-worker --rm -e INTAKE_LOGIN=worker -v "$WORK/kit:/kit" -- python manage.py first_run --kit /kit/kit.json \
  --name "River Legal Aid" --phone "(212) 555-0100" --time-zone America/New_York --person Ines --email ines@river.test \
  > "$WORK/first-run"
say "web, worker, names, beat"; processes
ready || true

say "a page through the proxy"
proxy() {
  run -d --name "$NAME-proxy" --network-alias "$HOST" -e HOST="$HOST" -p "127.0.0.1:$PORT:443" \
    -v "$PWD/docker/nginx.conf:/shipped.conf:ro" -v "$WORK/tls:/tls:ro" "$STANDIN" proxy >/dev/null
}
page() { curl -sS --noproxy '*' --cacert "$WORK/tls/intake.crt" --resolve "$HOST:$PORT:127.0.0.1" "$@"; }
proxy
wait_for "the sign-in page through the proxy" page -f "https://$HOST:$PORT/sign-in/"
test "$(page -o /dev/null -w '%{http_code}' "https://$HOST:$PORT/health/ready")" = 404
test "$(page -o /dev/null -w '%{http_code}' "https://$HOST:$PORT/metrics")" = 404
page "https://$HOST:$PORT/static/$(podman exec "$NAME-web" python -c "
import json; print(json.load(open('/app/staticfiles/staticfiles.json'))['paths']['css/app.css'])")" -fo /dev/null

walk() { # walk ARGUMENTS…: somebody at a browser, who knows the site by its name alone
  app keys-web --rm -e SSL_CERT_FILE=/tls/intake.crt -v "$WORK/tls/intake.crt:/tls/intake.crt:ro" \
    "${OTHER[@]}" -- python -m demo.drill.walk "https://$HOST" "$@"
}
OTHER=()
say "the administrator comes in by the link and opens the form, once a lawyer approved its words"
test "$(page -o /dev/null -w '%{http_code}' "https://$HOST:$PORT/")" = 503 # no lawyer approved a word yet
app keys-web --rm -- python manage.py approve_words --by "Try, no bar number" --language en --yes >/dev/null
walk --first "$(grep -o 'https://[^ ]*/invitation/[^ ]*' "$WORK/first-run")"
say "a form from the first page to the receipt, with a paper"
RECEIPT=$(walk | tail -1)
query() { # query SQL: as the administrator, who alone sees past the row policies
  podman exec -e LD_LIBRARY_PATH=/opt/postgres/lib -e PGPASSWORD="$(cat "$WORK/postgres-password")" \
    "$NAME-postgres" /opt/postgres/bin/psql -h 127.0.0.1 -U intake -d intake -Atc "$1"
}
cases_are() { test "$(query 'SELECT count(*) FROM cases_case')" = "$1"; }
copied() { test "$(query "SELECT count(*) FROM files_upload WHERE status = 'rebuilt'")" = 1; }
wait_for "the form to become a case" cases_are 1
wait_for "the paper to be rebuilt" copied

say "half a paper from a slow sender lies on no disk of the proxy"
CANARY=canary-$$-in-a-body
held() { # files that hold it, with or without a name, and how many bytes have no name
  podman exec --privileged "$NAME-proxy" sh -c "grep -rlsF $CANARY /var /tmp /run /etc /usr/local /root
    for one in /proc/[0-9]*/fd/*; do case \$(readlink \$one) in *'(deleted)') readlink \$one ;; esac; done; true"
}
podman exec "$NAME-proxy" sh -c "echo $CANARY > /var/lib/nginx/body/seen"
test "$(held)" = /var/lib/nginx/body/seen # this look would find it
podman exec "$NAME-proxy" rm /var/lib/nginx/body/seen
OTHER=(-d --name "$NAME-slow"); walk --half "$CANARY" >/dev/null
half_sent() { podman logs "$NAME-slow" 2>&1 | grep -q "half is sent"; }
wait_for "half a paper to be sent" half_sent
sleep 2; test -z "$(held)"; podman rm -f -t 1 "$NAME-slow" >/dev/null

say "a killed worker is missed, and comes back"
podman kill "$NAME-worker" >/dev/null; podman rm -f "$NAME-worker" >/dev/null
serve worker keys-worker
wait_for "the worker again" podman exec "$NAME-worker" find /tmp/alive -mmin -1

say "backup, by its two keys"
app keys-backup --rm -e INTAKE_LOGIN=worker -v "$WORK/kit:/kit" -- python manage.py backup_keys /kit/offline \
  > "$WORK/recipients"
grep =age1 "$WORK/recipients" >> "$WORK/app.env"
app keys-backup --rm -e INTAKE_LOGIN=worker -- python manage.py backup /backups --keys /backup-keys
podman run --rm -u 0 -v "$WORK:/out" -v "$NAME-state:/state" --entrypoint cp "$IMAGE" /state/anchors.json /out/anchors.json

say "destroy: every container, the database, the files"
podman rm -f -t 2 $NAME-web $NAME-worker $NAME-names $NAME-beat $NAME-proxy $NAME-postgres $NAME-valkey >/dev/null
podman volume rm -f $NAME-data $NAME-files $NAME-state >/dev/null

say "restore into empty ones"; servers
DATA=/backups/$(ls "$WORK/backups") KEYS=/backup-keys/$(ls "$WORK/backup-keys")
OPEN=(--identity /kit/offline/data.key --keys-identity /kit/offline/keys.key)
app keys --rm "${ADMIN[@]}" -v "$WORK/kit:/kit:ro" -- restore "$DATA" "$KEYS" "${OPEN[@]}"
app keys-worker --rm -e INTAKE_LOGIN=worker -v "$WORK/anchors.json:/anchors.json:ro" -- \
  python manage.py ledger restored --from /anchors.json
app keys-worker --rm -e INTAKE_LOGIN=worker -v "$WORK/anchors.json:/anchors.json:ro" -- \
  python manage.py verify_ledger --anchors /anchors.json
say "the drill with the recovery kit: open, sign in, sign, verify"
awk '/person [12] / { print $3 }' "$WORK/first-run" |
  app keys --rm -i "${ADMIN[@]}" -v "$WORK/kit:/kit:ro" -- restore_drill "$DATA" "$KEYS" "${OPEN[@]}" --kit /kit/kit.json
processes
cases_are 1
say "the same receipt opens the form that was sent before"
proxy; wait_for "the proxy again" page -f "https://$HOST:$PORT/sign-in/"
OTHER=()
# shellcheck disable=SC2086  # two numbers
walk --receipt $RECEIPT
say "done"
