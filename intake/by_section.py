"""A whole section of an open form on one page, for staff who type what somebody says (ADR 71).

The pages are the questionnaire's own, with their forms: what is asked follows from what is typed beside it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict

from intake.languages import not_judged
from intake.questionnaire.names import Family
from intake.questionnaire.page import OWN_FIELDS, Page, PageForm, Section
from intake.questionnaire.path import DOCUMENTS
from intake.review import words_of
from intake.sheet import Sheet

ASKED = "asked"  # under this name a part sends back the numbers of the pages that stood on it
ROWS = re.compile(r"(name|related|born)_\d+")  # fields of the people in a family, one row each


@dataclass
class PageAsked:
    """One page of the questionnaire as it stands in its section.

    `is_new`: it was not there when the section was sent. `is_changed`: somebody answered it elsewhere
    meanwhile, as `stands` says.
    """

    page: Page
    form: PageForm
    heading: str
    hint: str
    seen: str
    is_new: bool
    is_changed: bool
    stands: list[tuple[str, str]]

    @property
    def number(self) -> int:
        return self.page.number

    @property
    def is_whole(self) -> bool:
        """Tell whether what was sent may be kept."""
        return not self.is_new and not self.is_changed and self.form.is_valid()

    @property
    def opens(self) -> bool:
        """Tell whether what was typed leads to a question here that was not there."""
        return self.is_new or (self.is_whole and self.form.opens_a_part)

    @property
    def may_add(self) -> bool:
        """Tell whether a row for one more person may stand here."""
        return isinstance(self.form, Family) and self.form.count < Family.MOST

    @property
    def is_left(self) -> bool:
        """Tell whether nothing was said to a question that needs an answer: it may be asked later."""
        return not self.is_new and self.form.is_blank and self.form.needs_an_answer


@dataclass(frozen=True)
class SectionAsked:
    """A section with its questions; `ahead` is the sheet as it would be once what is whole was kept."""

    section: Section
    asked: list[PageAsked]
    ahead: Sheet

    @property
    def has_errors(self) -> bool:
        return any(one.is_changed or (one.form.is_bound and one.form.errors) for one in self.asked)


def ask_section(
    sheet: Sheet, section: Section, sent: QueryDict | None = None, *, at: datetime
) -> SectionAsked:
    """Return a section as it is asked now or, of what was sent, as that makes it: nothing is kept."""
    found: dict[Page, PageAsked] = {}
    ahead = sheet
    while fresh := [page for page in pages_in(ahead, section) if page not in found]:
        for page in fresh:
            one = found[page] = _asking(ahead, page, sent)
            if sent is not None and one.is_whole:
                ahead = ahead.ahead(page, one.form.cleaned_data, at=at)
    return SectionAsked(section, [found[page] for page in pages_in(ahead, section)], ahead)


def pages_in(sheet: Sheet, section: Section) -> Iterator[Page]:
    """Yield the pages of a section that are asked; papers have a page of their own."""
    return (page for page in sheet.pages if page.section is section and page is not DOCUMENTS)


def _asking(sheet: Sheet, page: Page, sent: QueryDict | None) -> PageAsked:
    is_new = sent is None or str(page.number) not in sent.getlist(ASKED)
    more = {"rows": _known(sheet, page) + 1} if page.form is Family else {}
    form = sheet.form(page, None if is_new or sent is None else own_answers(page, sent), **more)
    form.helper.template = None
    seen, helper = sheet.seen(page), sheet.helper
    was = sent.get(f"seen-{page.number}", seen) if sent is not None and not is_new else seen
    is_changed = was != seen and not (form.is_valid() and form.cleaned_data == sheet.answers.get(page.key))
    return PageAsked(
        page=page,
        form=form,
        heading=str(page.words(helper=helper)),
        hint=str(page.hint_words(helper=helper)),
        seen=seen,
        is_new=is_new and sent is not None,
        is_changed=is_changed,
        stands=words_of(page, sheet.answers.get(page.key, {}), helper=helper) if is_changed else [],
    )


def _known(sheet: Sheet, page: Page) -> int:
    return len(sheet.answers.get(page.key, {}).get("family_here", []))


def own_answers(page: Page, sent: QueryDict) -> QueryDict:
    """Return of what a section sent the fields of one of its pages."""
    names = tuple(page.form.base_fields)  # type: ignore[attr-defined]
    own = QueryDict(mutable=True)
    for key in sent:
        is_own = key in names or key.startswith(tuple(f"{name}_" for name in names))
        if key in OWN_FIELDS or is_own or (not names and ROWS.fullmatch(key)):
            own.setlist(key, sent.getlist(key))
    return own


def not_judged_yet(part: SectionAsked, *, if_left: bool = False) -> None:
    """Say nothing of what is missing: nobody said that it is done. `if_left`: only where nothing was said."""
    for one in part.asked:
        if not one.is_new and (one.is_left or not if_left):
            not_judged(one.form)


def keep_section(
    sheet: Sheet, part: SectionAsked, *, at: datetime, skips: bool, later: bool
) -> list[PageAsked]:
    """Keep what is whole of a section that was sent, and return what must be looked at again.

    `skips`: its story is not told now. `later`: what nothing was said to may be asked another time.
    """
    for one in part.asked:
        stands = sheet.answers.get(one.page.key)
        skipped = one.page.skipping if skips else None
        untouched = later and stands is None and one.form.is_blank
        values = skipped or (one.form.cleaned_data if one.is_whole and not untouched else None)
        if values is not None and values != stands:
            sheet.save(one.page, values, at=at)
        one.seen = sheet.seen(one.page)
    if DOCUMENTS.section is part.section and not sheet.is_answered(DOCUMENTS):
        sheet.save(DOCUMENTS, {}, at=at)  # nobody sends a paper by telephone; the review leads to it
    return [one for one in part.asked if one.page in sheet.pages and _is_wrong(one, skips=skips, later=later)]


def _is_wrong(one: PageAsked, *, skips: bool, later: bool) -> bool:
    if one.is_new or (skips and one.page.skipping) or (later and one.is_left):
        return False
    return not one.is_whole
