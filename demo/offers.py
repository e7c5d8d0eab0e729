"""What whoever is asked reads, asks and keeps: a synopsis, a question, an engagement, a case handed on."""

from datetime import datetime

from django.db import transaction

from cases.models import Case
from config.middleware import principal_of
from foundation.accounts.models import Office, User
from foundation.database.principal import acting_as
from referrals import actions as referrals
from referrals.asked_over import asked_over
from referrals.list_importing import import_own_list
from referrals.models import Assignment, Offer, Practitioner

TEACHER = "Taught girls until the school was closed. Crossed this year. No lawyer, no court date so far."


def write_for_askers(told: Case, waiting: Case, *, cora: User, at: datetime) -> None:
    """Write what is read of two cases: of one it is approved and goes out, of the other it waits for that."""
    made = referrals.write_synopsis(
        told,
        headline="A teacher who has filed nothing yet",
        text=TEACHER,
        hours="60",
        brings=["interpreter", "evidence", "mentor"],
        seen="",
        by=cora,
        at=at,
    )
    referrals.approve_synopsis(made, by=cora, at=at)
    headline, text = "A mother who was threatened for her land", "Speaks no Spanish."
    referrals.write_synopsis(
        waiting, headline=headline, text=text, hours="", brings=[], seen="", by=cora, at=at
    )


def ask_and_answer(offer: Offer, *, cora: User, ade: User, at: datetime) -> None:
    """Have Ade ask twice about an offer; one question is answered, one waits."""
    question = "Is there somebody with a phone who can be called in the evening?"
    asked = referrals.ask_about_offer(offer, question=question, by=ade, at=at)
    referrals.answer_question(asked, answer="Yes, after six, with an interpreter.", by=cora, at=at)
    referrals.ask_about_offer(offer, question="Which papers are here already?", by=ade, at=at)


def keep_engagement(case: Case, *, ade: User, at: datetime) -> None:
    """Say for what Ade is engaged, and that the G-28 is still to be filed; keep a list of his from a file."""
    held = Assignment.objects.select_related("office").get(case=case, ended_at=None)
    stands = {"g28": ("to_file", None)}
    referrals.keep_terms(held, scope="full", letter_how="paper", letter=None, forms=stands, by=ade, at=at)
    import_own_list(["Ivor Example", "Zelda Beispiel"], by=ade, at=at)


def hand_one_on(office: Office, *, ade: User, bea: User, at: datetime) -> None:
    """Have Ade ask Bea to take over what he holds: as himself, since the database looks at who asks."""
    who = principal_of(ade)
    if who is None:
        raise LookupError(ade)
    with acting_as(who), transaction.atomic():
        live = Assignment.objects.filter(office=office, user=ade, ended_at=None).exclude(scope="")
        held = live.select_related("office", "case__office", "offer").order_by("reserved_at").first()
        colleague = Practitioner.objects.select_related("office", "user").filter(user=bea).first()
        if held is None or colleague is None or asked_over(held):
            return
        note = "The application is drafted; two statements are still to be translated."
        referrals.ask_colleague(held, practitioner=colleague, note=note, by=ade, at=at)
