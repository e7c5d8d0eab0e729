"""Between the two ways Python calls a web application: what an ASGI server says, as WSGI has it, and back."""

import io
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import unquote_to_bytes

Scope = Mapping[str, Any]
Answered = tuple[int, list[tuple[bytes, bytes]], bytes]


def environ_of(scope: Scope, body: io.BufferedReader, length: int) -> dict[str, Any]:
    """Return the environment of a request (PEP 3333) whose body is whole."""
    host, port = scope.get("server") or ("localhost", 80)
    environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": host,
        "SERVER_PORT": str(port or 80),
        "REMOTE_ADDR": (scope.get("client") or ("",))[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    environ |= _headers(scope["headers"])
    return {**environ, "CONTENT_LENGTH": str(length)}


def _headers(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Return headers as WSGI names them; with an underscore one passes for another, and is left out."""
    found: dict[str, str] = {}
    for raw, value in headers:
        if b"_" in raw:
            continue
        name = raw.decode("latin-1").upper().replace("-", "_")
        name = name if name in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{name}"
        between = "; " if name == "HTTP_COOKIE" else ","
        text = value.decode("latin-1")
        found[name] = f"{found[name]}{between}{text}" if name in found else text
    return found


def call(application: Callable[..., Any], environ: dict[str, Any]) -> Answered:
    """Ask the application and return status, headers and the whole content."""
    started: list[Any] = []

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
        started[:] = [status, headers]

    response = application(environ, start_response)
    try:
        content = b"".join(response)
    finally:
        if hasattr(response, "close"):
            response.close()
    status, headers = started
    return (
        int(status[:3]),
        [(name.lower().encode("latin-1"), value.strip().encode("latin-1")) for name, value in headers],
        content,
    )
