"""What stands beside a message in the app: the next thing of the case it is about. No mail says it."""

import uuid

from django.urls import Resolver404, resolve
from django.utils import timezone

from cases.access import visible_to
from cases.looking import upcoming_of
from foundation.accounts.models import User
from notifications.models import Message


def next_things(user: User, messages: list[Message]) -> dict[uuid.UUID, str]:
    """Return the next thing of the case each unread message leads to, where its reader may see that case.

    What was read already is history: the case page says what is next now.
    """
    about = {message.pk: _case_of(message.link) for message in messages if not message.read_at}
    cases = visible_to(user).filter(pk__in={pk for pk in about.values() if pk}).select_related("office")
    upcoming = {}
    now = timezone.now()
    for office in {case.office for case in cases}:
        own = [case for case in cases if case.office_id == office.pk]
        upcoming.update(upcoming_of(own, on=office.today(now), purpose="inbox"))
    return {pk: upcoming[case].first.sentence for pk, case in about.items() if case in upcoming}


def _case_of(link: str) -> uuid.UUID | None:
    """Return the case an address on this site leads to, or None where it leads elsewhere."""
    try:
        found = resolve(link)
    except Resolver404:
        return None
    return found.kwargs["pk"] if found.url_name == "case" else None
