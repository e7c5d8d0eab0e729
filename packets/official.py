"""The working sheet of an official form: what is known already, item by item. A draft for whoever represents.

Arrests and the person's story are never taken over, nor what they told as a reason: those items stay open.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import override

from cases.models import Case
from intake.models import Intake
from intake.queries import answers_of, on_path
from intake.questionnaire.page import NARRATIVE, NARRATIVE_HIGH
from intake.questionnaire.path import BY_KEY, FLOW
from intake.review import in_words
from intake.told import Saved
from packets.data import FORMS, Item, items
from referrals.models import Assignment

PURPOSE = "official form"
RELATIVES = {"family_spouse": "spouse", "family_child": "child", "family_parent": "parent"}
RELATIVES["family_sibling"] = "sibling"
LISTED = {*RELATIVES, "earlier_dates", "arrival"}
PAGE_OF = {question: page.key for page in FLOW for question in page.form.questions()}


@dataclass(frozen=True)
class Line:
    """One item with what is known for it. `page` is the number of the page that it was asked on.

    `is_missing`: it is blank, and USCIS may send the form back for that. `rest` did not fit its lines.
    """

    item: Item
    values: list[str]
    rest: list[str]
    page: int | None
    is_missing: bool

    @property
    def text(self) -> str:
        return "; ".join(self.values)


@dataclass(frozen=True)
class FormSheet:
    """A form's working sheet. `typed_by` is the code of who typed the answers, `language` in which.

    `continuation` is what goes onto the form's page for more text, item by item.
    """

    form: str
    title: str
    edition: str
    lines: list[Line]
    continuation: list[tuple[str, list[str]]]
    typed_by: str
    language: str
    missing: int

    @property
    def parts(self) -> list[tuple[str, list[Line]]]:
        """Return the items by part, in the form's order."""
        by_part: dict[str, list[Line]] = {}
        for line in self.lines:
            by_part.setdefault(line.item.part, []).append(line)
        return list(by_part.items())

    @property
    def values(self) -> dict[str, str]:
        """Return what is known by "part item", as a field map names them."""
        return {f"{line.item.part} {line.item.item}": line.text for line in self.lines if line.text}


def sheet_of(case: Case, form: str) -> FormSheet:
    """Open what is known for an official form. Raises KeyError for a form that is not laid out."""
    title, intake = FORMS[form], case.intake
    saved = answers_of(intake, purpose=PURPOSE)
    with override("en"):  # the forms are filled in in English
        known = {**_answers(saved), **_representative(case)}
        lines = [_line(item, known) for item in items(form)]
    return FormSheet(
        form=form,
        title=title,
        edition=items(form)[0].edition,
        lines=lines,
        continuation=[(f"{line.item.part} item {line.item.item}", line.rest) for line in lines if line.rest],
        typed_by=_typed_by(intake, saved),
        language=intake.language,
        missing=sum(line.is_missing for line in lines),
    )


def _line(item: Item, known: Mapping[str, Sequence[str]]) -> Line:
    said = [value for key in item.answer for value in known.get(key, ())]
    values = said[: item.room] if item.room else said
    pages = [PAGE_OF.get(key, "family_here" if key in RELATIVES else "") for key in item.answer]
    return Line(
        item=item,
        values=values,
        rest=said[item.room :] if item.room else [],
        page=next((BY_KEY[page].number for page in pages if page), None),
        is_missing=item.rejects and not values,
    )


def _answers(saved: Saved) -> dict[str, list[str]]:
    """Return the answers in words by question; none of a page that asks for a story, a reason or arrests."""
    known: dict[str, list[str]] = {}
    for question, value in on_path(saved).items():
        page = BY_KEY.get(PAGE_OF.get(question, ""))
        if page is None or page.privacy in (NARRATIVE, NARRATIVE_HIGH) or value in (None, "", []):
            continue
        if question == "family_here":
            known |= _relatives(value)
        elif question in LISTED:
            days = value if isinstance(value, list) else [value]
            known[question] = [in_words("arrival", day) for day in days]
        elif question == "a_number":
            known[question] = [f"A {value[:3]} {value[3:6]} {value[6:]}"]
        else:
            known[question] = [in_words(question, value)]
    return known


def _relatives(people: Sequence[Mapping[str, str]]) -> dict[str, list[str]]:
    return {
        key: [in_words("family_here", [person]) for person in people if person.get("related") == related]
        for key, related in RELATIVES.items()
    }


def _representative(case: Case) -> dict[str, list[str]]:
    """Return what is known of whoever represents, from the assignment that lives."""
    live = Assignment.objects.filter(case=case, ended_at=None)
    one = live.select_related("practitioner__user", "practitioner__firm", "practitioner__office").first()
    if one is None:
        return {}
    person = one.practitioner
    said = {
        "practitioner_name": person.user.name,
        "practitioner_kind": str(person.get_kind_display()),
        "firm_name": person.firm.name if person.firm else person.office.name,
        "office_address": "" if person.firm else person.office.address,
        "bar_state": person.bar_state,
        "bar_number": person.bar_number,
        "eoir_id": person.eoir_id,
        "engaged_on": one.engaged_on.isoformat() if one.engaged_on else "",
    }
    return {key: [value] for key, value in said.items() if value}


def _typed_by(intake: Intake, saved: Saved) -> str:
    """Return the code of who typed the answers: staff, a helper, or the person."""
    if intake.typed_by_id:
        return "staff"
    return "helper" if intake.helped or "helper" in saved.answers else "person"
