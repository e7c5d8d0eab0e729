"""Codes of the library in words for people."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.utils.formats import date_format, number_format
from django.utils.text import get_text_list
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from evidence.clients.fetch import MOST_BYTES
from evidence.clients.tesseract import can_recognize
from evidence.reading.kinds import KINDS, LARGEST
from evidence.reading.result import GUESSED, MOST_PAGES, NO_MEANING, NO_TEXT

WARNINGS = {
    "UNSURE_DATE": _("The date can be read in two ways. Please say which day it is."),
    "NO_TITLE": _("No title found."),
    "NO_DATELINE": _("No place of the dateline found."),
    "NO_PUBLISHER": _("No publisher found."),
    "NO_PUBLISHED_DATE": _("No date of publication found."),
    "NO_PARAGRAPHS": _("No paragraphs found."),
    "SPEAKER_UNKNOWN": _("Someone is quoted who is not named."),
}
# Where the rules found a detail (evidence/rules), and how sure that is.
PLACES_FOUND = {
    "label": _("beside the word for its source"),
    "wire_sign": _("as the sign of the news agency in front of the text"),
    "site_name": _("as the name of the site"),
    "own_line": _("on a line of its own"),
    "after_verb": _("as the one who says so"),
    "named": _("named in the first paragraphs"),
    "copyright": _("beside the copyright sign"),
    "speakers": _("as the one for whom most people quoted speak"),
    "published_line": _("on a line that says when it was published"),
    "date_line": _("on a line of its own"),
    "dateline": _("in front of the text"),
    "posted_line": _("on a line that says when it was put on the site"),
    "page_head": _("in what the page says of itself"),
}
SURENESS = {"sure": _("sure"), "likely": _("likely"), "unsure": _("not sure")}
AGAINST = {
    "nothing_reported": _("says that nothing was reported"),
    "protection": _("speaks of protection by the state"),
    "improved": _("speaks of improvement"),
    "respected": _("says that a right was respected"),
    "elsewhere": _("speaks of safety elsewhere"),
}
UNREADABLE = {
    "empty": _("This file is empty."),
    "too_big": _("This file is larger than %(size)s MB."),
    "not_what_it_says": _("This file is something else than its name says. Please save it again."),
    "not_taken": _("This kind of file cannot be read. Send %(taken)s."),
    "too_much_text": _("This file holds more text than fits. Please split it."),
    "word_damaged": _("This Word file is damaged or locked. Please save it again."),
    "word_without_text": _("There is no text in this Word file."),
    "bomb": _("This Word file unpacks to far more than it should. It is refused."),
    "page_without_text": _("There is no text on this page that could be quoted."),
    "needs_javascript": _(
        "This page shows its text only with JavaScript, which is never run here. Open it in your browser,"
        " save it as a PDF or as a complete page, and upload that file."
    ),
    "challenge": _(
        "The site showed a check for robots instead of the page. Open it in your browser, save it as a PDF or"
        " as a complete page, and upload that file."
    ),
    "consent": _(
        "The site showed a question about cookies instead of the page. Open it in your browser, save it as a"
        " PDF or as a complete page, and upload that file."
    ),
    "login": _(
        "The site asks to sign in or to subscribe before it shows the page. Open it in your browser, save it"
        " as a PDF or as a complete page, and upload that file."
    ),
    "soft_404": _(
        "The site says that this page is not there. Look for its new address,"
        " or upload a copy you have saved."
    ),
    "letters_without_meaning": _(
        "The letters of this PDF have no meaning for a computer: it lacks its character maps. Paste the text,"
        " or use another copy."
    ),
    "too_many_pages": _("This PDF has more than %(pages)s pages. Please split it."),
    "locked": _("This PDF is locked with a password. Save it without one."),
    "pdf_damaged": _("This PDF is damaged and cannot be opened. Please get it again."),
    "pictures_only": _("This PDF holds pictures of pages, no text. Paste the text, or use a PDF with text."),
    "too_heavy": _("This file takes too much work to read. Please split it, or paste its text."),
    "broken": _("This file is damaged and cannot be read. Please save it again, or paste its text."),
}


SAVE_IT = _("Open the page in your browser, save it as a PDF or as a complete page, and upload that file.")
# Why an address was not fetched (evidence/clients/fetch.py), and for which of them a saved page is the way.
NOT_FETCHED = {
    "scheme": _("Only http and https addresses can be fetched."),
    "userinfo": _("An address with a name or password in it is not fetched."),
    "port": _("Only the usual web ports are fetched."),
    "host": _("This address names no site."),
    "malformed": _("This is not a web address."),
    "name": _("There is no site of this name."),
    "address": _("This address leads into a private network. It is not fetched."),
    "redirects": _("The site sends from page to page without end."),
    "large": _("The page is larger than %(size)s MB."),
    "slow": _("The site took too long to answer."),
    "certificate": _("The site's certificate is not valid."),
    "cut_short": _("The page came cut short: the site sent less than it announced. Try again."),
    "unreachable": _("The site could not be reached."),
}
SAVED_INSTEAD = {"redirects", "large", "slow", "certificate", "cut_short", "unreachable"}
GONE, CLOSED = (404, 410), (401, 402, 403, 429, 451)
REFUSED = {
    "no_longer_here": _("This file is no longer here. Please send it again."),
    "nothing_to_quote": _("There is no text here that could be quoted."),
    "given_up": _("It could not be read, and was given up."),
}


class FileWords(NamedTuple):
    """What one file of a kind is called, and the kind in a row of kinds."""

    file: Any
    kind: Any


FILES = {
    "pdf": FileWords(_("PDF file"), "PDF"),
    "docx": FileWords(_("Word file"), "Word (.docx)"),
    "html": FileWords(_("Web page as a file"), "HTML"),
    "mhtml": FileWords(_("Saved web page"), "MHTML"),
    "text": FileWords(_("Text file"), _("plain text")),
}
FEW, MANY = 3, 10  # under FEW uses no count is shown: it could tell a case


def unreadable_words(code: str) -> str:
    """Return why a file cannot be read and what to do; a code we no longer know is a broken file."""
    if code == "pictures_only" and can_recognize():
        return str(_("This PDF holds pictures of pages, no text. Run it through text recognition first."))
    limits = {"size": LARGEST // 2**20, "pages": number_format(MOST_PAGES), "taken": taken_words()}
    return str(UNREADABLE.get(code, UNREADABLE["broken"])) % limits


def refusal_words(code: str) -> str:
    """Return why an address, file or text became no source, and what to do.

    `code` is what a `Link` keeps, "answered:404" for another answer of a site than a page; one that is no
    code was written as words before there were codes.
    """
    name, _colon, detail = code.partition(":")
    if name == "answered" and detail.isdecimal():
        return _answered(int(detail))
    if name in NOT_FETCHED:
        said = str(NOT_FETCHED[name]) % {"size": MOST_BYTES // 1_000_000}
        return f"{said} {SAVE_IT}" if name in SAVED_INSTEAD else said
    if name in REFUSED:
        return str(REFUSED[name])
    return unreadable_words(name) if name in UNREADABLE else code


def _answered(status: int) -> str:
    """Return why an answer of another status is no page, and what to do."""
    if status in GONE:
        said = _("The site answered %(status)s: the page is not there.")
        return str(said) % {"status": status}
    if status in CLOSED:
        said = _(
            "The site answered %(status)s: it does not let programs in. Open the page in your browser,"
            " save it as a PDF or as a complete page, and upload that file."
        )
        return str(said) % {"status": status}
    return str(_("The site answered %(status)s. Try again later.")) % {"status": status}


def file_words(media_type: str) -> str:
    """Return what kind of file somebody sent."""
    return next(str(FILES[kind.code].file) for kind in KINDS.values() if kind.media_type == media_type)


def taken_words() -> str:
    """Return which kinds of file can be read: "PDF, Word (.docx), HTML or plain text"."""
    return str(get_text_list([str(FILES[code].kind) for code in KINDS]))


def warning_words(codes: list[str]) -> list[str]:
    """Return what was not found in a source, a sentence each."""
    words, pages = codes, set[int]()
    if NO_TEXT in codes:
        place = codes.index(NO_TEXT)
        words, pages = codes[:place], set(map(int, codes[place + 1 :]))
    warnings, garbled = [], set[int]()
    for code, _colon, said in (word.partition(":") for word in words):
        if code == NO_MEANING:
            garbled = set(map(int, said.split()))
        elif code == GUESSED:
            warnings.append(str(_GUESSED) % {"charset": said})
        else:
            warnings.append(str(WARNINGS.get(code, code)))
    warnings += [_no_meaning_on(garbled)] if garbled else []
    return warnings + ([_no_text_on(pages - garbled)] if pages - garbled else [])


_GUESSED = _(
    "The file does not say how its letters are written. %(charset)s was guessed: compare a few words."
)


def _no_meaning_on(pages: Collection[int]) -> str:
    said = ngettext(
        "The letters on page %(pages)s have no meaning for a computer: nothing there can be found or cited.",
        "The letters on pages %(pages)s have no meaning for a computer: nothing there can be found or cited.",
        len(pages),
    ) % {"pages": page_ranges(pages)}
    return f"{said} {_('Text recognition can read them.')}" if can_recognize() else said


def _no_text_on(pages: Collection[int]) -> str:
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


def guess_words(guess: Mapping[str, Any]) -> str:
    """Return where a detail was found and how sure that is: "on a line of its own (sure)"."""
    either = [date.fromisoformat(day) for day in guess.get("either", [])]
    found = _("%(where)s (%(sure)s)") % {
        "where": PLACES_FOUND[guess["where"]],
        "sure": SURENESS[guess["sure"]],
    }
    if not either:
        return str(found)
    days = [date_format(day, "DATE_FORMAT") for day in either]
    return str(_("%(found)s: %(one)s or %(other)s?") % {"found": found, "one": days[0], "other": days[1]})


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
