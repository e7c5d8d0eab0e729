"""Answer the person of a case, and take a new way to be reached that they wrote of."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases.access import is_caseworker_of
from cases.models import Case
from cases.telling import post_to_person
from cases.wishes import decide_wish
from foundation.accounts.models import User
from foundation.refused import Forbidden, Refused
from intake.actions import note_wish
from intake.models import Posting, Wish, WishStatus
from notifications.inbound_models import Draft
from notifications.talk import keep_draft, note_sent


class WishWaits(Refused):
    status = 409
    message = _(
        "With the receipt they asked for another new way too: decide that one first, on the overview."
    )


@transaction.atomic
def draft_to_person(
    case: Case, *, words: str, original: str = "", seen: int = 0, by: User, at: datetime
) -> Draft:
    """Keep the draft to the person of a case as it stands now.

    Raises Forbidden; NothingWritten; ChangedMeanwhile; SentMeanwhile.
    """
    if not is_caseworker_of(by, case):
        raise Forbidden
    return keep_draft(case.matter, words=words, original=original, seen=seen, by=by, at=at)


@transaction.atomic
def send_to_person(
    case: Case,
    *,
    words: str,
    original: str = "",
    seen: int = 0,
    is_safe: bool = False,
    by: User,
    at: datetime,
) -> Posting:
    """Put what was drafted on the person's return page; they are told, by a safe way, that words wait.

    Raises Forbidden; NothingWritten; ChangedMeanwhile; SentMeanwhile; NotSafe where nobody marked the words.
    """
    draft = draft_to_person(case, words=words, original=original, seen=seen, by=by, at=at)
    posting = post_to_person(
        case, kind=Posting.Kind.OWN, words=words, is_safe=is_safe, asks=False, by=by, at=at
    )
    note_sent(draft, by=by, at=at)
    return posting


@transaction.atomic
def take_new_way(case: Case, *, value: Mapping[str, Any], how: str, by: User, at: datetime) -> None:
    """Put a way to be reached that the person wrote of in place of the old one, which is used no more.

    `how` says how it was made sure that it is this person. Raises Forbidden; WishWaits; NotYet while a helper
    holds the receipt; Refused where nobody says how; Decided, CaseOver,
    LawyerFirst, MustKeep and NothingToTell as `decide_wish` does.
    """
    if not is_caseworker_of(by, case):
        raise Forbidden
    if Wish.objects.filter(intake=case.intake, kind=Wish.Kind.CONTACT, status=WishStatus.OPEN).exists():
        raise WishWaits
    wish = note_wish(case.intake, kind=Wish.Kind.CONTACT, value=value, at=at, by=by)
    decide_wish(case, wish_id=wish.pk, confirmed=True, how=how, by=by, at=at)
