"""The strip above every tab of a case: who, how urgent, held where, what is next, who acts; and the tabs."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from cases.looking import short_words
from cases.models import Status
from conflicts.models import State
from conflicts.queries import CLEAR, CONFIRMED, PENDING, POSSIBLE, UNREAD
from foundation.accounts.models import Role
from foundation.badges import BAD, GOOD, WARN, Badge
from foundation.countries import country_name
from foundation.refused import Refused
from intake.told import HELD
from intake.words import spoken_words
from referrals.summary_queries import is_adult
from screening.facts import age_on
from workspace.desk import Desk
from workspace.head import Head, head_of
from workspace.when import When, when_of

LOOKS = {
    CLEAR: (GOOD, "check"),
    PENDING: (WARN, "clock"),
    UNREAD: (WARN, "alert"),
    POSSIBLE: (WARN, "alert"),
    CONFIRMED: (BAD, "alert"),
}
# Every tab: its name in code, its words, its address, for whom it is (empty: everybody on the case).
TABS: tuple[tuple[str, Any, str, tuple[str, ...]], ...] = (
    ("overview", _lazy("Overview"), "case", ()),
    ("told-us", _lazy("Told us"), "workspace:told-us", ()),
    ("screening", _lazy("Screening"), "workspace:screening", ()),
    ("dates", _lazy("Dates"), "workspace:dates", ()),
    ("people", _lazy("People"), "workspace:people", (Role.CASEWORKER, Role.ADMINISTRATOR)),
    ("files", _lazy("Files"), "workspace:papers", ()),
    ("evidence", _lazy("Evidence"), "workspace:evidence", ()),
    (
        "referral",
        _lazy("Referral"),
        "workspace:referral",
        (Role.CASEWORKER, Role.ATTORNEY, Role.ADMINISTRATOR),
    ),
    ("messages", _lazy("Messages"), "workspace:messages", ()),
    ("history", _lazy("History"), "workspace:history", ()),
)


class NoSuchTab(Refused):
    status = 404
    title = _lazy("This part of a case does not exist")
    message = _lazy("Go back to the case and choose one of its tabs.")


@dataclass(frozen=True)
class Tab:
    """One tab: its words, its address, how many there are of what it names."""

    name: str
    label: str
    address: str
    count: int
    is_hot: bool
    is_here: bool


@dataclass(frozen=True)
class Fact:
    """One fact of the strip; `note` is what is said softly beside it, `chip` what stands out."""

    label: str
    words: str
    note: str = ""
    chip: Badge | None = None
    when: When | None = None
    address: str = ""


@dataclass(frozen=True)
class Strip:
    """What stays in sight on every tab of a case."""

    head: Head
    marks: list[Badge]
    facts: list[Fact]
    tabs: list[Tab]
    back: str
    back_words: str
    here: str


def strip_of(desk: Desk, here: str) -> Strip:
    """Return the strip of a case with one tab open. Raises NoSuchTab for one that is not for this reader."""
    tabs = _tabs(desk, here)
    if not any(tab.is_here for tab in tabs):
        raise NoSuchTab
    lists = desk.user.has_role(Role.CASEWORKER, Role.ADMINISTRATOR)
    return Strip(
        head=head_of(desk.case, desk.person),
        marks=_marks(desk),
        facts=_facts(desk),
        tabs=tabs,
        back=reverse("workspace:queue" if lists else "home"),
        back_words=_("Cases") if lists else _("Home"),
        here=here,
    )


def standing_badge(standing: str) -> Badge:
    """Return how a matter's names stand, as a badge."""
    return Badge(str(State(standing).label), *LOOKS[standing])


def _tabs(desk: Desk, here: str) -> list[Tab]:
    counts, case = desk.counts, desk.case
    shown = {
        "dates": (counts.dates, False),
        "files": (counts.files, False),
        "people": (counts.people, False),
        "messages": (counts.wishes + counts.replies if desk.is_caseworker else 0, True),
    }
    return [
        Tab(name, str(words), reverse(address, args=[case.pk]), *shown.get(name, (0, False)), name == here)
        for name, words, address, who in TABS
        if not who or desk.user.has_role(*who)
    ]


def _marks(desk: Desk) -> list[Badge]:
    """Return what stands beside the name besides urgency and status."""
    intake, marks = desk.case.intake, []
    if intake.put_aside_at:
        marks.append(Badge(_("Put aside"), BAD))
    elif intake.in_burst:
        marks.append(Badge(_("Came in a burst"), WARN))
    if desk.placing.is_taken and not desk.placing.engaged_on:
        marks.append(Badge(_("Reserved"), WARN))
    if desk.case.legal_hold:
        marks.append(Badge(_("Legal hold"), WARN))
    return marks


def _facts(desk: Desk) -> list[Fact]:
    """Return the facts in the order in which a caseworker asks for them; what nobody said says so."""
    facts = [_age(desk), _country(desk), _speaks(desk), _held(desk), _court(desk)]
    if desk.next_thing:
        facts.append(_next(desk))
    if desk.sees_names:
        people = reverse("workspace:people", args=[desk.case.pk])
        facts.append(Fact(_("Names"), "", chip=standing_badge(desk.names), address=people))
    taken = desk.case.caseworker
    facts.append(Fact(_("Caseworker"), taken.name if taken else _("nobody yet")))
    facts.append(_acts(desk))
    return facts


def _age(desk: Desk) -> Fact:
    born = str(desk.learned.get("birth_date") or desk.born or "")
    age = age_on(born, on=desk.today)
    minor = is_adult(born, on=desk.today) is False
    chip = Badge(_("minor"), icon="user") if minor else None
    return Fact(_("Age"), str(age) if age is not None else _("not known"), chip=chip)


def _country(desk: Desk) -> Fact:
    code = desk.case.country
    return Fact(_("From"), country_name(code) if code else _("not known"))


def _speaks(desk: Desk) -> Fact:
    """Return which language somebody speaks, and who should interpret."""
    said = desk.answers
    code = said.get("spoken_language") or ""
    words = said.get("other_language") if code == "other" else spoken_words(code)
    chip = Badge(_("interpreter"), icon="user") if code and code != "eng" else None
    woman_or_man = {"woman": _("a woman interprets"), "man": _("a man interprets")}
    notes = [said.get("dialect") or "", woman_or_man.get(said.get("interpreter_gender", ""), "")]
    return Fact(_("Speaks"), words or _("not known"), ", ".join(note for note in notes if note), chip)


def _held(desk: Desk) -> Fact:
    learned = desk.learned.get("detained")
    told = desk.answers.get("custody")
    is_held = told in HELD if learned is None else learned
    if is_held:
        return Fact(
            _("Held at"),
            desk.answers.get("facility") or _("place not known"),
            chip=Badge(_("held"), BAD, "alert"),
        )
    return Fact(_("Held"), _("no") if learned is False or told == "no" else _("not known"))


def _court(desk: Desk) -> Fact:
    says = desk.answers.get("has_court")
    if desk.learned.get("in_proceedings") or says == "yes":
        return Fact(_("Court"), desk.answers.get("court") or _("which one is not known"))
    return Fact(_("Court"), _("none, as told") if says == "no" else _("not known"))


def _next(desk: Desk) -> Fact:
    thing = desk.next_thing
    assert thing is not None  # noqa: S101  for the type checker: asked for only where there is one
    state = "today" if thing.day == desk.today else "passed" if thing.day < desk.today else "ahead"
    code = f"{thing.code}:{thing.key}" if thing.key else thing.code
    dates = reverse("workspace:dates", args=[desk.case.pk])
    when = when_of(thing.day, state, kind="last_day", today=desk.today)
    return Fact(_("Next"), "", short_words(code), when=when, address=dates)


def _acts(desk: Desk) -> Fact:
    """Return who has to do the next thing."""
    case, placing = desk.case, desk.placing
    if not case.is_open:
        told = _("Tell the person") if case.must_be_told else Status(case.status).label
        return Fact(_("Acts next"), _whom(desk) if case.must_be_told else _("nobody"), str(told))
    if placing.is_taken:
        return Fact(_("Acts next"), placing.taken_by, "" if placing.engaged_on else _("engagement"))
    if placing.offered_to:
        until = date_format(placing.offer_until, "DATE_FORMAT") if placing.offer_until else ""
        return Fact(_("Acts next"), placing.offered_to, _("until %(day)s") % {"day": until})
    return Fact(_("Acts next"), _whom(desk))


def _whom(desk: Desk) -> str:
    caseworker = desk.case.caseworker
    if caseworker is None:
        return _("a caseworker")
    return _("you") if caseworker.pk == desk.user.pk else caseworker.name


def case_tab(pk: uuid.UUID, name: str) -> str:
    """Return the address of one tab of a case."""
    return reverse(next(address for tab, _words, address, _who in TABS if tab == name), args=[pk])
