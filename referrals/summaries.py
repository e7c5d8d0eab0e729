"""Staff write what whoever is asked reads of a case; somebody approves it; nothing of it says who it is."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from cases import actions as cases
from cases.models import Case
from conflicts.models import Party
from conflicts.queries import names_of
from foundation.accounts.models import User
from foundation.countries import country_name
from foundation.events.ledger import record
from foundation.refused import Forbidden
from foundation.vault.opening import open_many, open_one
from intake.data import courts
from referrals.access import is_caseworker_of
from referrals.anonymous import telling_days, telling_parts, telling_phrases
from referrals.models import OfferQuestion, Synopsis
from referrals.queries import names_on_file
from referrals.refusals import TellsWho, WrittenMeanwhile
from referrals.rules import FEWEST
from referrals.summary_queries import met_like, summary_for

PURPOSE = "offer summary"
MOST_ANSWERS = 10  # of earlier offers, that go along with the next


@transaction.atomic
def write_synopsis(
    case: Case,
    *,
    headline: str,
    text: str,
    hours: str,
    brings: Iterable[str],
    seen: str,
    by: User,
    at: datetime,
) -> Synopsis:
    """Write what whoever is asked reads of a case; `seen` is the one that stood when it was begun, or "".

    Raises Forbidden for whoever is no caseworker of the case; CaseOver; WrittenMeanwhile where another
    stands by now; TellsWho where it says who it is.
    """
    if not is_caseworker_of(by, case):
        raise Forbidden
    cases.lock_open(case.pk)
    newest = newest_synopsis(case)
    if (str(newest.pk) if newest else "") != seen:
        raise WrittenMeanwhile
    check_tells_nobody(case, f"{headline}\n{text}", at=at)
    made = Synopsis.objects.create(
        **case.matter.columns,
        case=case,
        headline=headline.strip(),
        text=text.strip(),
        hours=hours,
        brings=list(brings),
        written_by=by,
        written_at=at,
    )
    record("referrals.synopsis_written", made, by=by, at=at, data={"case": str(case.pk)})
    return made


@transaction.atomic
def approve_synopsis(synopsis: Synopsis, *, by: User, at: datetime) -> None:
    """Let what was written go out with the next offers.

    Raises Forbidden for whoever is no caseworker of the case; CaseOver; WrittenMeanwhile where another stands
    by now, or this one is approved already; TellsWho where it says who it is, by the names of today.
    """
    case = synopsis.case
    if not is_caseworker_of(by, case):
        raise Forbidden
    cases.lock_open(case.pk)
    newest = newest_synopsis(case)
    if newest is None or newest.pk != synopsis.pk:
        raise WrittenMeanwhile
    check_synopsis_tells_nobody(synopsis, at=at)
    open_ones = Synopsis.objects.filter(pk=synopsis.pk, approved_at=None)
    if not open_ones.update(approved_by=by, approved_at=at):
        raise WrittenMeanwhile(_("It is approved already."))
    record("referrals.synopsis_approved", synopsis, by=by, at=at, data={"case": str(case.pk)})


def newest_synopsis(case: Case, **which: Any) -> Synopsis | None:
    """Return the synopsis that stands, or the newest of some of them."""
    rows = Synopsis.objects.filter(case=case, **which).select_related("written_by", "approved_by")
    return rows.order_by("-written_at", "-pk").first()


def approved_synopsis(case: Case) -> Synopsis | None:
    """Return the newest synopsis that somebody approved: that is what goes out."""
    return newest_synopsis(case, approved_at__isnull=False)


def check_synopsis_tells_nobody(synopsis: Synopsis, *, at: datetime) -> None:
    """Raise TellsWho where a synopsis says who it is, by the names of today."""
    opened = open_one(synopsis, "headline", "text", purpose=PURPOSE)
    check_tells_nobody(synopsis.case, f"{opened.headline}\n{opened.text}", at=at)


def check_tells_nobody(case: Case, text: str, *, at: datetime) -> None:
    """Raise TellsWho where a text says who it is, with the words that do."""
    if found := telling(case, text, at=at):
        words = _("The summary tells who it is. Take out: %(parts)s") % {"parts": ", ".join(found)}
        raise TellsWho(words)


def telling(case: Case, text: str, *, at: datetime) -> list[str]:
    """Return what of a text says who it is: names, numbers, addresses, days of birth.

    Where few people are like them, the country and the city of the court too, which are not told then.
    """
    found = telling_parts(text, names_on_file(case)) + telling_days(text, _birth_days(case))
    if met_like(case, at=at) < FEWEST:
        found += telling_phrases(text, _places(case))
    return list(dict.fromkeys(found))


def _birth_days(case: Case) -> list[str]:
    """Open the birth dates of everybody in a matter, for comparing."""
    born = open_one(case.applicant, "birth_date", purpose=PURPOSE).birth_date
    parties = list(Party.objects.filter(matter_id=case.matter_id, user=None, removed_at=None))
    named = names_of(parties, purpose=PURPOSE, shown=False)
    return [day for day in (born, *(one.birth_date for one in named.values())) if day]


def _places(case: Case) -> list[str]:
    """Return the names of the country and of the city of the court, in the languages of the program."""
    cities = [one.city for one in courts() if f"court:{one.code}" in case.codes]
    countries = []
    for language in ("en", "ar"):
        with override(language):
            countries.append(country_name(case.country) if case.country else "")
    return [*countries, *cities]


def summary_to_offer(case: Case, *, at: datetime) -> dict[str, Any]:
    """Return what a new offer keeps of a case: the facts, with what was written and approved.

    What says by now who it is (a name was added since) stays out, and the facts go alone.
    """
    facts = summary_for(case, on=case.office.today(at), met=met_like(case, at=at))
    facts["answers"] = earlier_answers(case, at=at)
    approved = approved_synopsis(case)
    if approved is None:
        return facts
    said = {**facts, "hours": approved.hours, "brings": list(approved.brings)}
    opened = open_one(approved, "headline", "text", purpose=PURPOSE)
    if telling(case, f"{opened.headline}\n{opened.text}", at=at):
        return said
    return {**said, "headline": opened.headline, "synopsis": opened.text}


def earlier_answers(case: Case, *, at: datetime) -> list[str]:
    """Return what was answered to those asked before, the oldest first: answers alone, of the newest ten.

    They were looked through when they were written; what says by now who it is stays out.
    """
    rows = OfferQuestion.objects.filter(offer__referral__case=case, answered_at__isnull=False)
    listed = list(rows.order_by("-answered_at", "-pk")[:MOST_ANSWERS])[::-1]
    opened = open_many(listed, "answer", purpose=PURPOSE)
    answers = list(dict.fromkeys(opened[one.pk].answer for one in listed))
    if answers and telling(case, "\n".join(answers), at=at):
        return [one for one in answers if not telling(case, one, at=at)]
    return answers
