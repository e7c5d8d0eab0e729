"""What people do while the drill breaks things: forms with a paper, offers made and answered, names asked."""

import base64
import os
import random
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Event, Lock
from typing import Any

from django.db import DatabaseError, connections
from django.utils import timezone

from cases.actions import triage_case
from cases.models import Case, Status
from conflicts.actions import search_names
from demo.answers import PLAIN, lay_on_pages, typed
from demo.drill.twins import NUMBER, Hook
from demo.drill.visitor import Failed, GaveUp, Visitor
from foundation.accounts.models import Office as Home
from foundation.accounts.models import User
from foundation.database.principal import acting_as, each_statement_alone, system
from foundation.refused import Refused
from foundation.vault.keys import VaultError, opening_keys
from intake.questionnaire.path import BY_NUMBER, DOCUMENTS
from referrals.actions import accept_offer, decline_offer, offer_referral, refer_case, show_names
from referrals.models import Offer, Practitioner, Queue, Referral
from screening.queries import latest_screening

FORM = re.compile(r"/form/(\d+)/")
BEFORE = {
    "safe_now": {"safe_now": "yes", "shared": "no"},
    "who_fills": {"who_fills": "me"},
    "consent": {"consent": "yes"},
}


# A grey picture of 16 by 16 points, with a comment that is made another each time.
PHOTO = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD//gAJQSBkcmlsbP/bAEMAGxIUFxQRGxcWFx4cGyAoQisoJSUoUTo9MEJgVWVkX1VdW2p4mYFq"
    "cZBzW12FtYaQnqOrratngLzJuqbHmairpP/AAAsIABAAEAEBEQD/xAAfAAABBQEBAQEBAQAAAAAAAAAAAQIDBAUGBwgJCgv/xAC1"
    "EAACAQMDAgQDBQUEBAAAAX0BAgMABBEFEiExQQYTUWEHInEUMoGRoQgjQrHBFVLR8CQzYnKCCQoWFxgZGiUmJygpKjQ1Njc4OTpD"
    "REVGR0hJSlNUVVZXWFlaY2RlZmdoaWpzdHV2d3h5eoOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0tba3uLm6wsPExcbHyMnK"
    "0tPU1dbX2Nna4eLj5OXm5+jp6vHy8/T19vf4+fr/2gAIAQEAAD8AKKKK/9k="
)


@dataclass
class Done:
    """What people were told is done, so that afterwards nothing of it may be missing or there twice."""

    forms: list[str] = field(default_factory=list)  # the e-mail of each whose receipt was shown
    unsure: list[str] = field(default_factory=list)  # of each who gave up before they saw it
    papers: list[str] = field(default_factory=list)
    offers: int = 0
    accepted: int = 0
    declined: int = 0
    names: int = 0
    failures: int = 0  # pages that did not answer, or with 500 and above
    errors: list[str] = field(default_factory=list)
    hook: Hook = field(default_factory=lambda: Hook(""))
    lock: Lock = field(default_factory=Lock)


# --- a form ---------------------------------------------------------------------------------------


def answers_of(number: int, seed: int) -> tuple[str, dict[str, dict[str, Any]]]:
    """Return the e-mail of the nth applicant and their answers, page by page."""
    email = f"drill-{seed}-{number}@drill.example"
    told = {
        **PLAIN,
        "given_names": f"Given{number}",
        "family_name": f"Family{seed}x{number}",
        "birth_date": "1991-04-12",
        "citizenship": ["SY"],
        "arrival": (timezone.localdate().replace(day=1)).isoformat(),
        "channels": ["email"] if number % 2 else ["text", "email"],
        "email": email,
        **({} if number % 2 else {"phone": NUMBER.format(number % 50)}),
        "spoken_language": "ara",
    }
    return email, {**lay_on_pages(told), **BEFORE}


def photo() -> bytes:
    """Return a small picture that is like no other."""
    return PHOTO.replace(b"A drill", os.urandom(7).hex().encode()[:7])


def send_form(site: str, number: int, seed: int, done: Done) -> None:
    """Fill in the form, send a paper with it, hand it in; note what was told to be done."""
    email, answers = answers_of(number, seed)
    visitor = Visitor(site)
    try:
        walk(visitor, answers, done, email)
    except GaveUp as error:
        with done.lock:
            done.unsure.append(email)
            done.errors.append(f"gave up: {error}")
    finally:
        with done.lock:
            done.failures += len(visitor.failures)


def walk(visitor: Visitor, answers: dict[str, dict[str, Any]], done: Done, email: str) -> None:
    """Go from page to page as the site leads, and open a page anew where sending it failed."""
    visitor.open("/start/")
    for _turn in range(300):
        if 'data-test="secret"' in visitor.words:
            with done.lock:
                done.forms.append(email)
            return
        try:
            _turn_page(visitor, answers, done)
        except Failed:
            time.sleep(0.5)
            visitor.open("/receipt/" if visitor.path.startswith("/review") else "/start/")
            if visitor.path not in ("/receipt/",) and not FORM.match(visitor.path):
                visitor.open("/review/")
    raise GaveUp(f"goes in circles at {visitor.path}")


def _turn_page(visitor: Visitor, answers: dict[str, dict[str, Any]], done: Done) -> None:
    found = FORM.match(visitor.path)
    if found is None:
        visitor.send("/review/", {})
        return
    page = BY_NUMBER[int(found[1])]
    if page is DOCUMENTS:
        _send_paper(visitor, done)
        visitor.send(visitor.path, {"press": "on"})
        if visitor.path.startswith(f"/form/{DOCUMENTS.number}/"):
            visitor.open("/review/")
        return
    status = visitor.send(visitor.path, typed(page.key, answers[page.key]))
    if status == 422:
        raise GaveUp(f"{page.key} was not taken")


def _send_paper(visitor: Visitor, done: Done) -> None:
    """Send a paper, unless the page lists it: an answer that never came may have been a yes."""
    name = f"paper-{id(visitor)}.jpg"
    for _try in range(40):
        visitor.open(f"/form/{DOCUMENTS.number}/")
        if name in visitor.words:
            with done.lock:
                done.papers.append(name)
            return
        try:
            visitor.send_file(f"/form/{DOCUMENTS.number}/", name, photo())
        except Failed:
            time.sleep(0.5)
    raise GaveUp("the paper was not taken")


def by_day() -> None:
    """Let the office live where it is about noon now: no text rings at night."""
    zone = f"Etc/GMT{datetime.now(UTC).hour - 12:+d}"  # POSIX counts these zones the other way round
    with acting_as(system("drill")), each_statement_alone():
        Home.objects.update(time_zone=zone)
    connections.close_all()  # PostgreSQL will have died before this thread asks again


# --- the office -----------------------------------------------------------------------------------


class Office:
    """Cora and Ade at work, through the actions; what fails is tried again, as they would."""

    def __init__(self, done: Done, seed: int) -> None:
        self.done, self.chance = done, random.Random(seed)  # noqa: S311  no secret

    def work(self, stop: Event) -> None:
        """Triage, refer, offer, answer and ask for names until told to stop."""
        while not stop.wait(0.3):
            for step in (self.triage, self.refer, self.offer, self.answer, self.ask):
                self._try(step)

    def _try(self, step: Callable[[], None]) -> None:
        try:
            with acting_as(system("drill")), opening_keys(), each_statement_alone():
                step()
        except (DatabaseError, VaultError, Refused):
            for connection in connections.all(initialized_only=True):
                connection.close()
        except Exception as error:  # noqa: BLE001  counted, and the drill fails for it
            with self.done.lock:
                self.done.errors.append(f"{step.__name__}: {type(error).__name__}: {error}")

    def triage(self) -> None:
        waiting = Case.objects.filter(status=Status.IN_TRIAGE, triaged_at=None)
        case = waiting.order_by("-opened_at").first()
        if case is None:
            return
        read = latest_screening(case.intake)
        if read:
            decided = {"track": "affirmative", "band": case.band, "outcome": read.outcome, "reason": ""}
            triage_case(case, screening=read.pk, **decided, by=self.person("cora"), at=timezone.now())

    def refer(self) -> None:
        triaged = Case.objects.filter(status=Status.IN_TRIAGE, triaged_at__isnull=False)
        case = triaged.exclude(pk__in=Referral.objects.values("case_id")).first()
        if case:
            queue = Queue.objects.get(office=case.office, name="General")
            refer_case(case, queue=queue, by=self.person("cora"), at=timezone.now())

    def offer(self) -> None:
        ade = Practitioner.objects.get(user__email="ade@demo.example")
        referral = Referral.objects.filter(status="queued").order_by("-referred_at").first()
        if referral:
            offer_referral(referral, practitioner=ade, by=self.person("cora"), at=timezone.now())
            with self.done.lock:
                self.done.offers += 1

    def answer(self) -> None:
        offer = Offer.objects.filter(status="open", user__email="ade@demo.example").first()
        if offer is None:
            return
        if self.chance.random() < 0.7:
            decline_offer(offer, reason="capacity", by=offer.user, at=timezone.now())
            with self.done.lock:
                self.done.declined += 1
            return
        show_names(offer, by=offer.user, at=timezone.now())
        accept_offer(offer, no_conflict=True, by=offer.user, at=timezone.now())
        with self.done.lock:
            self.done.accepted += 1

    def ask(self) -> None:
        if self.chance.random() < 0.2:
            search_names(
                f"Family{self.chance.randrange(99)} Given", by=self.person("cora"), at=timezone.now()
            )
            with self.done.lock:
                self.done.names += 1

    def person(self, name: str) -> User:
        return User.objects.get(email=f"{name}@demo.example")
