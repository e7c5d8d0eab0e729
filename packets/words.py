"""Why an exhibit cannot be bound, in words."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from foundation.files.words import reason_words

REASONS: dict[str, Any] = {
    "redaction_not_found": _("Words that are to be taken out do not stand in its text: mark a box instead."),
    "redaction_page": _("A box is on a page that it does not have."),
    "redaction_failed": _("Something was left under a box, so nothing was bound."),
    "no_such_page": _("A page was chosen that it does not have."),
    "gone": _("Its file is not there any more."),
    "no_packet": _("This is no volume of a packet."),
    "pages_missing": _("It has not as many pages as it says."),
    "no_form": _("This PDF has no fields to fill in."),
    "given_up": _("The building was given up."),
}


def why(reason: str) -> str:
    """Return why an exhibit cannot be bound, or a file is no packet."""
    return str(REASONS[reason]) if reason in REASONS else str(reason_words(reason))


REMARKS: dict[str, Any] = {
    "no_text": _("Pages without text: they cannot be searched."),
    "covered_text": _("Text lies under a black box: whoever copies it reads it. Take it out here instead."),
    "not_letter": _("Pages that are not US Letter."),
    "foreign": _("These pages seem to be in another language, and no translation goes with them."),
    "no_certificate": _(
        "Nothing says who translated it, or read it to the person. Say so, or that none is needed."
    ),
    "interpretation_incomplete": _("The certificate of interpretation is not complete."),
    "translation_incomplete": _("The certificate of translation is not complete."),
    "names": _("It names somebody else of this matter, who was not asked for."),
    "quotation_not_found": _("A quotation was not found on its pages word for word, so it is not marked."),
    "not_approved": _("Paragraphs of this declaration wait to be approved: they are not in it."),
    "no_publisher": _("This source has no publisher."),
    "no_date": _("This source has no date."),
    "source_old": _("This source is older than you set."),
    "source_changed": _("The page of this source changed since it was kept."),
    "twice": _("The same pages are in twice."),
    "volume_too_large": _("A volume is larger than 25 MB."),
    "no_due_date": _("No day is set by which it has to be filed."),
    "after_due_date": _("The day by which it had to be filed is over."),
    "dated_after_due": _("It is dated after the day by which the packet has to be filed."),
}
CERTIFICATE_PARTS: dict[str, Any] = {
    "name": _("name"),
    "language": _("language"),
    "address": _("address"),
    "phone": _("telephone"),
}


def remark_words(code: str) -> str:
    return str(REMARKS[code])


OPEN: dict[str, Any] = {
    "story": _("Not taken over: ask the person. What they told is for their declaration."),
    "ask_alone": _("Not taken over: ask the person alone."),
    "sign": _("By hand, once all is reviewed."),
    "scope": _("For whoever represents to choose."),
}
TYPED_BY: dict[str, Any] = {
    "person": _("typed by the person"),
    "helper": _("typed by a helper"),
    "staff": _("typed by the office, from what the person said"),
}
