"""The web process: `python -m foundation.front.serve --bind 127.0.0.1:8000`, in `up` and in the image alike.

One process that looks after WEB_WORKERS others (2 unless said otherwise), and starts one anew that died.
"""

import argparse
import logging
import os
import resource
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import uvicorn
from django.conf import settings

from foundation.front.connections import Connection
from foundation.logs import AllowList

APPLICATION = "config.asgi:application"
GRACE = 8  # seconds to end what was begun; the guard of `up` waits twelve


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--bind", default="127.0.0.1:8000")
    host, _colon, port = parser.parse_args(arguments).bind.rpartition(":")
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))  # a connection is a file, also one half sent
    check_static()
    logging.basicConfig(level=logging.WARNING)
    logging.getLogger().handlers[0].setFormatter(AllowList())
    # What each process counts for a monitor, where every one of them finds it; gone with this one.
    folder = tempfile.TemporaryDirectory(prefix="counted-", ignore_cleanup_errors=True)
    os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", folder.name)
    uvicorn.run(
        APPLICATION,
        host=host,
        port=int(port),
        workers=int(os.environ.get("WEB_WORKERS", "2")),
        http=Connection,
        ws="none",
        loop="asyncio",
        lifespan="off",
        log_config=None,  # Django's, by allow-list
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,  # Django reads the one that counts: SECURE_PROXY_SSL_HEADER
        timeout_keep_alive=5,
        timeout_graceful_shutdown=GRACE,
        timeout_worker_healthcheck=30,
    )


def check_static() -> None:
    """Start nothing that would serve pages without their styles."""
    root = settings.STATIC_ROOT
    if root and not (Path(root) / "staticfiles.json").exists():
        sys.exit("The static files are not gathered. Run manage.py collectstatic, then start again.")


if __name__ == "__main__":
    main()
