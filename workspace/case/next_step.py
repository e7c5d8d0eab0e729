"""What is to be done with a case now, and what of it this reader may do: decided here, shown by the page."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from cases.access import may_triage
from cases.facts import deadline_facts_of
from cases.looking import Upcoming, upcoming_of
from cases.models import Track
from cases.rules.track import Track as Proposed
from cases.rules.track import proposed_track
from cases.words import TRACK_REASONS
from conflicts.queries import CLEAR, CONFIRMED
from foundation.accounts.models import Role
from foundation.badges import Badge
from referrals.access import is_caseworker_of, may_refer
from referrals.referring import is_not_ours
from screening.codes import gate_words, result_badge
from screening.models import NOT_OURS, Band, Screening
from workspace.case.referral import HandOverShort, handed_short
from workspace.desk import Desk, steps_on
from workspace.when import When, when_of

PURPOSE = "case page"


@dataclass(frozen=True)
class Proposal:
    """What the rules propose for the triage: each part a code, what it is in words, and why.

    `leads_elsewhere`: it is not for us. `met` of `parts` are met.
    """

    screening: uuid.UUID
    outcome: str
    outcome_words: str
    leads_elsewhere: bool
    met: int
    parts: int
    gates: list[tuple[str, Badge]]
    citations: list[str]
    band: str
    band_badge: Badge
    track: str
    track_words: str
    track_why: str


@dataclass(frozen=True)
class NextStep:
    """What the reader of a case may do now, and where the case stands.

    `upcoming` says what is due first, of the law or of the work; it is None for a case that is over.
    `look_by` is when a person must have looked, None where one has. `leads_elsewhere`: it was decided that
    the case is not ours. `picks`: somebody is to be asked to take it. `names_open`: the names are not clear,
    `names_conflict`: they are known to clash.
    """

    upcoming: Upcoming | None
    asks_triage: bool
    may_decline: bool
    asks_queue: bool
    picks: bool
    leads_elsewhere: bool
    asks_engagement: bool
    may_refer_out: bool
    names_open: bool
    names_conflict: bool
    is_over: bool
    asks_to_tell: bool
    look_by: When | None
    triaged_by: str
    offered_to: str
    taken_by: str
    engaged_on: date | None
    handed: HandOverShort | None
    proposal: Proposal | None

    @property
    def is_for_others(self) -> bool:
        """Tell whether nothing stands here for this reader: a caseworker decides what comes next."""
        mine = self.may_decline or self.asks_queue or self.picks or self.leads_elsewhere
        return not (self.is_over or mine or self.offered_to or self.taken_by)


def next_step_of(desk: Desk, *, screening: Screening | None = None) -> NextStep:
    """Return what is to be done with a case now; what this person may not do is not offered.

    `screening` is the newest one, for whoever settles the triage.
    """
    case, user, placing = desk.case, desk.user, desk.placing
    triages, decides = may_triage(user, case), is_caseworker_of(user, case)
    works = user.has_role(Role.CASEWORKER, Role.ATTORNEY)
    is_referable = bool(case.triaged_at) and not placing.is_referred and may_refer(user, case)
    elsewhere = is_referable and is_not_ours(case)
    asks_triage = triages and not case.triaged_at
    return NextStep(
        upcoming=upcoming_of([case], on=desk.today, purpose=PURPOSE, steps=steps_on(desk)).get(case.pk),
        asks_triage=asks_triage,
        may_decline=triages,
        asks_queue=is_referable and not elsewhere,
        picks=decides and placing.is_referred and not (placing.offered_to or placing.is_taken),
        leads_elsewhere=elsewhere,
        asks_engagement=works and placing.is_taken and not placing.engaged_on,
        may_refer_out=not placing.is_taken and may_refer(user, case),
        names_open=desk.sees_names and desk.names != CLEAR,
        names_conflict=desk.sees_names and desk.names == CONFIRMED,
        is_over=not case.is_open,
        asks_to_tell=case.must_be_told,
        look_by=_look_by(desk) if asks_triage else None,
        triaged_by=case.triaged_by.name if triages and case.triaged_at and case.triaged_by else "",
        offered_to=placing.offered_to,
        taken_by=placing.taken_by,
        engaged_on=placing.engaged_on,
        handed=handed_short(case) if desk.has_hand_overs and decides else None,
        proposal=_proposal(desk, screening) if asks_triage and screening else None,
    )


def _look_by(desk: Desk) -> When:
    day = desk.case.look_by
    state = "today" if day == desk.today else "passed" if day < desk.today else "ahead"
    return when_of(day, state, kind="last_day", today=desk.today)


def _proposal(desk: Desk, screening: Screening) -> Proposal:
    gates = [(str(words), result_badge(code)) for words, code, _result in gate_words(screening.gates)]
    track = track_on(desk)
    return Proposal(
        screening=screening.pk,
        outcome=screening.outcome,
        outcome_words=screening.get_outcome_display(),
        leads_elsewhere=screening.outcome in NOT_OURS,
        met=sum(1 for _words, result in gates if result.tone == "good"),
        parts=len(gates),
        gates=gates,
        citations=sorted({one.citation for one in screening.findings.all() if one.citation}),
        band=desk.case.band,
        band_badge=Band(desk.case.band).badge,
        track=track.track,
        track_words=str(Track(track.track).label),
        track_why=track.reason,
    )


def track_on(desk: Desk) -> Proposed:
    """Return the track that was decided, else the one that what is told points to, with its reason."""
    if desk.case.track != Track.UNKNOWN:
        return Proposed(desk.case.track, _("as it was decided"))
    says_no = desk.answers.get("has_court") == "no"
    proposed = proposed_track(deadline_facts_of(desk.told, on=desk.today), says_no_court=says_no)
    return Proposed(proposed.track, str(TRACK_REASONS[proposed.reason]))
