"""What an offer tells of a case before the names: made when it is offered, frozen there, put into words."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.codes import COUNTRY, COURT, LANGUAGE, court_code, value_of
from cases.facts import Known, known_of, screening_facts_of
from cases.models import LIVE, Case, Track
from cases.words import DEADLINES
from conflicts.models import SamePerson
from directory.models import Relief
from foundation.accounts.models import User
from foundation.badges import Badge
from foundation.calendar import PartialDate
from foundation.countries import country_name
from foundation.states import STATES
from foundation.vault.opening import open_many, open_one
from intake.data import courts
from intake.words import spoken_words
from referrals import rules
from referrals.data import REGIONS, region_by_country
from referrals.models import Brings, Hours, Offer, OfferStatus
from screening.models import Band
from screening.queries import latest_screening
from screening.rules import Facts

# What an offer tells before the names: nothing that says who it is.
SHOWN_DATES = ("individual_hearing", "master_hearing", "oyd_operative", "notice_due", "rfe")
HIDDEN_CODES = {"CONFLICT_POSSIBLE", "NOTARIO"}
MET_WITHIN = timedelta(days=730)
PURPOSE = "offer summary"
CUSTODY: dict[str, Any] = {
    "ice": gettext_lazy("held by immigration"),
    "orr": gettext_lazy("in a children's shelter"),
    "no": gettext_lazy("not held"),
}
# Why they were chosen, as far as the law names it (8 U.S.C. 1101(a)(42)): family, gender and whom one loves
# are told as a group alone.
GROUNDS: dict[str, Any] = {
    "race": gettext_lazy("race"),
    "religion": gettext_lazy("religion"),
    "nationality": gettext_lazy("nationality"),
    "politics": gettext_lazy("political opinion"),
    "group": gettext_lazy("particular social group"),
}
GROUPS = {"family", "gender", "love"}
FAMILY: dict[str, Any] = {
    "spouse": gettext_lazy("husband, wife or partner"),
    "child": gettext_lazy("children"),
    "parent": gettext_lazy("parents"),
    "sibling": gettext_lazy("brothers and sisters"),
    "other": gettext_lazy("others"),
}


def met_like(case: Case, *, at: datetime) -> int:
    """Count the people of this country, language and court whom the office met in two years, this one too.

    By the plain codes alone: nothing sealed is opened. Two requests of one person are one.
    """
    like = [f"{kind}:{value}" for kind in (COUNTRY, LANGUAGE, COURT) if (value := value_of(case.codes, kind))]
    met = Case.objects.filter(office=case.office_id, codes__contains=like, opened_at__gte=at - MET_WITHIN)
    twice = SamePerson.objects.filter(office=case.office_id, undone_at=None).values("other_matter_id")
    return met.exclude(matter_id__in=twice).count()


def summary_for(case: Case, *, on: date, met: int) -> dict[str, Any]:
    """Return the anonymous summary of a case as an offer keeps it: codes and dates, no words.

    `met`: how many like it the office met; of fewer than five it is told less exactly.
    """
    screening = latest_screening(case.intake)
    born = open_one(case.applicant, "birth_date", purpose=PURPOSE).birth_date
    known = known_of([case], purpose="matching")[case.pk]
    facts = screening_facts_of(known, on=on)
    ahead = [one for one in case.deadlines.filter(key__in=SHOWN_DATES, status__in=LIVE) if _is_ahead(one, on)]
    shown = rules.coarsened(_exact(case, known, facts, ahead), met=met, regions=region_by_country())
    return {
        "track": case.track,
        "band": case.band,
        "language": known.answers.get("spoken_language") or "",
        "adult": is_adult(born, on=on),
        "gates": screening.gates,
        "codes": [code for code in screening.codes if code not in HIDDEN_CODES],
        "custody": facts.custody or ("no" if known.answers.get("custody") == "no" else ""),
        "grounds": grounds_of(known.answers),
        "relief": relief_of(known.answers, facts),
        "family": family_of(known.answers),
        "country": shown.country,
        "region": shown.region,
        "court": shown.court,
        "state": shown.state,
        "is_coarse": shown.is_coarse,
        "dates": [_kept(one, shown.days[str(one.pk)]) for one in ahead],
    }


def _is_ahead(deadline: Any, on: date) -> bool:
    return deadline.date is not None and deadline.date >= on


def _exact(case: Case, known: Known, facts: Facts, ahead: list[Any]) -> rules.Shown:
    return rules.Shown(
        country=case.country,
        region="",
        court=court_code(known.answers.get("court") or ""),
        state=facts.court_state or facts.state or "",
        days={str(one.pk): rules.Window(one.date, one.date) for one in ahead},
    )


def _kept(deadline: Any, window: rules.Window) -> dict[str, str]:
    said = {"key": deadline.key, "name": deadline.name, "date": window.first.isoformat()}
    return said if window.is_day else {**said, "until": window.last.isoformat()}


def grounds_of(answers: Mapping[str, Any]) -> list[str]:
    """Return the grounds that somebody told of, each once; family, gender and love are a group."""
    told = ["group" if why in GROUPS else why for why in answers.get("harm_why") or ()]
    return [ground for ground in GROUNDS if ground in told]


def relief_of(answers: Mapping[str, Any], facts: Facts) -> list[str]:
    """Return which protection is asked for: asylum where somebody is afraid, or asks for it."""
    is_afraid = facts.fear not in (None, "", "no") or "asylum" in (answers.get("wants") or ())
    fears = [Relief.ASYLUM.value] if is_afraid else []
    return [*fears, *(code for code in facts.other_protection if code in Relief.values)]


def family_of(answers: Mapping[str, Any]) -> dict[str, int]:
    """Return how many of the family need help too, {how they are related: how many}."""
    related = [one.get("related") or "other" for one in answers.get("family_here") or () if one.get("name")]
    return {kind: related.count(kind) for kind in FAMILY if kind in related}


@dataclass(frozen=True)
class DateAhead:
    """A date of the summary: its name in the reader's language, and the day, or the window it lies in."""

    label: str
    day: date
    until: date | None


@dataclass(frozen=True)
class Summary:
    """What a practitioner learns before asking for names, in words; "" is not known.

    `is_coarse`: the country is told as its region, the court as its state, days as a part of their month.
    `headline` is drafted from the facts where nobody wrote one (`is_drafted`). `answers` went to whoever was
    asked before.
    """

    headline: str
    is_drafted: bool
    synopsis: str
    track: Any
    band: Badge
    language: str
    country: str
    place: str
    custody: str
    grounds: list[str]
    relief: list[str]
    family: list[str]
    adult: bool | None
    codes: list[str]
    dates: list[DateAhead]
    hours: str
    brings: list[str]
    is_coarse: bool
    answers: list[str]


def summary_of(offer: Offer) -> Summary:
    """Open an offer's summary and put it into words."""
    return in_words(open_one(offer, "summary", purpose="offer").summary)


def in_words(kept: dict[str, Any]) -> Summary:
    """Put a kept summary into words; what an older one did not keep is not known."""
    dates = [_date_ahead(one) for one in kept["dates"]]
    return Summary(
        headline=kept.get("headline") or headline_from(kept, dates),
        is_drafted=not kept.get("headline"),
        synopsis=kept.get("synopsis", ""),
        track=Track(kept["track"]).label,
        band=Band(kept["band"]).badge,
        language=spoken_words(kept["language"]),
        country=from_where(kept),
        place=place_of(kept),
        custody=str(CUSTODY.get(kept.get("custody", ""), "")),
        grounds=[str(GROUNDS[code]) for code in kept.get("grounds", ())],
        relief=[str(Relief(code).label) for code in kept.get("relief", ())],
        family=[f"{FAMILY[kind]}: {n}" for kind, n in kept.get("family", {}).items()],
        adult=kept["adult"],
        codes=kept["codes"],
        dates=dates,
        hours=str(Hours(kept["hours"]).label) if kept.get("hours") else "",
        brings=[str(Brings(code).label) for code in kept.get("brings", ())],
        is_coarse=kept.get("is_coarse", False),
        answers=kept.get("answers", []),
    )


def from_where(kept: Mapping[str, Any]) -> str:
    """Return the country of a summary, or the region that is told in its place; "" where nobody knows."""
    if kept["country"]:
        return country_name(kept["country"])
    return str(REGIONS.get(kept.get("region", ""), ""))


def place_of(kept: Mapping[str, Any]) -> str:
    """Return the court of a summary with its city, or the state that is told in its place."""
    state = str(STATES.get(kept.get("state", ""), ""))
    named = [one for one in courts() if one.code == kept.get("court")]
    return named[0].label if named else state


def headline_from(kept: Mapping[str, Any], dates: list[DateAhead]) -> str:
    """Draft a headline from the facts alone, in the language of the page."""
    ages = {True: _("Adult"), False: _("Somebody under 18"), None: _("Somebody")}
    where = from_where(kept)
    who = _("%(who)s from %(where)s") % {"who": ages[kept["adult"]], "where": where} if where else ""
    held = kept.get("custody") in ("ice", "orr")
    first = min(dates, key=lambda one: one.day, default=None)
    parts = (
        who or ages[kept["adult"]],
        str(CUSTODY[kept["custody"]]) if held else "",
        place_of(kept),
        f"{first.label}: {when(first)}" if first else "",
    )
    return " · ".join(part for part in parts if part)


def _date_ahead(kept: Mapping[str, Any]) -> DateAhead:
    until = date.fromisoformat(kept["until"]) if kept.get("until") else None
    return DateAhead(_label(kept), date.fromisoformat(kept["date"]), until)


def when(one: DateAhead) -> str:
    """Return a day, or the first and the last of the window in which it lies."""
    if one.until is None:
        return date_format(one.day)
    days = {"first": date_format(one.day), "last": date_format(one.until)}
    return _("between %(first)s and %(last)s") % days


def is_adult(birth_date: str, *, on: date) -> bool | None:
    """Tell whether someone is 18 or over on a day, or None when the birth date is too vague."""
    if not birth_date:
        return None
    born = PartialDate.parse(birth_date)
    if on.year - born.year >= 19:
        return True
    return (on.year - born.year, on.month, on.day) >= (18, born.month or 12, born.day or 31)


@dataclass(frozen=True)
class OpenOffer:
    """An open offer as a list shows it: `words` and `next_date` say what may be said without a name."""

    id: uuid.UUID
    band: Badge
    expires_at: datetime
    words: str
    next_date: str


def open_offers(user: User) -> list[OpenOffer]:
    """Return the offers waiting for this practitioner's answer, the one that runs out first on top."""
    waiting = Offer.objects.filter(user=user, status=OfferStatus.OPEN, expires_at__gt=timezone.now())
    offers = list(waiting.order_by("expires_at"))
    opened = open_many(offers, "summary", purpose="offers")
    return [_open_offer(offer, opened[offer.pk].summary) for offer in offers]


def _open_offer(offer: Offer, kept: dict[str, Any]) -> OpenOffer:
    language = spoken_words(kept["language"]) if kept["language"] else ""
    parts = (from_where(kept), language, str(Track(kept["track"]).label))
    first = min(map(_date_ahead, kept["dates"]), key=lambda one: one.day, default=None)
    words = f"{when(first)} · {first.label}" if first else ""
    said = " · ".join(part for part in parts if part)
    return OpenOffer(offer.pk, Band(kept["band"]).badge, offer.expires_at, said, words)


def _label(kept: Mapping[str, Any]) -> str:
    return str(DEADLINES.get(kept["key"], kept["name"]))
