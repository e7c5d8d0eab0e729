"""The demo office: everyone and everything in it is invented, except one short attributed quotation."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cases.actions import link_family, open_case, triage_case
from cases.law import name_law_reader
from cases.models import Case
from conflicts import actions as conflicts
from conflicts.models import PartyRole
from conflicts.worker import Names
from demo.answers import PLAIN, lay_on_pages
from demo.helping import ask_small_help, browse, log_some_hours
from demo.offers import ask_and_answer as ask_before_yes
from demo.offers import hand_one_on, keep_engagement, write_for_askers
from demo.other_help import ask_others
from demo.papers import ask_and_answer
from demo.people import ADE, BEA, CORA, INES, PASSWORD, STAFF, come_in, invite
from demo.work import work_on
from evidence.actions.claims import add_claim_point, cite_passage
from evidence.actions.library import add_document, confirm_details
from evidence.models import Capture, Document
from evidence.queries.library import latest_snapshot
from foundation.accounts.actions import invite_first, open_office
from foundation.accounts.demo import OFFICE as DEMO_OFFICE
from foundation.accounts.models import Office, User
from foundation.accounts.office_changes import change_office
from intake.actions import save_answers, start_intake, submit_intake
from intake.models import Intake
from intake.questionnaire.path import first_unanswered, walk
from intake.told import Saved
from letters.actions import approve_template, write_template
from letters.kinds import Kind, draft
from packets.actions import add_exhibit, ask_build, begin_packet
from packets.models import How, Part
from referrals import actions as referrals
from referrals.firms import open_firm, place_practitioner
from referrals.models import Practitioner, PractitionerKind
from referrals.panel import add_to_panel, change_practitioner, open_queue, verify_credentials
from screening.queries import latest_screening

SLUG = DEMO_OFFICE
NAME = "Lantern Legal Aid (demo)"
SAID: dict[str, Any] = {  # what it says of itself
    "phone": "(212) 555-0100",
    "address": "120 Example Street, Floor 4\nNew York, NY 10001",
    "hours_in": {
        "en": "Monday to Friday, 9 am to 5 pm, New York time",
        "ar": "من الاثنين إلى الجمعة، من 9 صباحًا إلى 5 مساءً بتوقيت نيويورك",
    },
    "other_phone": "(212) 555-0199",
    "other_hours_in": {
        "en": "Day and night, another group's line",
        "ar": "ليلًا ونهارًا، خط مجموعة أخرى",
    },
    "look_days": 3,
}


@dataclass(frozen=True)
class Story:
    """One invented applicant: what differs from PLAIN by question, `arrival` in days before today.

    `days` and `months` are questions answered by a date so many days from today: to the day, or by its month.
    """

    given: str
    family: str
    country: str
    born: str
    arrival: int
    spoken: str
    language: str = "en"
    answers: Mapping[str, Any] = field(default_factory=dict)
    days: Mapping[str, int] = field(default_factory=dict)
    months: Mapping[str, int] = field(default_factory=dict)


HUSBAND = {"name": "Ramiro Caso Inventado", "related": "spouse", "birth_date": "1977"}
STORIES = [
    Story("أمينة", "مثال (Amina Example)", "SY", "1991-04-12", 352, "ara", "ar"),
    Story(
        "Tomás",
        "Prueba Ejemplo",
        "HN",
        "1987",
        190,
        "spa",
        answers={"has_court": "yes"},
        days={"hearing_date": 24},
    ),
    Story(
        "Selam",
        "Sample",
        "ER",
        "2009-08",
        60,
        "tir",
        answers={"fear": "unsure", "wants": ["sij"]},
    ),
    Story("Olena", "Zrazok", "UA", "1979-01-30", 640, "ukr", answers={"rep": "ending"}),
    Story("Jean", "Exemple", "HT", "1995-11-02", 120, "hat", answers={"income": "", "period": ""}),
    Story("Mina", "Namuna", "AF", "1998-06-21", 80, "prs"),
    Story("Rosa", "Muestra", "GT", "1983-03-03", 45, "quc", answers={"notario": "yes"}),
    # What cannot wait, one of each: the sentence of each says what to do (cases/next_words.py).
    Story("Farid", "Nishana", "AF", "1990-02-11", 0, "prs", months={"arrival": -365}),
    Story(
        "Daniela",
        "Modelo",
        "VE",
        "1988-09-30",
        150,
        "spa",
        answers={"decision": "board"},
        days={"decision_date": -26},
    ),
    Story(
        "Yared",
        "Misale",
        "ET",
        "1993-05-17",
        150,
        "amh",
        answers={"decision": "judge"},
        months={"decision_date": -30},
    ),
    Story("Esther", "Kielelezo", "CD", "1985-07-08", 150, "fra", answers={"decision": "unsure"}),
    Story(
        "Anwar", "Udahoron", "BD", "1996-01-19", 352, "ben", answers={"i589": "yes", "i589_where": "uscis"}
    ),
    Story(
        "Lucía",
        "Caso Inventado",
        "NI",
        "1979-10-25",
        352,
        "spa",
        answers={"i589": "yes", "i589_returned": "yes", "family_here": [HUSBAND]},
        days={"i589_returned_on": -9},
    ),
    Story(
        "Kofi",
        "Nhwɛso",
        "GH",
        "1992-12-04",
        150,
        "eng",
        answers={"has_court": "yes", "hearing_went": "unsure"},
        days={"hearing_date": -3},
    ),
]


def log_ins() -> list[dict[str, str]]:
    """Return how the people of the demo office sign in."""
    code = settings.DEMO_CODE
    return [{"role": str(p.role.label), "email": p.email, "password": PASSWORD, "code": code} for p in STAFF]


def load() -> None:
    """Make the office as its own people would: they are invited, come in, and then do what pages do.

    Who accepts an invitation does so as the sign-in pages, through another log-in than the rest: so this is
    several transactions, and goes on where it was if it was cut off.
    """
    now = timezone.now()
    office = Office.objects.filter(slug=SLUG).first() or open_office(slug=SLUG, name=NAME)
    ines = come_in(INES, lambda: invite_first(office, email=INES.email, name=INES.name, at=now), now)
    cora, ade, bea = (
        come_in(person, partial(invite, person, office, ines), now) for person in (CORA, ADE, BEA)
    )
    fill(office, {"cora": cora, "ade": ade, "bea": bea, "ines": ines}, now)
    hand_one_on(office, ade=ade, bea=bea, at=now)
    browse(bea=bea, at=now)


def is_loaded() -> bool:
    """Tell whether the demo office is there, with all that is in it."""
    return Case.objects.filter(office__slug=SLUG).exists()


@transaction.atomic
def fill(office: Office, people: Mapping[str, User], now: datetime) -> None:
    """Say what the office says of itself; make fourteen cases on their way, other help and a citation."""
    cora, ade, ines = (people[name] for name in ("cora", "ade", "ines"))
    change_office(office, **SAID, takes_forms=True, by=ines, at=now)
    conflicts.note_staff(office, at=now)
    queue = open_queue(office, name="General", by=ines, at=now)
    open_queue(office, name="Urgent and detained", by=ines, at=now)
    panel = practitioners(office, people, now)
    letters_of(office, ade, ines, now)
    cases = [case_of(story, office, at=now) for story in STORIES]
    amina, _tomas, _selam, _olena, jean, mina, rosa = cases[:7]
    for case in (amina, mina, rosa):
        triage(case, cora, now)
        referrals.refer_case(case, queue=queue, by=cora, at=now)
    write_for_askers(mina, rosa, cora=cora, at=now)
    place(amina, panel, cora, ade, now)
    keep_engagement(amina, ade=ade, at=now)
    ask_and_answer(amina, cora=cora, ade=ade, at=now)
    source = syria_statement(ade, now)
    cite(amina, source, ade, now)
    packet_of(amina, source, ade, now)
    ask_before_yes(offer(mina, panel, cora, now), cora=cora, ade=ade, at=now)
    work_on(mina, cora=cora, at=now)
    ask_small_help(mina, cora=cora, at=now)
    log_some_hours(amina, ade=ade, at=now)
    work_on(cases[8], cora=cora, at=now)
    whom = {"role": PartyRole.FEARED, "name": "Thomas Prueva Ejemplo", "birth_date": "1987"}
    conflicts.add_party(jean.matter, **whom, by=cora, at=now)
    link_family(cases[12], other=cases[8], role="sibling", by=cora, at=now)
    answer_names()
    ask_others(office, waiting=cases[9], answered_no=cases[10], cora=cora, at=now)


def letters_of(office: Office, ade: User, ines: User, at: datetime) -> None:
    """Keep the program's drafts as the words of every letter, and have the attorney approve them."""
    name_law_reader(ade, by=ines, at=at)
    for kind in Kind:
        for language, _label in settings.LANGUAGES:
            words = {"kind": kind, "language": language, "text": draft(kind, language)}
            template = write_template(office, **words, by=ines, at=at)
            if template.must_be_approved:
                approve_template(template, by=ade, at=at)


def practitioners(office: Office, people: Mapping[str, User], at: datetime) -> Practitioner:
    """Put Ade on the panel, and Bea, as whom nobody can sign in."""
    ade, bea, ines = (people[name] for name in ("ade", "bea", "ines"))
    on_panel(
        bea,
        ines,
        at,
        kind=PractitionerKind.ACCREDITED,
        eoir_id="EX00000",
        languages=["spa", "eng"],
        countries=["HN", "GT"],
        states=["NY"],
        tracks=["affirmative"],
        remote=True,
        browses=True,
    )
    one = on_panel(
        ade,
        ines,
        at,
        bar_state="NY",
        bar_number="0000000",
        languages=["eng", "ara"],
        countries=["SY", "IQ"],
        states=["NJ", "NY"],
        tracks=["affirmative", "defensive"],
        detained=True,
        capacity=50,
        browses=True,
    )
    firm = open_firm(office, name="Example & Example", by=ines, at=at)
    place_practitioner(one, firm=firm, coordinates=False, mentor=None, by=ines, at=at)
    return one


def on_panel(user: User, ines: User, at: datetime, **profile: Any) -> Practitioner:
    """Put someone on the panel with a profile, verified by the administrator."""
    one = add_to_panel(user, by=ines, at=at)
    if one is None:
        raise LookupError(user)
    change_practitioner(one, by=ines, at=at, **profile)
    verify_credentials(one, expires_on=None, by=ines, at=at)
    return one


def answers_for(story: Story, today: date) -> dict[str, dict[str, Any]]:
    """Return the story's answers, page by page."""
    place = STORIES.index(story)
    told = {
        **PLAIN,
        "arrival": (today - timedelta(days=story.arrival)).isoformat(),
        "given_names": story.given,
        "family_name": story.family,
        "birth_date": story.born,
        "citizenship": [story.country],
        "spoken_language": story.spoken,
        "a_number": str(200_000_142 + place),
        "phone": f"+121255501{place + 42}",
        "email": f"applicant{place + 1}@demo.example",
    }
    told |= {key: (today + timedelta(days=days)).isoformat() for key, days in story.days.items()}
    told |= {key: f"{today + timedelta(days=days):%Y-%m}" for key, days in story.months.items()}
    return lay_on_pages({**told, **story.answers})


def case_of(story: Story, office: Office, *, at: datetime) -> Case:
    """Send a story through the public form's own actions and open its case."""
    intake = start_intake(office=office, matter_id=uuid.uuid4(), language=story.language, at=at)
    answers, path = answers_for(story, office.today(at)), walk(Saved({}), on=office.today(at))
    while page := first_unanswered(path.saved.answers, path.pages):
        path = save_answers(intake, page=page.key, values=answers[page.key], at=at, saved=path.saved)
    submit_intake(intake, at=at)
    answer_names()
    submitted = Intake.objects.select_related("office", "applicant").get(pk=intake.pk)
    return open_case(submitted, by="system:demo", at=at)


def answer_names() -> None:
    """Answer the conflict checks here: the names worker does not run yet."""
    names = Names()
    names.load()
    names.answer_all()


def triage(case: Case, by: User, at: datetime) -> None:
    read = latest_screening(case.intake)
    decided = {"track": "affirmative", "band": case.band, "outcome": read.outcome, "reason": ""}
    triage_case(case, screening=read.pk, **decided, by=by, at=at)


def offer(case: Case, panel: Practitioner, by: User, at: datetime) -> Any:
    return referrals.offer_referral(case.referrals.get(), practitioner=panel, by=by, at=at)


def place(case: Case, panel: Practitioner, cora: User, ade: User, at: datetime) -> None:
    made = offer(case, panel, cora, at)
    referrals.show_names(made, by=ade, at=at)
    referrals.accept_offer(made, no_conflict=True, by=ade, at=at)


def syria_statement(by: User, at: datetime) -> Document:
    """Add the December 2016 statement on Aleppo as a link record: one attributed sentence, no more."""
    text = (
        "Russia Vetoes U.N. Security Council Resolution for Aleppo Ceasefire\n\n"
        "“We are disappointed that the Security Council was unable to pass this crucial resolution to "
        "address the dire humanitarian situation in Aleppo,” said Human Rights First’s Neil Hicks.\n\n"
        "Published on December 6, 2016\n"
    )
    details = {"publisher": "Human Rights First", "dateline": "New York City", "warnings": []}
    document = add_document(
        text,
        capture=Capture.EXCERPT,
        url="https://humanrightsfirst.org/",
        details=details,
        by=by,
        at=at,
    )
    confirm_details(
        document,
        title=document.title,
        subtitle=document.subtitle,
        publisher=document.publisher,
        dateline=document.dateline,
        published_date=document.published_date,
        published_precision=document.published_precision,
        kind=document.kind,
        url=document.url,
        by=by,
        at=at,
    )
    return document


def packet_of(case: Case, source: Document, by: User, at: datetime) -> None:
    """Put what is cited into a packet for the court, as a short quotation, and have it built."""
    cover = {
        "title": "RESPONDENT'S EXHIBITS",
        "filer": f"{by.name}\n{case.office.name}\n{case.office.address}",
        "respondents": "Amina (demo)",
        "proceeding": "In removal proceedings",
    }
    packet = begin_packet(case, cover=cover, by=by, at=at)
    about = {
        "says": "In late 2016 Aleppo's people could be protected by nobody.",
        "theme": "State protection",
    }
    snapshot = latest_snapshot(source)
    what, part = snapshot.pk, Part.CONDITIONS
    add_exhibit(packet, snapshot_id=what, how=How.EXCERPT, part=part, about=about, by=by, at=at)
    ask_build(packet, by=by, at=at)


def cite(case: Case, source: Document, by: User, at: datetime) -> None:
    point = add_claim_point(
        case,
        ground="political_opinion",
        assertion="In late 2016 people in Aleppo could not be kept safe by anyone.",
        by=by,
        at=at,
    )
    passage = latest_snapshot(source).passages.get(kind="quotation")
    cite_passage(passage, claim_point=point, relation="supports", note="", by=by, at=at)
