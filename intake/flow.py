"""The whole questionnaire in one list, FLOW: every page, its words, and when it is asked.

One question a page. First safety and consent, then what is urgent, then only the names a conflict check
needs, then whether our program can help, then dates; why somebody is afraid comes last and may be skipped;
how to reach them closes it. (ABA Model Rule 1.18 cmt. 4: no more than is needed before the conflict check.)

    Page(number, key, question, form, ...)
        they        the question where a helper answers for somebody
        hint        a line of help
        asked       when it is asked; always, if not said
        why, privacy   what for, and how carefully it is kept (docs/intake-flow.md is made from this list)
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from intake import forms
from intake.promises import promise
from intake.told import FRESH, JUVENILE, Answers, Saved, Told
from intake.words import BY_WIRE

PII, HIGH, NARRATIVE, NARRATIVE_HIGH = "personal", "personal, high", "narrative", "narrative, high"

SECTIONS: dict[str, Any] = {
    "A": _("Before you start"),
    "B": _("Is anything urgent?"),
    "C": _("Names"),
    "D": _("Can our program help?"),
    "E": _("Coming to the United States"),
    "F": _("Why you are afraid"),
    "G": _("How to reach you"),
}
FIRST_IN = {"A": 1, "B": 6, "C": 19, "D": 26, "E": 36, "F": 44, "G": 53}


def always(told: Told) -> bool:
    """always"""
    return True


def is_helper_or_parent(told: Told) -> bool:
    """somebody else fills in the form"""
    return told.says("who_fills", "helper", "parent")


def is_held(told: Told) -> bool:
    """immigration holds the person"""
    return told.held


def goes_to_court(told: Told) -> bool:
    """there is a court to go to"""
    return told.says("has_court", "yes")


def was_told_no(told: Told) -> bool:
    """a judge or an officer said no, or the person is not sure"""
    return bool(told.get("decision")) and not told.says("decision", "no")


def may_be_interviewed(told: Told) -> bool:
    """held, or came in the last 14 days"""
    return told.held or told.came_within(FRESH)


def is_under_18(told: Told) -> bool:
    """under 18"""
    return told.is_minor


def is_grown_up(told: Told) -> bool:
    """not under 18"""
    return not told.is_minor


def earns_too_much(told: Told) -> bool:
    """income over the limit, and not under 18"""
    return not told.is_minor and told.over_income_limit


def sent_i589(told: Told) -> bool:
    """an I-589 was sent"""
    return told.says("i589", "yes")


def has_papers(told: Told) -> bool:
    """has papers that may end"""
    return told.says("status", "visa", "parole", "tps", "daca", "work", "other")


def is_late(told: Told) -> bool:
    """here for over a year or no date known, and no I-589 sent"""
    return told.over_a_year_here and not told.says("i589", "yes")


def may_tell(told: Told) -> bool:
    """not through a helper"""
    return not told.through_helper


def tells(told: Told) -> bool:
    """not through a helper, and the section was not skipped"""
    return may_tell(told) and not told.get("skips_story") and not told.says("harm_past", "talk")


def needs_other_way(told: Told) -> bool:
    """not afraid, and asks for nothing that protects: before anyone says no"""
    return may_tell(told) and told.says("fear", "no") and not told.asks_for_protection


def hurt_here(told: Told) -> bool:
    """as the section, or not afraid and asks for nothing that protects"""
    return tells(told) or needs_other_way(told)


def is_young(told: Told) -> bool:
    """under 21 or no birth date, and as the question before"""
    return hurt_here(told) and (told.age is None or told.age < JUVENILE)


def is_invited(told: Told) -> bool:
    """staff invited the person, once the conflict check was clear"""
    return bool(told.get("story_is_open")) and may_tell(told)


def names_a_wire(told: Told) -> bool:
    """a call, a text, WhatsApp or e-mail was chosen"""
    return told.says("channels", *BY_WIRE)


@dataclass(frozen=True)
class Page:
    """One page of the form. Its number is its address; answers are kept under its key."""

    number: int
    key: str
    question: Any
    form: type[forms.PageForm]
    they: Any = ""
    hint: Any = ""
    they_hint: Any = ""
    asked: Callable[[Told], bool] = always
    why: str = ""
    privacy: str = PII
    i589: str = ""

    @property
    def section(self) -> str:
        return max(name for name, first in FIRST_IN.items() if first <= self.number)

    @property
    def is_first(self) -> bool:
        """Tell whether it comes before consent, when nothing is kept."""
        return self.number <= CONSENT

    @property
    def is_secret(self) -> bool:
        """Tell whether only the person and their attorney read it."""
        return self.privacy == NARRATIVE_HIGH

    def words(self, *, helper: bool = False) -> Any:
        return (helper and self.they) or self.question

    def hint_words(self, *, helper: bool = False) -> Any:
        return (helper and self.they_hint) or self.hint

    def make_form(self, *args: Any, helper: bool = False, **kwargs: Any) -> forms.PageForm:
        """Return the page's form, in the words for whoever answers it."""
        words, hint = self.words(helper=helper), self.hint_words(helper=helper)
        return self.form(*args, question=words, hint=hint, helper=helper, **kwargs)


CONSENT, DOCUMENTS, REVIEW = 5, 58, 59
ASKED = "review"  # under this page it is kept which pages had been asked when the form was sent
FLOW = [
    # --- A. before you start
    Page(
        1,
        "language",
        _("Which language do you want to use?"),
        forms.Language,
        hint=_("You can change it at any time."),
        why="sets the site, and later the interpreter",
        privacy="public",
    ),
    Page(
        2,
        "safe_now",
        _("Is it safe for you to use this form now?"),
        forms.SafeNow,
        hint=_("You can leave this page fast with the Leave button."),
        why="people may be watched; no: a phone number, and nothing is kept",
    ),
    Page(
        3,
        "who_fills",
        _("Who is filling in this form?"),
        forms.WhoFills,
        why="helpers, children, privilege",
        i589="Part D",
    ),
    Page(
        4,
        "helper",
        _("What is your name, and how do you know this person?"),
        forms.Helper,
        asked=is_helper_or_parent,
        why="conflict check; contact",
        i589="Parts D, E",
    ),
    Page(
        5,
        "consent",
        promise("consent"),
        forms.ConsentForm,
        hint=promise("not-lawyers-yet"),
        why="consent before data; no: the end, and nothing is kept",
    ),
    # --- B. is anything urgent
    Page(
        6,
        "in_us",
        _("Are you in the United States now?"),
        forms.InUs,
        they=_("Is the person in the United States now?"),
        why="asylum needs presence: INA 208(a)(1), 8 U.S.C. 1158(a)(1)",
        i589="A.I 19",
    ),
    Page(
        7,
        "custody",
        _("Is immigration holding you now?"),
        forms.Custody,
        they=_("Is immigration holding the person now?"),
        why="priority",
    ),
    Page(
        8,
        "facility",
        _("Where are they holding you?"),
        forms.Facility,
        they=_("Where are they holding the person?"),
        hint=_("The name or the city is enough."),
        asked=is_held,
        why="visits, court",
    ),
    Page(
        9,
        "has_court",
        _("Do you have to go to immigration court?"),
        forms.HasCourt,
        they=_("Does the person have to go to immigration court?"),
        why="track; priority",
        i589="A.I 18",
    ),
    Page(
        10,
        "hearing_date",
        _("What day is your next court hearing?"),
        forms.HearingDate,
        they=_("What day is the next court hearing?"),
        hint=_("Look at your court paper. You can skip this if you do not have it."),
        they_hint=_("Look at the court paper. You can skip this if you do not have it."),
        asked=goes_to_court,
        why="priority; evidence date. Not known: staff look it up by A-Number",
        i589="A.I 18",
    ),
    Page(
        11,
        "hearing_kind",
        _("What kind of hearing is it?"),
        forms.HearingKind,
        hint=_(
            "A short first hearing is a master hearing. A long one about the story is an individual hearing."
        ),
        asked=goes_to_court,
        why="priority; not sure counts as individual",
    ),
    Page(
        12,
        "court",
        _("Which court is it?"),
        forms.Court,
        hint=_("The city is enough."),
        asked=goes_to_court,
        why="area; lawyers near it",
    ),
    Page(
        13,
        "a_number",
        _("Do you have an A-Number?"),
        forms.ANumber,
        they=_("Does the person have an A-Number?"),
        hint=_("It starts with A and has 7 to 9 numbers. Look on any letter from immigration."),
        why="find the case",
        privacy=HIGH,
        i589="A.I 1",
    ),
    Page(
        14,
        "decision",
        _("Has a judge or an officer said no to you, or told you to leave?"),
        forms.Decision,
        they=_("Has a judge or an officer said no to the person, or told them to leave?"),
        why="appeal dates",
        i589="C.1",
    ),
    Page(
        15,
        "decision_date",
        _("What is the date on that paper?"),
        forms.DecisionDate,
        asked=was_told_no,
        why="appeal and reopening clocks",
        i589="C.1",
    ),
    Page(
        16,
        "fear_interview",
        _("Did an officer ask why you are afraid to go back? Will one soon?"),
        forms.FearInterview,
        they=_("Did an officer ask why the person is afraid to go back? Will one soon?"),
        asked=may_be_interviewed,
        why="credible or reasonable fear; refused or soon is critical",
    ),
    Page(
        17,
        "letter_due",
        _("Do you have a letter that you must answer by a date?"),
        forms.Letter,
        they=_("Does the person have a letter that they must answer by a date?"),
        hint=_("It may ask for a fee or for more papers. You can send us a photo of it at the end."),
        why="requests for evidence, fee notices",
    ),
    Page(
        18,
        "danger",
        _("Are you in danger in the United States right now?"),
        forms.Danger,
        they=_("Is the person in danger in the United States right now?"),
        hint=_("If you need help now, call 911."),
        why="safety; VAWA, T. Yes or talk: how to reach the person is asked next",
        privacy=NARRATIVE,
    ),
    # --- C. names
    Page(
        19,
        "full_name",
        _("What is your full name?"),
        forms.FullName,
        they=_("What is the person's full name?"),
        hint=_(
            "Write it as on a passport or ID, if there is one. Any script is fine, and a part may stay empty."
        ),
        why="conflict check",
        i589="A.I 4-6",
    ),
    Page(
        20,
        "other_names",
        _("Have you used other names?"),
        forms.OtherNames,
        they=_("Has the person used other names?"),
        hint=_("For example, a name before a marriage, or a nickname. One on each line."),
        why="conflict check",
        i589="A.I 7",
    ),
    Page(
        21,
        "dob",
        _("When were you born?"),
        forms.BirthDate,
        they=_("When was the person born?"),
        hint=_("The year is enough if you do not know the day."),
        why="age; conflict check",
        i589="A.I 12",
    ),
    Page(
        22,
        "with_parent",
        _("Is a parent or legal guardian in the United States able to care for you?"),
        forms.WithParent,
        they=_("Is a parent or legal guardian in the United States able to care for the person?"),
        asked=is_under_18,
        why="unaccompanied child: 6 U.S.C. 279(g)(2), for staff to confirm",
    ),
    Page(
        23,
        "citizenship",
        _("Which country are you a citizen of?"),
        forms.Citizenship,
        they=_("Which country is the person a citizen of?"),
        hint=_("You can pick more than one, or none."),
        why="conflict check; claim",
        i589="A.I 14-15",
    ),
    Page(
        24,
        "family_here",
        _("Who in your family needs help with you?"),
        forms.Family,
        they=_("Who in the family needs help too?"),
        hint=_("You can skip this, and you can add more people one by one."),
        why="relatives in the same claim; conflict check",
        i589="A.II, A.III",
    ),
    Page(
        25,
        "feared_here",
        _("Is someone in the United States a danger to you?"),
        forms.FearedHere,
        they=_("Is someone in the United States a danger to the person?"),
        hint=_("We ask so that we never work for both of you. Only write a name if you want to."),
        they_hint=_("We ask so that we never work for both of them. Only write a name if you want to."),
        why="conflict check (ABA Model Rules 1.7, 1.18); no page shows its result",
        privacy=NARRATIVE,
    ),
    # --- D. can our program help
    Page(
        26,
        "rep",
        _("Do you have a lawyer for your case now?"),
        forms.Rep,
        they=_("Does the person have a lawyer for the case now?"),
        hint=_("A lawyer, or a helper with a license from the Justice Department."),
        why="gate 1",
        i589="Part E",
    ),
    Page(
        27,
        "notario",
        _("Did someone who is not a lawyer fill in papers for you?"),
        forms.Notario,
        they=_("Did someone who is not a lawyer fill in papers for the person?"),
        hint=_("For example, a notario or a tax office."),
        why="fraud; wrong filings",
        i589="Part E",
    ),
    Page(
        28,
        "waitlist",
        _("Did you ask another group for help?"),
        forms.Waitlist,
        they=_("Did the person ask another group for help?"),
        why="avoid double work",
    ),
    Page(
        29,
        "where_live",
        _("Where do you live?"),
        forms.WhereLive,
        they=_("Where does the person live?"),
        hint=_("State and ZIP code only."),
        why="area; poverty table; lockbox",
        i589="A.I 8",
    ),
    Page(
        30,
        "household",
        _("How many people live on the same money as you?"),
        forms.Household,
        they=_("How many people live on the same money as the person?"),
        hint=_("Count yourself."),
        they_hint=_("Count the person too."),
        asked=is_grown_up,
        why="gate 2",
    ),
    Page(
        31,
        "income",
        _("How much money comes into your home, before tax?"),
        forms.Income,
        they=_("How much money comes into the person's home, before tax?"),
        asked=is_grown_up,
        why="gate 2",
    ),
    Page(
        32,
        "benefits",
        _("Does anyone in your home get food stamps, Medicaid, SSI or cash aid?"),
        forms.Benefits,
        they=_("Does anyone in the person's home get food stamps, Medicaid, SSI or cash aid?"),
        hint=promise("benefits"),
        why="gate 2 short cut",
    ),
    Page(
        33,
        "hardship",
        _("Do you have big costs that leave no money for a lawyer?"),
        forms.Hardship,
        they=_("Does the person have big costs that leave no money for a lawyer?"),
        hint=_("For example, doctor bills or debt."),
        asked=earns_too_much,
        why="gate 2 review",
    ),
    Page(
        34,
        "wants",
        _("What do you need help with?"),
        forms.Wants,
        they=_("What does the person need help with?"),
        hint=_("You can pick more than one."),
        why="gate 3",
        i589="page 1, B.1",
    ),
    Page(
        35,
        "fear",
        _("Are you afraid to go back to your country?"),
        forms.Fear,
        they=_("Is the person afraid to go back to their country?"),
        why="gate 3",
        privacy=NARRATIVE,
        i589="B.1.B",
    ),
    # --- E. coming to the United States
    Page(
        36,
        "arrival",
        _("When did you last come into the United States?"),
        forms.Arrival,
        they=_("When did the person last come into the United States?"),
        hint=_("A month or a year is fine if you do not know the day."),
        why="one-year date: 8 U.S.C. 1158(a)(2)(B)",
        privacy=HIGH,
        i589="A.I 19",
    ),
    Page(
        37,
        "entry",
        _("How did you come in?"),
        forms.Entry,
        they=_("How did the person come in?"),
        hint=_("You can skip this. It will not stop us from helping."),
        why="flags only, never a bar",
        privacy=HIGH,
        i589="A.I 19-20",
    ),
    Page(
        38,
        "earlier_entries",
        _("Did you come in before that time?"),
        forms.EarlierEntries,
        they=_("Did the person come in before that time?"),
        why="the last arrival counts",
        privacy=HIGH,
        i589="A.I 19",
    ),
    Page(
        39,
        "i589",
        _("Did you send in an asylum form, the I-589?"),
        forms.I589,
        they=_("Did the person send in an asylum form, the I-589?"),
        hint=_("If yes, you can send us a photo of it at the end."),
        why="track; one-year date",
        i589="C.1",
    ),
    Page(
        40,
        "i589_when",
        _("When did you send it, and where?"),
        forms.I589When,
        they=_("When was it sent, and where?"),
        asked=sent_i589,
        why="clock",
    ),
    Page(
        41,
        "status",
        _("What papers do you have now?"),
        forms.Papers,
        they=_("What papers does the person have now?"),
        hint=_("Pick all that fit."),
        why="exceptions; other relief",
        i589="A.I 19-21",
    ),
    Page(
        42,
        "status_end",
        _("When do they end?"),
        forms.PapersEnd,
        hint=_("The date of the paper that ends first."),
        asked=has_papers,
        why="dates",
        i589="A.I 21",
    ),
    Page(
        43,
        "late_reason",
        _("Did something stop you from asking for asylum in the first year?"),
        forms.LateReason,
        they=_("Did something stop the person from asking for asylum in the first year?"),
        hint=_("Pick all that fit. You can tell us more later."),
        asked=is_late,
        why="exceptions, for a lawyer: 8 U.S.C. 1158(a)(2)(D); no outcome change",
        privacy=NARRATIVE,
        i589="C.5",
    ),
    # --- F. why you are afraid: all optional, one button skips it
    Page(
        44,
        "harm_past",
        _("Has anyone hurt you, or said they would, in your country?"),
        forms.HarmPast,
        asked=may_tell,
        why="claim outline; talk: the section is skipped",
        privacy=NARRATIVE,
        i589="B.1.A",
    ),
    Page(
        45,
        "harm_who",
        _("Who did it, or who are you afraid of?"),
        forms.HarmWho,
        hint=_("Pick all that fit."),
        asked=tells,
        why="match to a lawyer",
        privacy=NARRATIVE,
        i589="B.1.A-B",
    ),
    Page(
        46,
        "harm_why",
        _("Why do you think they chose you?"),
        forms.HarmWhy,
        hint=_("Pick all that fit."),
        asked=tells,
        why="outline of grounds; never scored",
        privacy=NARRATIVE,
        i589="B.1",
    ),
    Page(
        47,
        "torture",
        _("Are you afraid the government would torture you, or let others do it?"),
        forms.Torture,
        asked=tells,
        why="Convention Against Torture",
        privacy=NARRATIVE,
        i589="B.4",
    ),
    Page(
        48,
        "other_country",
        _("Did you live in another country before you came here?"),
        forms.OtherCountry,
        hint=_("Not the country you fled from."),
        asked=tells,
        why="resettlement, for a lawyer",
        privacy=HIGH,
        i589="C.2.A-B",
    ),
    Page(
        49,
        "us_harm",
        _("Has anyone in the United States hurt you, made you work, or kept your pay or papers?"),
        forms.UsHarm,
        asked=hurt_here,
        why="T, U, VAWA",
        privacy=NARRATIVE,
    ),
    Page(
        50,
        "child_parent",
        _("Is there a parent you cannot live with because they hurt you, left you or died?"),
        forms.ChildParent,
        asked=is_young,
        why="special immigrant juvenile",
        privacy=NARRATIVE,
    ),
    Page(
        51,
        "arrests",
        _("Have the police ever arrested you, in any country?"),
        forms.Arrests,
        hint=_("You can wait and tell a lawyer."),
        asked=tells,
        why="bars; for the attorney only, never scored",
        privacy=NARRATIVE_HIGH,
        i589="B.2, C.6",
    ),
    Page(
        52,
        "story",
        _("Is there something you want to tell us now?"),
        forms.Story,
        hint=_("You do not have to tell your story here. A few lines are enough."),
        asked=is_invited,
        why="own words; kept apart, for the attorney only",
        privacy=NARRATIVE_HIGH,
        i589="B.1",
    ),
    # --- G. how to reach you
    Page(
        53,
        "contact",
        _("What is a safe way to reach you?"),
        forms.ContactForm,
        they=_("What is a safe way to reach the person?"),
        hint=_("We use only what you choose here."),
        why="contact without harm",
        i589="A.I 8",
    ),
    Page(
        54,
        "phone_email",
        _("What is your phone number or e-mail?"),
        forms.PhoneEmail,
        they=_("What is the person's phone number or e-mail?"),
        hint=_("One of them is enough."),
        asked=names_a_wire,
        why="contact",
        i589="A.I 8",
    ),
    Page(
        55,
        "address",
        _("Where can we send you mail?"),
        forms.Address,
        they=_("Where can we send mail for the person?"),
        hint=_("Skip this if mail is not safe."),
        why="letters; court",
        i589="A.I 8-9",
    ),
    Page(
        56,
        "interpreter",
        _("Which language do you speak best?"),
        forms.Interpreter,
        they=_("Which language does the person speak best?"),
        why="interpreter",
        i589="A.I 23",
    ),
    Page(
        57,
        "access",
        _("Do you need help to read, see, hear or move?"),
        forms.Access,
        they=_("Does the person need help to read, see, hear or move?"),
        why="access; care",
        privacy=HIGH,
    ),
    Page(
        58,
        "documents",
        _("Do you have papers you can send us?"),
        forms.Documents,
        they=_("Does the person have papers you can send us?"),
        hint=_("A photo is fine. You can do this later."),
        why="notice to appear, I-94, passport, I-589, decisions",
        privacy=HIGH,
    ),
    Page(
        59,
        "review",
        _("Please check your answers."),
        forms.PageForm,
        they=_("Please check the answers."),
        hint=_("You can change them for 14 days."),
        why="accuracy; hands the answers in",
        i589="Part D",
    ),
]
BY_NUMBER = {page.number: page for page in FLOW}
BY_KEY = {page.key: page for page in FLOW}
# Pages that name people: after one of them is saved, names are compared (conflicts).
NAMES = {"helper", "full_name", "other_names", "dob", "citizenship", "family_here", "feared_here", "rep"}


def _in_order(told: Callable[[str], Any]) -> Iterator[Page]:
    """Yield the pages in the order asked: someone in danger says first how to reach them safely."""
    first = [BY_KEY["contact"], BY_KEY["phone_email"]] if told("danger") in ("yes", "talk") else []
    for page in FLOW[CONSENT : REVIEW - 1]:
        if page.number == FIRST_IN["C"]:
            yield from first
        if page not in first:
            yield page


@dataclass(frozen=True)
class Path:
    """The pages after consent that somebody is asked, in their order, the review left out.

    `values` is {question: value} of what was told on them; `outside` are those that were answered though
    the answers that lead to them say otherwise.
    """

    saved: Saved
    pages: list[Page]
    values: dict[str, Any]
    outside: frozenset[str]


def walk(saved: Saved, *, on: date | None = None, story_is_open: bool = False) -> Path:
    """Return the path through the questionnaire that these answers open.

    Which pages were asked is a matter of the day of asking, never of the day of reading: what was sent is
    walked as of the day it was sent, and keeps the pages that had been asked by then and those answered
    since. A draft is walked as of `on` (as of the day it was last saved, unless given), and keeps an answered
    page whose branch was open on any day since it was begun: an earlier answer closes it, no passing of days.
    """
    today = saved.day if saved.is_sent or on is None else on
    first = {"story_is_open": story_is_open}
    for page in FLOW[:CONSENT]:
        first |= saved.answers.get(page.key, {})
    ordered = list(_in_order(lambda key: saved.answers.get(key, {}).get(key)))
    so_far = Told(first, on=today)
    for page in ordered:
        if _is_asked(page, so_far, saved):
            so_far.values |= saved.answers.get(page.key, {})
    # Asked again of everything: an answer further down, as the arrival, can open a page further up.
    pages = [page for page in ordered if _is_asked(page, so_far, saved)]
    for page in pages:
        first |= saved.answers.get(page.key, {})
    kept = (page for page in pages if page.key in saved.stands and page.key in saved.answers)
    outside = frozenset(page.key for page in kept if not _was_open(page, so_far, saved))
    return Path(saved, pages, first, outside)


def _is_asked(page: Page, told: Told, saved: Saved) -> bool:
    if page.key in saved.stands or page.asked(told):
        return True
    return not saved.is_sent and page.key in saved.answers and _was_open(page, told, saved)


def _was_open(page: Page, told: Told, saved: Saved) -> bool:
    """Tell whether these answers open a page, on the day they are looked at or on one before."""
    return page.asked(told) or any(page.asked(told.as_of(day)) for day in saved.days_before(told.on))


def first_pages(told: Told) -> list[Page]:
    """Return the pages before and of consent that this person is asked."""
    return [page for page in FLOW[:CONSENT] if page.asked(told)]


def first_answers(told: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return what was answered before consent, page by page, as far as it is kept."""
    kept = [BY_KEY[key] for key in ("who_fills", "helper")]
    asked = [page for page in kept if page.asked(Told(told, on=date.min))]
    return {page.key: {key: told.get(key, "") for key in page.form.questions()} for page in asked}


def first_unanswered(answers: Answers, pages: list[Page]) -> Page | None:
    """Return the first of these pages still to be answered, or None when all are."""
    return next((page for page in pages if page.key not in answers), None)


def previous_page(page: Page, pages: list[Page]) -> Page | None:
    """Return the page before this one, or None on the first."""
    place = pages.index(page)
    return pages[place - 1] if place else None
