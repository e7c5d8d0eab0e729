"""The cast. Amina applies; Cora is the caseworker, Ade the attorney, Ines the administrator; Otto is a
caseworker of another office and must never see anything of ours."""

import itertools
import os
import time
import uuid
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from types import SimpleNamespace

import psycopg
import pytest
from django.core.cache import cache
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from foundation.database.principal import acting_as, each_statement_alone, system
from foundation.devstack.template import NAME, TESTER, url_of
from foundation.vault.keys import opening_keys

NUMBER = itertools.count()


@pytest.fixture(scope="session")
def cloner():
    """A log-in that may make databases, and nothing else."""
    url = url_of("postgres").replace("intake@", f"{TESTER}@")
    with psycopg.connect(url, autocommit=True) as connection:
        yield connection


@pytest.fixture
def db(cloner, django_db_blocker):
    """A database of the test's own, reached by the application's real log-ins, as "system:test"."""
    name = f"test_{os.getpid()}_{next(NUMBER)}"
    cloner.execute(f"CREATE DATABASE {name} TEMPLATE {NAME}")
    for alias in connections:
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name
    with django_db_blocker.unblock(), acting_as(system("test")), opening_keys(), each_statement_alone():
        cache.key_prefix = name  # the other test processes count in the same Valkey
        yield name
        for alias in connections:
            connections[alias].close()
    drop(cloner, name)


def drop(cloner, name):
    """Drop a clone; a server's own closing of a connection can take a moment longer than ours."""
    for patience in (0.05, 0.2, 1, 3):
        try:
            cloner.execute(f"DROP DATABASE {name} WITH (FORCE)")
            return
        except psycopg.Error:
            time.sleep(patience)
    cloner.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def tamper(db):
    """Change rows as someone could who owns the server: past policies and triggers alike."""

    def change(sql, *values):
        with psycopg.connect(url_of(db)) as owner:
            owner.execute("set local session_replication_role = replica")
            return owner.execute(sql, values).rowcount

    return change


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


def opened(record, *names):
    """Open sealed fields as a test may."""
    from foundation.vault.opening import open_record

    return open_record(record, *names, purpose="test")


def answer_names():
    """Answer every waiting conflict check as the names worker would, in this process; return its names."""
    from conflicts.worker import Names
    from foundation.database.principal import NAMES_WORKER
    from intake.actions import note_names

    note_names(at=timezone.now())
    names = Names()
    with acting_as(NAMES_WORKER):
        names.load()
        names.answer_all()
    return names


@pytest.fixture(scope="session")
def password():
    """Return a password's hash, worked out once: hashing is slow on purpose."""
    from django.contrib.auth.hashers import make_password

    return make_password("a-long-enough-password")


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def office(db):
    from foundation.accounts.actions import open_office
    from referrals.models import Queue

    office = open_office(slug="demo", name="Our Office", phone="(212) 555-0100", hours="9-17")
    Queue.objects.create(office=office, slug="general", name="General")
    return office


SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # of everyone's code app in the tests


def give_code_app(user):
    """Give someone a second factor, so that they are not held at enrollment."""
    from allauth.mfa.totp.internal.auth import TOTP

    TOTP.activate(user, SECRET)


@pytest.fixture
def cast(office, password):
    """Return the cast, with Ade on the office's panel."""
    from foundation.accounts.actions import open_office
    from foundation.accounts.models import Membership, Role, User
    from referrals.models import Practitioner

    other = open_office(slug="other", name="Other Office")

    def person(name, role, place):
        user = User.objects.create(email=f"{name}@test.example", password=password, name=name.title())
        Membership.objects.create(user=user, office=place, role=role)
        give_code_app(user)
        return user

    ade = person("ade", Role.ATTORNEY, office)
    panel = Practitioner.objects.create(
        user=ade,
        office=office,
        kind="attorney",
        languages=["en", "ar"],
        countries=["SY"],
        tracks=["affirmative"],
    )
    return SimpleNamespace(
        cora=person("cora", Role.CASEWORKER, office),
        ade=ade,
        bea=person("bea", Role.ATTORNEY, office),
        ines=person("ines", Role.ADMINISTRATOR, office),
        otto=person("otto", Role.CASEWORKER, other),
        panel=panel,
        office=office,
        other=other,
    )


def answers(today, **changes):
    """Return Amina's answers, page by page, those of branches she is not asked too.

    `changes` maps page to what differs.
    """
    pages = {
        "facility": {"facility": ""},
        "hearing_date": {"hearing_date": ""},
        "hearing_kind": {"hearing_kind": ""},
        "court": {"court": ""},
        "decision_date": {"decision_date": ""},
        "fear_interview": {"fear_interview": "no"},
        "with_parent": {"with_parent": "unsure"},
        "hardship": {"hardship": "", "hardship_what": ""},
        "i589_when": {"i589_date": "", "i589_where": ""},
        "status_end": {"status_end": ""},
        "late_reason": {"late_reason": ["unsure"]},
        "us_harm": {"us_harm": ""},
        "child_parent": {"child_parent": ""},
        "in_us": {"in_us": "yes"},
        "custody": {"custody": "no"},
        "has_court": {"has_court": "no"},
        "a_number": {"a_number": ""},
        "decision": {"decision": "no"},
        "letter_due": {"has_letter": "no", "letter_due": ""},
        "danger": {"danger": "no"},
        "full_name": {"given_names": "Amina", "middle_names": "", "family_name": "Canary-Surname"},
        "other_names": {"other_names": ""},
        "dob": {"birth_date": "1991-04-12"},
        "citizenship": {"citizenship": ["SY"]},
        "family_here": {"family_here": []},
        "feared_here": {"feared_here": "no", "feared_name": "", "feared_relation": ""},
        "rep": {"rep": "none", "lawyer_name": ""},
        "notario": {"notario": "no"},
        "waitlist": {"waitlist": "", "waitlist_name": ""},
        "where_live": {"state": "NY", "zip_code": ""},
        "household": {"household_size": 1},
        "income": {"income": "800", "period": "monthly"},
        "benefits": {"benefits": "no"},
        "wants": {"wants": ["asylum"]},
        "fear": {"fear": "yes"},
        "arrival": {"arrival": (today - timedelta(days=120)).isoformat()},
        "entry": {"entry": "visa"},
        "earlier_entries": {"earlier_entries": "no", "earlier_dates": []},
        "i589": {"i589": "no"},
        "status": {"status": []},
        "harm_past": {"harm_past": "", "skips_story": "yes"},
        "contact": {
            "channels": ["email"],
            "safe_times": "",
            "may_leave_message": "no",
            "through_name": "",
        },
        "phone_email": {"phone": "", "email": "amina@test.example"},
        "address": {"address": ""},
        "interpreter": {
            "spoken_language": "ara",
            "other_language": "",
            "dialect": "",
            "interpreter_gender": "any",
        },
        "access": {"access": [], "access_what": ""},
        "documents": {},
    }
    for page, values in changes.items():
        pages.setdefault(page, {}).update(values)
    return pages


@pytest.fixture
def make_draft(office, now):
    """Return a function that makes a fully answered draft."""
    from intake.actions import save_answers, start_intake
    from intake.flow import FLOW

    def make(**changes):
        draft = start_intake(office=office, file_id=uuid.uuid4(), language="en", at=now)
        pages, saved = answers(office.today(now), **changes), None
        for page in FLOW:
            if page.key in pages:
                saved = save_answers(draft, page=page.key, values=pages[page.key], at=now, saved=saved).saved
        return draft

    return make


@pytest.fixture
def make_case(make_draft, now):
    """Return a function that makes a case out of a submitted intake."""
    from cases.actions import open_case
    from intake.actions import submit_intake
    from intake.models import Intake

    def make(**changes):
        draft = make_draft(**changes)
        submit_intake(draft, at=now)
        answer_names()
        return open_case(Intake.objects.get(pk=draft.pk), by="system:test", at=now)

    return make


@pytest.fixture
def case(make_case):
    return make_case()


@pytest.fixture
def triaged(case, cast, now):
    from cases.actions import triage_case

    triage_case(
        case,
        track="affirmative",
        band=case.band,
        outcome="ELIGIBLE_FOR_REVIEW",
        reason="",
        by=cast.cora,
        at=now,
    )
    return case


@pytest.fixture
def offer(triaged, cast, now):
    """Return an open offer of Amina's case to Ade."""
    from referrals.actions import offer_referral, refer_case

    referral = refer_case(triaged, queue=cast.office.queues.get(), by=cast.cora, at=now)
    return offer_referral(referral, practitioner=cast.panel, by=cast.cora, at=now)


@pytest.fixture
def accepted(offer, cast, now):
    """Return the assignment of Amina's case to Ade."""
    from referrals.actions import accept_offer, show_names

    show_names(offer, by=cast.ade, at=now)
    return accept_offer(offer, no_conflict=True, by=cast.ade, at=now)
