"""Who may be asked about a case, best fit first, with the reasons in words."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cases.facts import Known
from cases.models import Case
from conflicts.access import kept_off
from foundation.accounts.away import away_now
from foundation.countries import country_name
from foundation.states import STATES
from intake.words import spoken_words
from referrals import rules
from referrals.board_queries import asked_for
from referrals.models import DeclineReason, Offer, OfferStatus, Practitioner
from referrals.panel_models import needs_cover
from referrals.queries import live_referral, need_from, need_of, panel_of

# What speaks for somebody, against them, and what keeps a case from them. In the words: what is known of it.
WORDS: dict[str, Any] = {
    "ASKED_FOR": _("asked for it"),
    "LANGUAGE": _("speaks %(language)s"),
    "STATE": _("takes cases in %(state)s"),
    "HELD": _("takes people who are held"),
    "COUNTRY": _("knows %(country)s"),
    "TRACK": _("takes this track"),
    "NO_LANGUAGE": _("needs an interpreter for %(language)s"),
    "NO_COUNTRY": _("new to %(country)s"),
    "NO_TRACK": _("does not usually take this track"),
    "NO_STATE": _("does not take cases in %(state)s"),
    "NO_HELD": _("does not take people who are held"),
    "LANGUAGE_UNKNOWN": _("nobody knows yet which language the person speaks"),
    "SAID_NO": _("said no to this on %(day)s: %(why)s"),
    "SILENT": _("did not answer about this until %(day)s"),
    "UNVERIFIED": _("nobody has verified the credentials, or they have run out"),
    "FULL": _("has no room now"),
    "PAUSED": _("has paused offers"),
    "AWAY": _("is away now"),
    "UNCOVERED": _("has no verified malpractice cover, or it has run out"),
    "UNTRAINED": _("lacks a training that the queue asks for"),
    "CONFLICT": _("said that they have a conflict in this case"),
}


@dataclass(frozen=True)
class Choice:
    """A practitioner as shown to the caseworker who picks one; `stops` keep the case from them."""

    practitioner: Practitioner
    available: bool
    reasons: list[str]
    doubts: list[str]
    stops: list[str]
    places: str


def practitioners_for(case: Case, *, known: Known | None = None) -> list[Choice]:
    """Return the office's practitioners, best fit first, with the reasons in words.

    `known` is what is open of the case already.
    """
    today = case.office.today(timezone.now())
    rows = panel_of(case.office).filter(user__is_active=True).exclude(user__in=kept_off(case.matter_id))
    by_id = {row.pk: row for row in rows}
    away, must_be_covered = away_now(case.office, on=today), needs_cover(case.office_id)
    noes, asked, asking = earlier_noes(case), _asked_now(case), asked_for(case)
    candidates = {
        row.pk: replace(
            candidate_of(row, on=today, is_away=row.user_id in away),
            is_covered=row.is_covered(on=today) or not must_be_covered,
            asked=asked.get(row.pk, 0),
            no=noes.get(row.pk),
            asks=row.pk in asking,
        )
        for row in by_id.values()
    }
    need = need_from(case, known, on=today) if known else need_of(case, on=today)
    ranked = rules.rank(replace(need, trainings=_asked_of_takers(case)), list(candidates.values()))
    return [_choice(by_id[one.candidate_id], one, need, candidates[one.candidate_id]) for one in ranked]


def _choice(row: Practitioner, match: rules.Match, need: rules.Need, candidate: rules.Candidate) -> Choice:
    """Put a match into words, with the places that are free as the last reason."""

    def said(codes: list[str]) -> list[str]:
        return [words_of(code, need, candidate.no) for code in codes]

    places = {"free": candidate.free, "all": candidate.capacity}
    words = _now("%(free)s of %(all)s places free") % places
    return Choice(row, match.available, said(match.reasons), said(match.doubts), said(match.stops), words)


def words_of(code: str, need: rules.Need, no: rules.EarlierNo | None = None) -> str:
    """Put one code of a match into words."""
    known = {
        "language": spoken_words(need.language) if need.language else "",
        "country": country_name(need.country) if need.country else "",
        "state": str(STATES.get(need.state, need.state)),
        "day": date_format(no.day, "MONTH_DAY_FORMAT") if no else "",
        "why": str(NO_WORDS[no.why]) if no else "",
    }
    return str(WORDS["SILENT" if code == "SAID_NO" and no and no.why == SILENT else code]) % known


SILENT = "silent"
NO_WORDS: dict[str, Any] = {**dict(DeclineReason.choices), SILENT: ""}
NOES = {OfferStatus.DECLINED: "", OfferStatus.EXPIRED: SILENT}


def earlier_noes(case: Case) -> dict[int, rules.EarlierNo]:
    """Return who said no to a case, or did not answer: {practitioner id: newest no, a conflict first}."""
    ended = Offer.objects.filter(referral__case=case, status__in=NOES).order_by("decided_at")
    found: dict[int, rules.EarlierNo] = {}
    for one in ended:
        earlier = found.get(one.practitioner_id)
        if one.decided_at and (earlier is None or earlier.why != DeclineReason.CONFLICT):
            why = NOES[OfferStatus(one.status)] or one.decline_reason
            found[one.practitioner_id] = rules.EarlierNo(why, case.office.today(one.decided_at))
    return found


def _asked_now(case: Case) -> dict[int, int]:
    """Return how many other offers wait for each practitioner's answer."""
    open_ones = Offer.objects.filter(office=case.office_id, status=OfferStatus.OPEN)
    counted = open_ones.exclude(referral__case=case).values_list("practitioner").annotate(n=Count("pk"))
    return dict(counted.order_by())


def _asked_of_takers(case: Case) -> list[int]:
    """Return the trainings that the queue asks for in which a case waits; none where it waits in none."""
    referral = live_referral(case)
    return list(referral.queue.takes.get("trainings", [])) if referral else []


def candidate_of(row: Any, *, on: date, is_away: bool) -> rules.Candidate:
    """Return a practitioner of `panel_of` as the ranking sees them."""
    return rules.Candidate(
        id=row.pk,
        languages=row.languages,
        countries=row.countries,
        tracks=row.tracks,
        capacity=row.capacity,
        open_cases=row.live,
        accepting=row.accepting,
        has_credentials=row.verified_at is not None and not row.is_expired(on=on),
        states=row.states,
        takes_held=row.detained,
        works_remotely=row.remote,
        is_away=is_away,
        trainings=[one.training_id for one in row.trainings],
    )
