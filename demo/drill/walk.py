"""People at a site's own front door: a form from the landing page to the receipt, and back with it.

python -m demo.drill.walk https://forms.example.org --first LINK         its administrator opens it
python -m demo.drill.walk https://forms.example.org                      prints the receipt's two numbers
python -m demo.drill.walk https://forms.example.org --receipt 123 456    comes back with them
python -m demo.drill.walk https://forms.example.org --half CANARY        sends half a paper, and then waits

For docker/try.sh, and for whoever wants to see that a new installation takes a form. The form it sends is
a stranger's like any other: staff put it away.
"""

import argparse
import re
import secrets
import socket
import ssl
import sys
import time
from collections.abc import Sequence
from urllib.parse import urlsplit

import django

from demo.drill.visitor import Failed, Visitor

HALF, HELD_SECONDS = 4_000_000, 25
SHOWN = re.compile(r'data-test="(locator|secret)"[^>]*>([\d\s]+)<')
SECRET = re.compile(r'data-test="secret">([A-Z2-7 ]+)<')
TITLE = re.compile(r"<title>([^<]+)<")
BUTTON = 'class="btn go"'


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="walk", description=__doc__.split("\n")[0])
    parser.add_argument("site", help="its address, as people type it")
    parser.add_argument("--first", metavar="LINK", help="the first administrator's, as first_run prints it")
    parser.add_argument("--receipt", nargs=2, metavar=("NUMBER", "SECRET"))
    parser.add_argument("--half", metavar="CANARY", help="words that no disk may hold meanwhile")
    asked = parser.parse_args(arguments)
    django.setup()
    if asked.first:
        return open_form(asked.site, asked.first)
    if asked.half:
        return send_half(asked.site, asked.half.encode())
    return come_back(asked.site, *asked.receipt) if asked.receipt else fill_in(asked.site)


def open_form(site: str, link: str) -> int:
    """Come in with a password and an app's code, and open the public form knowingly."""
    # Here: apps are ready only now.
    from allauth.mfa.totp.internal import auth

    visitor, password = Visitor(site), secrets.token_urlsafe(24)
    visitor.open(urlsplit(link).path)
    send(visitor, {"new": password, "again": password})
    visitor.open("/my/sign-in/app/add/")
    shown = SECRET.search(visitor.words)
    if not shown:
        return say(f"The invitation does not lead to a second step: {visitor.path}")
    secret, counter = shown[1].replace(" ", ""), next(iter(auth.yield_hotp_counters_from_time()))
    send(visitor, {"code": auth.format_hotp_value(auth.hotp_value(secret, counter))})
    visitor.open("/ready/")
    visitor.send("/ready/form/", {"press": "open", "knowing": "on"})
    stranger = Visitor(site)
    if stranger.open("/") != 200 or BUTTON not in stranger.words:
        return say(f"The form did not open: {visitor.path}")
    return 0


def send(visitor: Visitor, values: dict[str, object]) -> None:
    """Send the page that is open to its own address; where that fails, look at it again and send it anew."""
    path = visitor.path
    for _try in range(20):
        try:
            visitor.send(path, values)
            return
        except Failed as failed:
            title = TITLE.search(visitor.words)
            say(f"{path} answers {failed} ({title[1].strip() if title else ''}), and is tried again")
            time.sleep(2)
            visitor.open(path)
            if visitor.path != path:  # it was taken all the same
                return


def fill_in(site: str) -> int:
    """Fill in the form with a paper and print the receipt."""
    # Here: likewise.
    from demo.drill.deeds import Done, answers_of, walk

    visitor, done = Visitor(site), Done()
    if visitor.open("/") != 200 or BUTTON not in visitor.words:
        return say(f"The first page does not lead to the form: {visitor.path}")
    email, answers = answers_of(1, 1)
    walk(visitor, answers, done, email)
    shown = dict(SHOWN.findall(visitor.words))
    if not done.papers or shown.keys() != {"locator", "secret"}:
        return say(f"It did not come to a receipt: {visitor.path} {done.errors}")
    sys.stdout.write(" ".join("".join(shown[name].split()) for name in ("locator", "secret")) + "\n")
    return 0


def come_back(site: str, locator: str, secret: str) -> int:
    """Open the return page with a receipt."""
    visitor = Visitor(site)
    visitor.open("/return/")
    status = visitor.send("/return/", {"locator": locator, "secret": secret})
    if status != 200 or visitor.path == "/return/":
        return say(f"The receipt does not open the form: {status} {visitor.path}")
    return 0


def send_half(site: str, canary: bytes) -> int:
    """Send half of a body as a slow phone does, and hold the connection open."""
    where = urlsplit(site)
    place = (where.hostname or "", where.port or 443)
    with socket.create_connection(place, timeout=20) as plain:
        with ssl.create_default_context().wrap_socket(plain, server_hostname=place[0]) as secure:
            head = f"POST /form/58/ HTTP/1.1\r\nHost: {where.netloc}\r\nContent-Length: {2 * HALF}\r\n\r\n"
            secure.sendall(head.encode() + canary * (HALF // len(canary)))
            say("half is sent")
            time.sleep(HELD_SECONDS)
    return 0


def say(text: str) -> int:
    """Say what happened where it does not mix with the receipt; what fails is one."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
