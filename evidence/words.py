"""Codes of the library in words for people."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from evidence.reading.kinds import NO_TEXT, can_recognize

WARNINGS = {
    "NO_TITLE": _("No title found."),
    "NO_DATELINE": _("No place of the dateline found."),
    "NO_PUBLISHER": _("No publisher found."),
    "NO_PUBLISHED_DATE": _("No date of publication found."),
    "NO_PARAGRAPHS": _("No paragraphs found."),
    "SPEAKER_UNKNOWN": _("Someone is quoted who is not named."),
}
AGAINST = {
    "nothing_reported": _("says that nothing was reported"),
    "protection": _("speaks of protection by the state"),
    "improved": _("speaks of improvement"),
    "respected": _("says that a right was respected"),
    "elsewhere": _("speaks of safety elsewhere"),
}
FEW, MANY = 3, 10  # under FEW uses no count is shown: it could tell a case


def warning_words(codes: list[str]) -> list[str]:
    """Return what was not found in a source, a sentence each."""
    words, pages = codes, list[str]()
    if NO_TEXT in codes:
        place = codes.index(NO_TEXT)
        words, pages = codes[:place], codes[place + 1 :]
    found = [str(WARNINGS.get(code, code)) for code in words]
    return found + ([_no_text_on(list(map(int, pages)))] if pages else [])


def _no_text_on(pages: list[int]) -> str:
    said = ngettext("No text on page %(pages)s.", "No text on pages %(pages)s.", len(pages))
    said %= {"pages": page_ranges(pages)}
    if can_recognize():
        return f"{said} {_('They are pictures; text recognition can read them.')}"
    return f"{said} {_('They are pictures. Nothing on them can be found or cited.')}"


def page_ranges(pages: Iterable[int]) -> str:
    """Return "3-7, 9" with en dashes."""
    runs: list[list[int]] = []
    for page in sorted(pages):
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def against_words(reasons: Iterable[str]) -> list[str]:
    """Return why a passage may be adverse."""
    return [str(AGAINST[reason]) for reason in reasons]


def use_words(uses: int) -> str:
    """Return how often the office cited a source, in steps that tell no single case."""
    if uses < FEW:
        return ""
    least = MANY if uses >= MANY else FEW
    return str(_("cited %(count)d times or more")) % {"count": least}


def age_words(days: int, *, hearing: bool) -> str:
    """Return how old a source is, in whole months and years, on the hearing's day or today."""
    months = days * 12 // 365
    if days < 0:
        return str(_("published after the hearing") if hearing else _("not yet published"))
    if months < 24:
        said = ngettext("%(count)d month", "%(count)d months", months) % {"count": months}
    else:
        said = ngettext("%(count)d year", "%(count)d years", months // 12) % {"count": months // 12}
    return str(_("%(age)s old at the hearing") if hearing else _("%(age)s old today")) % {"age": said}
