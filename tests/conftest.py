"""The cast. Amina applies; Cora is the caseworker, Ade the attorney, Ines the administrator; Otto is a
caseworker of another office and must never see anything of ours."""

import os
import uuid
from contextlib import ExitStack, contextmanager
from types import SimpleNamespace

import psycopg
import pytest
from django.contrib.auth.hashers import make_password
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from foundation.database import away
from foundation.database.caches import PROMPT, Careful
from foundation.database.principal import acting_as
from foundation.devstack.template import TESTER, url_of
from tests.support.stages import Stages


def pytest_terminal_summary(terminalreporter):
    """Say to `verify`, which says it at its end, why tests were left out."""
    if path := os.environ.get("VERIFY_SKIPPED"):
        with open(path, "a") as file:
            for report in terminalreporter.stats.get("skipped", []):
                reason = " ".join(report.longrepr[2].removeprefix("Skipped: ").split())
                file.write(f"{report.nodeid}\t{reason}\n")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    """Have a test that failed beside a running application say what the application complained of."""
    report = yield
    stack = getattr(item, "funcargs", {}).get("stack")
    if report.failed and hasattr(stack, "complaints"):
        report.sections.append(("what its application said", stack.complaints()))
    return report


@pytest.fixture(autouse=True)
def own_language():
    """Leave no language behind: a request of a test leaves the one it answered in with its thread."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def cloner():
    """A log-in that may make databases, and nothing else."""
    url = url_of("postgres").replace("intake@", f"{TESTER}@")
    with psycopg.connect(url, autocommit=True) as connection:
        yield connection


@pytest.fixture(scope="session")
def stages(cloner):
    """Return the databases in which Amina's case has come as far as a fixture says."""
    stages = Stages(cloner, STAGES)
    yield stages
    stages.drop()


@pytest.fixture
def db(stages, request, django_db_blocker, settings, tmp_path_factory):
    """A database of the test's own, reached by the application's real log-ins, as "system:test".

    It is a clone of the stage the test's fixtures ask for: who asks for `offer` finds Amina's case offered.
    What is kept outside of it about its ledger is its own too.
    """
    settings.LEDGER_ANCHORS = tmp_path_factory.getbasetemp() / f"{uuid.uuid4()}.json"
    with django_db_blocker.unblock(), stages.database(stages.furthest(request.fixturenames)) as name:
        yield name


@pytest.fixture
def tamper(db):
    """Change rows as someone could who owns the server: past policies and triggers alike."""

    def change(sql, *values):
        with psycopg.connect(url_of(db)) as owner:
            owner.execute("set local session_replication_role = replica")
            return owner.execute(sql, values).rowcount

    return change


@pytest.fixture
def cache_away(settings, monkeypatch):
    """Have the shared cache away, as when its server is stopped: nothing listens where it is looked for."""
    gone = {"LOCATION": "unix:///nowhere/valkey.sock?db=1", "OPTIONS": PROMPT}
    settings.CACHES = {name: {**one, **gone} for name, one in settings.CACHES.items()}
    monkeypatch.setattr(Careful, "away_until", 0.0)


@pytest.fixture
def database_away(db, monkeypatch):
    """Have the database away: nothing listens where it is looked for."""
    monkeypatch.setattr(away, "_since", [0.0])
    before = {alias: dict(connections[alias].settings_dict) for alias in connections}
    for alias in connections:
        connections[alias].close()
        connections[alias].settings_dict.update(HOST="/nowhere", PORT="1", OPTIONS={})
    yield
    for alias in connections:
        connections[alias].close()
        connections[alias].settings_dict.update(before[alias])


@pytest.fixture
def statements(db):
    """Collect what is asked over all connections; transactions, savepoints and the binding left out."""

    @contextmanager
    def collecting():
        asked = []
        with ExitStack() as stack:
            captured = [stack.enter_context(CaptureQueriesContext(connections[a])) for a in connections]
            yield asked
        own = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")
        asked += [q["sql"] for one in captured for q in one if not q["sql"].startswith(own)]

    return collecting


@pytest.fixture
def listed_events(monkeypatch):
    """Return a function that lists events for the length of a test, as an app's events.py would."""

    from foundation.events.registry import Kind, kinds

    def list_them(*names):
        for name in names:
            monkeypatch.setitem(kinds(), name, Kind(name, "A test happened"))

    return list_them


def opened(record, *names):
    """Open sealed fields as a test may."""
    from foundation.vault.opening import open_one

    return open_one(record, *names, purpose="test")


def answer_names():
    """Answer every waiting conflict check as the names worker would, in this process; return its names."""
    from conflicts.worker import Names
    from foundation.database.principal import NAMES_WORKER
    from intake.work import LINE

    LINE.work_off()
    names = Names()
    with acting_as(NAMES_WORKER):
        names.load()
        names.answer_all()
    return names


@pytest.fixture(scope="session")
def password():
    """Return a password's hash, worked out once: hashing is slow on purpose."""
    return make_password("a-long-enough-password")


@pytest.fixture
def now():
    """The moment the tests of this process began: the stages were made then."""
    return NOW


NOW = timezone.now()


def make_office():
    from foundation.accounts.actions import open_office
    from referrals.models import Queue

    office = open_office(
        slug="demo", name="Our Office", phone="(212) 555-0100", hours_in={"en": "9-17"}, takes_forms=True
    )
    Queue.objects.create(office=office, name="General")


@pytest.fixture
def office(db):
    from foundation.accounts.models import Office

    return Office.objects.get(slug="demo")


SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # of everyone's code app in the tests


def give_code_app(user):
    """Give someone a second factor, so that they are not held at enrollment."""
    from allauth.mfa.totp.internal.auth import TOTP

    TOTP.activate(user, SECRET)


def make_cast():
    """Make the people, with Ade on the office's panel."""
    from foundation.accounts.actions import open_office
    from foundation.accounts.models import Membership, Office, Role, User
    from referrals.models import Practitioner

    office = Office.objects.get(slug="demo")
    other = open_office(slug="other", name="Other Office", takes_forms=True)
    password = make_password("a-long-enough-password")
    people = {
        "cora": (Role.CASEWORKER, office),
        "ade": (Role.ATTORNEY, office),
        "bea": (Role.ATTORNEY, office),
        "ines": (Role.ADMINISTRATOR, office),
        "otto": (Role.CASEWORKER, other),
    }
    for name, (role, place) in people.items():
        user = User.objects.create(email=f"{name}@test.example", password=password, name=name.title())
        Membership.objects.create(user=user, office=place, roles=[role])
        give_code_app(user)
    Practitioner.objects.create(
        user=User.objects.get(email="ade@test.example"),
        office=office,
        kind="attorney",
        bar_state="NY",
        bar_number="5501234",
        verified_by=User.objects.get(email="ines@test.example"),
        verified_at=NOW,
        languages=["eng", "ara"],
        countries=["SY"],
        tracks=["affirmative"],
    )


@pytest.fixture
def cast(office):
    """Return the cast, with Ade on the office's panel."""
    from foundation.accounts.models import Office, User
    from referrals.models import Practitioner

    people = {user.email.split("@")[0]: user for user in User.objects.filter(email__endswith="@test.example")}
    return SimpleNamespace(
        **people,
        panel=Practitioner.objects.select_related("user").get(),
        office=office,
        other=Office.objects.get(slug="other"),
    )


@pytest.fixture
def make_draft(office):
    """Return a function that makes a fully answered draft."""
    return lambda **changes: draft_in(office, **changes)


def draft_in(office, **changes):
    """Answer the whole form, page by page."""
    from intake.actions import save_answers, start_intake
    from tests.support.answers import answers

    draft = start_intake(office=office, matter_id=uuid.uuid4(), language="en", at=NOW)
    pages, saved = answers(office.today(NOW), **changes), None
    for page, values in pages.items():
        saved = save_answers(draft, page=page, values=values, at=NOW, saved=saved).saved
    return draft


@pytest.fixture
def make_case(make_draft):
    """Return a function that makes a case out of a submitted intake."""
    return lambda **changes: case_of(make_draft(**changes))


def case_of(draft):
    """Send a draft and open its case, as the worker would."""
    from cases.actions import open_case
    from intake.actions import submit_intake
    from intake.models import Intake

    submit_intake(draft, at=NOW)
    answer_names()
    return open_case(Intake.objects.get(pk=draft.pk), by="system:test", at=NOW)


def make_first_case():
    from foundation.accounts.models import Office

    case_of(draft_in(Office.objects.get(slug="demo")))


@pytest.fixture
def case(office):
    """Return Amina's case, screened and in triage."""
    from cases.models import Case

    return Case.objects.select_related("office", "intake", "applicant").get()


def triage(case, *, by, at, **changes):
    """Triage a case as its newest screening proposes, apart from what changes."""
    from cases.actions import triage_case
    from screening.queries import latest_screening

    read = latest_screening(case.intake)
    proposed = {"track": "affirmative", "band": case.band, "outcome": read.outcome, "reason": ""}
    triage_case(case, **{"screening": read.pk, **proposed, **changes}, by=by, at=at)


def triage_first_case():
    from cases.models import Case
    from foundation.accounts.models import User

    triage(Case.objects.get(), by=User.objects.get(email="cora@test.example"), at=NOW)


@pytest.fixture
def triaged(case):
    """Return Amina's case after triage."""
    return case


def offer_first_case():
    from cases.models import Case
    from foundation.accounts.models import User
    from referrals.actions import offer_referral, refer_case
    from referrals.models import Practitioner, Queue

    cora = User.objects.get(email="cora@test.example")
    referral = refer_case(Case.objects.get(), queue=Queue.objects.get(), by=cora, at=NOW)
    offer_referral(referral, practitioner=Practitioner.objects.get(), by=cora, at=NOW)


@pytest.fixture
def offer(cast):
    """Return an open offer of Amina's case to Ade."""
    from referrals.models import Offer

    return Offer.objects.select_related("referral__case", "practitioner", "user").get()


def accept_first_offer():
    from referrals.actions import accept_offer, show_names
    from referrals.models import Offer

    offer = Offer.objects.get()
    show_names(offer, by=offer.user, at=NOW)
    accept_offer(offer, no_conflict=True, by=offer.user, at=NOW)


@pytest.fixture
def accepted(offer):
    """Return the assignment of Amina's case to Ade."""
    from referrals.models import Assignment

    return Assignment.objects.select_related("case", "offer__referral", "practitioner", "user").get()


def make_everything():
    from tests.support import everything

    everything.make_everything()


@pytest.fixture
def everything(db):
    """Return what an address needs to lead to one of everything in our office."""
    from tests.support.everything import THINGS

    return THINGS


STAGES = {
    "office": make_office,
    "cast": make_cast,
    "case": make_first_case,
    "triaged": triage_first_case,
    "offer": offer_first_case,
    "accepted": accept_first_offer,
    "everything": make_everything,
}
