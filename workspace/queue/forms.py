"""What may be asked of the queue in its address: each filter with what it lets through.

None reads a sealed value: what a filter goes by are the plain columns and codes of a case (ADR 55).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cases import codes
from cases.models import NO_DAY, Case, CaseTag, Paper, Status, Track, WaitsOn
from cases.queries import caseworkers_of
from cases.tagging import tags_of
from foundation.accounts.models import Office
from foundation.countries import all_countries
from foundation.filters import Choices, Filter, FilterForm, filters_of
from foundation.languages import language_choices
from foundation.states import all_states
from intake.data import courts
from referrals.models import Assignment, Practitioner, Queue, Referral, ReferralStatus
from screening.codes import WORDS
from screening.models import Band, Outcome
from workspace.queue.orders import ORDERS

Cases = QuerySet[Case]
NOBODY, NOT_SAID, GONE = "none", "unknown", "gone"
DAYS = {"7": 7, "14": 14, "30": 30, "60": 60}


@dataclass(frozen=True)
class _OfCode:
    """Lets through the cases that have a code of a kind."""

    kind: str

    def __call__(self, cases: Cases, value: str) -> Cases:
        return cases.filter(codes__contains=[codes.code(self.kind, value)]) if value else cases


def codes_asked(form: FilterForm, asked: Mapping[str, Any]) -> list[str]:
    """Return the codes that each case has which the filters let through."""
    return [
        codes.code(filter_.narrow.kind, asked[name])
        for name, filter_ in filters_of(form)
        if isinstance(filter_.narrow, _OfCode) and asked.get(name)
    ]


def _of_column(name: str) -> Callable[[Cases, str], Cases]:
    """Return what lets through the cases whose column has a value."""
    return lambda cases, value: cases.filter(**{name: value}) if value else cases


def _of_status(cases: Cases, status: str) -> Cases:
    return cases.filter(status=status) if status else cases


def _of_caseworker(cases: Cases, value: str) -> Cases:
    place = 0 if value == NOBODY else value
    return cases.filter(caseworker_place=place) if value else cases


def _hears_within(cases: Cases, value: str, *, today: date) -> Cases:
    if not value:
        return cases
    if value == NOT_SAID:
        return cases.filter(hearing_on=None)
    return cases.filter(hearing_on__gte=today, hearing_on__lte=today + timedelta(DAYS[value]))


def _dated(cases: Cases, value: str, *, today: date) -> Cases:
    if not value:
        return cases
    if value == GONE:
        return cases.filter(date_place__lt=today)
    if value == NOT_SAID:
        return cases.filter(date_place=NO_DAY)
    return cases.filter(date_place__lte=today + timedelta(DAYS[value]))


def _came_within(cases: Cases, value: str, *, today: date) -> Cases:
    if not value:
        return cases
    since = datetime.combine(today - timedelta(DAYS[value]), time.min)
    return cases.filter(opened_at__gte=timezone.make_aware(since))


def _in_queue(cases: Cases, value: str) -> Cases:
    live = Referral.objects.filter(queue_id=value or 0).exclude(status=ReferralStatus.RETURNED)
    return cases.filter(pk__in=live.values("case")) if value else cases


def _held_by(cases: Cases, value: str) -> Cases:
    live = Assignment.objects.filter(practitioner_id=value or 0, ended_at=None)
    return cases.filter(pk__in=live.values("case")) if value else cases


def _with_papers(cases: Cases, value: str) -> Cases:
    there = Paper.objects.filter(put_aside_at=None).values("case")
    if value == "yes":
        return cases.filter(pk__in=there)
    return cases.exclude(pk__in=there) if value else cases


def _tagged(cases: Cases, value: str) -> Cases:
    live = CaseTag.objects.filter(tag_id=value or 0, removed_at=None)
    return cases.filter(pk__in=live.values("case")) if value else cases


def _interpreted(cases: Cases, value: str) -> Cases:
    """Who said which language they speak best, and it is not English."""
    if not value:
        return cases
    spoken = [codes.code(codes.LANGUAGE, language) for language, _name in language_choices()]
    others = [one for one in spoken if one != codes.code(codes.LANGUAGE, "eng")]
    return cases.filter(codes__overlap=others)


def _caseworkers(office: Office) -> Choices:
    return [(NOBODY, _("Nobody yet")), *((str(user.pk), user.name) for user in caseworkers_of(office))]


def _queues(office: Office) -> Choices:
    return [(str(one.pk), one.name) for one in Queue.objects.filter(office=office).order_by("name")]


def _practitioners(office: Office) -> Choices:
    rows = Practitioner.objects.filter(office=office).select_related("user").order_by("user__name")
    return [(str(one.pk), one.user.name) for one in rows]


def _tags(office: Office) -> Choices:
    return [(str(tag.pk), tag.name) for tag in tags_of(office)]


def _courts() -> Choices:
    return [*((one.code, one.label) for one in courts() if one.is_open), (codes.OTHER_COURT, _("Another"))]


def _countries() -> Choices:
    return all_countries()


def _reasons() -> Choices:
    return list(WORDS.items())


WITHIN = [(days, format_lazy(_("within {n} days"), n=days)) for days in DAYS]


class QueueForm(FilterForm):
    """Which cases, in which order, and from where on."""

    band = Filter(label=_("Urgency"), choices=Band.choices, narrow=_of_column("band"))
    status = Filter(label=_("Status"), choices=Status.choices, narrow=_of_status)
    waits = Filter(label=_("Acts next"), choices=WaitsOn.choices, narrow=_of_column("waits_on"))
    caseworker = Filter(label=_("Caseworker"), of_office=_caseworkers, narrow=_of_caseworker)
    date = Filter(
        label=_("Next date"),
        choices=[(GONE, _("gone")), *WITHIN, (NOT_SAID, _("day not known"))],
        narrow_on=_dated,
    )
    hearing = Filter(
        label=_("Court hearing"), choices=[*WITHIN, (NOT_SAID, _("day not known"))], narrow_on=_hears_within
    )
    came = Filter(label=_("Received"), choices=WITHIN, narrow_on=_came_within)
    custody = Filter(
        label=_("Held"),
        choices=[("ice", _("In a detention center")), ("orr", _("In a children's shelter")), ("no", _("No"))],
        narrow=_OfCode(codes.CUSTODY),
    )
    minor = Filter(
        label=_("Minor"),
        choices=[("yes", _("With a parent")), (codes.ALONE, _("Alone")), ("no", _("Grown up"))],
        narrow=_OfCode(codes.MINOR),
    )
    names = Filter(
        label=_("Names"),
        choices=[("possible", _("Not clear")), ("confirmed", _("Conflict"))],
        narrow=_OfCode(codes.NAMES),
    )
    language = Filter(label=_("Language"), choices=language_choices, narrow=_OfCode(codes.LANGUAGE))
    interpreter = Filter(label=_("Interpreter"), choices=[("yes", _("needed"))], narrow=_interpreted)
    country = Filter(label=_("Country"), choices=_countries, narrow=_OfCode(codes.COUNTRY))
    state = Filter(label=_("State"), choices=all_states, narrow=_OfCode(codes.STATE))
    court = Filter(label=_("Court"), choices=_courts, narrow=_OfCode(codes.COURT))
    track = Filter(label=_("Track"), choices=Track.choices, narrow=_of_column("track"))
    outcome = Filter(label=_("Proposed"), choices=Outcome.choices, narrow=_OfCode(codes.OUTCOME))
    reason = Filter(label=_("Reason"), choices=_reasons, narrow=_OfCode(codes.REASON))
    queue = Filter(label=_("Queue"), of_office=_queues, narrow=_in_queue)
    practitioner = Filter(label=_("Attorney"), of_office=_practitioners, narrow=_held_by)
    papers = Filter(
        label=_("Papers"), choices=[("yes", _("There are some")), ("no", _("None"))], narrow=_with_papers
    )
    tag = Filter(label=_("Tag"), of_office=_tags, narrow=_tagged)
    tab = forms.CharField(label=_("Tab"), required=False)
    sort = forms.ChoiceField(
        label=_("Order"), choices=[(name, order.label) for name, order in ORDERS.items()], required=False
    )
    at = forms.CharField(required=False)
