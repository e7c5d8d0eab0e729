"""What a stolen copy shows: a canary intake goes in through the browser's door, then everything is searched.

The database's dump, Valkey, every log and the mail folder hold none of fifteen canaries: not in plain, nor
base64, UTF-16 or hexadecimal.
"""

import base64
import re
import subprocess
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar

import pytest
import redis
from django.utils import timezone

from foundation.devstack.services import postgres_home
from foundation.vault.blind import blind_index
from tests.journeys.form import CASE
from tests.running import running_stack, wait_until
from tests.support.answers import address_of, answers, typed

CANARIES = {
    "given_names": "Qumrielle",
    "family_name": "Canaryovska",
    "other_names": "Zybralint",
    "birth_date": "1973-02-19",
    "phone": "2125550187",
    "email": "qumrielle.canary@nowhere.example",
    "safe_times": "Thursdays after vespers",
    "income": "7319.57",
    "note": "Feathersworth told us about the quay",
    "reason": "Overridden because of the lighthouse",
    "assertion": "The millers of Ostrovna were taken at dawn",
    "paper": "Denied for what the harbor master wrote",
    "label": "Vellumbrook",
    "asked": "The booklet from the tannery",
    "secret": None,  # the receipt's own sixteen digits, known once it is shown
}


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    with running_stack("canaries", tmp_path_factory.mktemp("canaries"), EVENTS_LEASE_SECONDS="2") as stack:
        yield stack


class Visit:
    """A browser without a screen: cookies, forms, the CSRF token."""

    def __init__(self, stack):
        self.stack = stack
        jar = urllib.request.HTTPCookieProcessor(CookieJar())
        self.opener = urllib.request.build_opener(jar)

    def get(self, path):
        with self.opener.open(self.stack.url + path) as answer:
            self.page = answer.read().decode()
        return self.page

    def post(self, path, **values):
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.page)[1]
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": token, **values}, doseq=True).encode()
        with self.opener.open(self.stack.url + path, body) as answer:
            self.page = answer.read().decode()
        return self.page


def hand_in(stack):
    """Send the canary intake and return the receipt's secret."""
    visit = Visit(stack)
    visit.get("/start/")
    for key, values in {
        "safe_now": {"safe_now": "yes", "shared": "no"},
        "who_fills": {"who_fills": "me"},
        "consent": {"consent": "yes"},
    }.items():
        visit.post(address_of(key), **values)
    c = CANARIES
    for key, values in answers(
        timezone.localdate(),
        name={name: c[name] for name in ("given_names", "family_name", "other_names")},
        born={"birth_date": c["birth_date"]},
        money={"income": c["income"], "period": "yearly"},
        reach={
            "channels": ["call", "email"],
            "safe_times": c["safe_times"],
            "phone": c["phone"],
            "email": c["email"],
        },
    ).items():
        visit.post(address_of(key), **typed(key, values))
    page = visit.post("/review/")
    return re.search(r'data-test="secret"[^>]*>([\d ]+)<', page)[1].replace(" ", "")


def work_on(stack, case):
    """Let staff write the other canaries through the actions, as the running application would."""
    code = f"""
import django; django.setup()
from django.utils import timezone
from foundation.database.principal import acting_as, each_statement_alone, system
from foundation.vault.keys import opening_keys
from foundation.accounts.models import User
from cases import actions
from cases.models import Case
with acting_as(system("test")), opening_keys(), each_statement_alone():
    from evidence.actions.claims import add_claim_point
    case = Case.objects.get(pk="{case}")
    cora, ade = (User.objects.get(email=n + "@demo.example") for n in ("cora", "ade"))
    now = timezone.now()
    actions.add_note(case, text={CANARIES["note"]!r}, by=cora, at=now)
    from screening.queries import latest_screening
    read = latest_screening(case.intake).pk
    decided = dict(track="affirmative", band=case.band, outcome="STAFF_REVIEW", by=cora, at=now)
    actions.triage_case(case, screening=read, reason={CANARIES["reason"]!r}, **decided)
    actions.grant_access(case.pk, user=ade, scope="file", reason="test")
    add_claim_point(case, ground="race", assertion={CANARIES["assertion"]!r}, by=ade, at=now)
    from demo.papers import sent
    with sent({CANARIES["label"] + ".pdf"!r}, "A letter") as file:
        actions.add_papers(case, files=[file], kind="decision", note={CANARIES["paper"]!r}, by=ade, at=now)
    actions.ask_for_papers(case, codes=["medical"], words={CANARIES["asked"]!r}, by=cora, at=now)
"""
    stack.run(code)


def everything(stack):
    """Yield (name, bytes) of all that the application leaves anywhere."""
    home = postgres_home()
    dump = subprocess.run(
        [str(home / "bin" / "pg_dump"), stack.database],
        env={"LD_LIBRARY_PATH": str(home / "lib"), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        check=True,
    ).stdout
    yield "database", dump
    # A dump writes bytes in hexadecimal; read those as what they are too.
    yield (
        "database, bytes",
        b"\n".join(bytes.fromhex(h) for h in re.findall(r"\\x([0-9a-f]{8,})", dump.decode())),
    )
    for url in (stack.app.env["CELERY_BROKER_URL"], stack.app.env["CACHE_URL"]):
        socket, _, query = url.split("://", 1)[1].partition("?")
        client = redis.Redis(unix_socket_path=socket, db=int(query.split("=")[1]))
        for key in client.scan_iter():
            yield f"valkey {key!r}", key + b" " + (client.dump(key) or b"")
    for path in stack.folder.rglob("*"):
        if path.is_file():
            place = path.relative_to(stack.folder)
            said = path.read_bytes()
            # Whom a mail goes to stands on it, in that one line: it could not be delivered otherwise.
            yield str(place), re.sub(rb"(?m)^To: .*$", b"", said) if place.parts[0] == "mail" else said


def disguises(canary):
    """Yield the ways a text can lie in a file."""
    plain = canary.encode()
    yield from (plain, plain.hex().encode(), canary.encode("utf-16-le"), canary.encode("utf-16-be"))
    yield urllib.parse.quote(canary).encode()
    for shift in range(3):  # base64 of the text wherever in a longer one it stands
        coded = base64.b64encode(b"\0" * shift + plain)
        yield coded[(0, 2, 3)[shift] : len(coded) // 4 * 4 - 4]


def test_a_stolen_copy_holds_none_of_the_canaries(stack):
    secret = hand_in(stack)
    index = blind_index("email", CANARIES["email"])
    ((case, *_),) = wait_until(lambda: stack.ask(CASE, index))
    work_on(stack, case)
    wait_until(lambda: stack.mails())
    canaries = {**CANARIES, "secret": secret}
    assert canaries.keys() == CANARIES.keys() and all(canaries.values())
    searched, found = 0, []
    for place, content in everything(stack):
        searched += 1
        for name, canary in canaries.items():
            found += [f"{name} in {place}" for form in disguises(canary) if form in content]
    assert found == []
    assert searched > 8


def test_the_search_would_find_one(stack):
    """The same search over a copy in which one canary was left in plain, for each of its disguises."""
    for form in disguises(CANARIES["family_name"]):
        content = b"before " + form + b" after"
        assert any(other in content for other in disguises(CANARIES["family_name"]))
    reference = stack.ask("select reference from cases_case limit 1")[0][0]
    assert any(reference.encode() in content for place, content in everything(stack) if place == "database")
