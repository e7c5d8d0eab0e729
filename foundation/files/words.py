"""Codes for people: why a file was not taken and what to do instead, and what a rebuilt one lacks."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from foundation.files import kinds
from foundation.files.rebuilder.refusal import MAX_PAGES
from foundation.files.receiving import MAX_BYTES

LARGEST = MAX_BYTES // 2**20  # megabytes

REASONS: dict[str, Any] = {
    "empty": _("This file is empty. Choose it again, or take a photo and send that."),
    "too_big": _("This file is larger than %(size)s MB. Send it in parts, or take a photo of each page."),
    "too_big_together": _("These files are too large to send at once. Send fewer at a time."),
    "too_slow": _("The connection was too slow and the file did not arrive. Send fewer files at a time."),
    "file_full": _("There is no room for more files. If one is important, tell us when we talk."),
    "no_room": _(
        "There is no room for files right now. Nothing you wrote is lost. Send them later with your two"
        " numbers, bring them to our office, or call us."
    ),
    "too_often": _("Many files were sent within an hour. Wait an hour, then send the rest."),
    "archive": _("This is a packed folder. Open it and send the files that are in it, one by one."),
    "office_document": _("We cannot take this kind of document. Save it as a PDF, or photograph each page."),
    "not_taken": _("We cannot take this kind of file. Send %(taken)s (%(names)s)."),
    "not_what_it_says": _(
        "What is in this file is not what its name says. Open it on your device, save it as a PDF or take a"
        " photo of it, and send that."
    ),
    "two_in_one": _("This PDF has other things hidden in it. Print it to a new PDF and send that."),
    "encrypted": _("This PDF needs a password. Save a copy without one, or photograph each page."),
    "broken": _("This file is damaged. Save it again or take a photo, and send that."),
    "too_many_pixels": _("This picture is too large to open. Take a photo with the normal setting."),
    "too_many_pages": _("This PDF has more than %(pages)s pages. Send it in parts."),
    "not_kept": _(
        "We could open this file, but not keep a copy of it. Print it to a new PDF, or photograph each page."
    ),
    "given_up": _("We could not open this file. Send it again, or take a photo of it and send that."),
    "taken_back": _("You took it back."),
    "too_heavy": _("This file takes too much work to open. Print it to a new PDF, or photograph it."),
}

LOOKS_LOCKED = _(
    "It looks locked with a password. We try to open it. If you can, send it without one, or photograph each"
    " page."
)
BEING_CHECKED = _("We have it. We check it and make a safe copy. It takes about a minute.")
FINE = _("We have it, and we can read it.")

# What a copy lacks or how it came about. `HELPS` is what whoever sent it can do about it.
NOTES: dict[str, Any] = {
    "form": _("It was a form. What was filled in is printed on the page and can no longer be changed."),
    "form_elsewhere": _(
        "It is a form that shows what was filled in only in Adobe Reader. The copy may lack it."
    ),
    "attachments": _("Other files were attached to it. They were left out."),
    "comments": _("It had comments that open with a click. They were left out."),
    "media": _("It held sound, film or a model. Only the still page is shown."),
    "layers": _("It has parts that are switched off. As in a reader they do not show."),
    "drawn": _("What was typed or marked on it had no look of its own. It is drawn in plain letters."),
    "not_drawn": _("Something typed or stamped on it could not be drawn. The copy lacks it."),
    "repaired": _("It was damaged and is repaired. All its pages and the text of each are there."),
    "text_missing": _("Some of its text could not be taken over. The copy lacks it."),
    "looks_different": _("The copy does not look quite like the original."),
    "not_compared": _("The copy could not be compared with the original on every page."),
    "first_picture": _("It held several pictures. Only the first is shown."),
    "cut_short": _("The end of this picture did not arrive. What is missing is gray."),
}
AGAIN = _("If more than that matters, send the rest as files or photos of their own.")
PHOTOGRAPH = _("If something important is missing, send a photo of that page as well.")
HELPS: dict[str, Any] = {
    **dict.fromkeys(["attachments", "first_picture"], AGAIN),
    **dict.fromkeys(["comments", "media", "not_drawn", "text_missing", "looks_different"], PHOTOGRAPH),
    "form_elsewhere": _("Open it in Adobe Reader, print it to a new PDF and send that too."),
    "cut_short": _("Send the picture once more."),
}


def note_words(note: str) -> str:
    """Return what a note says, with the pages it is about; "" for a code we no longer know."""
    code, _colon, pages = note.partition(":")
    words = str(NOTES.get(code, ""))
    if not words or not pages:
        return words
    listed = pages.rstrip("+").replace(",", ", ")
    place = _("Pages %(pages)s.") if "," in pages else _("Page %(pages)s.")
    place = _("Pages %(pages)s and others.") if pages.endswith("+") else place
    return f"{words} {str(place) % {'pages': listed}}"


def help_words(note: str) -> str:
    """Return a note with what whoever sent the file can do about it; "" where there is nothing to do."""
    help_ = HELPS.get(note.partition(":")[0])
    return f"{note_words(note)} {help_}" if help_ else ""


def reason_words(code: str) -> str:
    """Return why a file was not taken and what to do; a code we no longer know is a broken file."""
    limits = {"size": LARGEST, "pages": MAX_PAGES, "taken": kinds.taken(), "names": kinds.names()}
    return str(REASONS.get(code, REASONS["broken"])) % limits
