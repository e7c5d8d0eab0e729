"""A. What comes before consent, and consent itself. Nothing of it is kept until somebody says yes."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from intake.promises import promise
from intake.questionnaire.fields import YES_NO, one_of, text
from intake.questionnaire.page import PageForm, Section
from intake.told import Told

SECTION = Section("A", _("Before you start"), is_first=True)


def is_helper_or_parent(told: Told) -> bool:
    """somebody else fills in the form"""
    return told.says("who_fills", "helper", "parent")


@SECTION.page(
    2,
    "safe_now",
    _("Is it safe for you to use this form now?"),
    hint=_("You can leave this page fast with the Leave button."),
    why="people may be watched; no: a phone number, and nothing is kept",
)
class SafeNow(PageForm):
    main = "safe_now"
    safe_now = one_of(YES_NO)
    shared = one_of(
        [("yes", _("Yes, others use it too")), ("no", _("No, only I use it"))],
        label=_("Do other people use this phone or computer?"),
        hint=_("If yes, the form closes by itself after a few minutes, and we keep nothing on it."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("safe_now") == "no":  # then nothing else matters
            self.errors.pop("shared", None)
        return cleaned


@SECTION.page(
    3,
    "who_fills",
    _("Who is filling in this form?"),
    why="helpers, children, privilege",
    i589="Part D",
)
class WhoFills(PageForm):
    who_fills = one_of(
        [
            ("me", _("Me: I need help")),
            ("helper", _("I help someone")),
            ("parent", _("I am a parent or caregiver for a child")),
        ]
    )


@SECTION.page(
    4,
    "helper",
    _("What is your name, and how do you know this person?"),
    asked=is_helper_or_parent,
    why="conflict check; contact",
    i589="Parts D, E",
    names_people=True,
)
class Helper(PageForm):
    helper_name = text(_("Your name"), limit=200)
    helper_relation = one_of(
        [
            ("family", _("Family")),
            ("friend", _("Friend or neighbor")),
            ("group", _("Someone from a group, a church or a shelter")),
            ("work", _("From work")),
            ("other", _("Other")),
        ],
        label=_("How do you know this person?"),
    )


@SECTION.page(
    5,
    "consent",
    promise("consent"),
    hint=promise("not-lawyers-yet"),
    why="consent before data; no: the end, and nothing is kept",
)
class ConsentForm(PageForm):
    note = "intake/parts/consent.html"
    consent = one_of([("yes", _("Yes, you can")), ("no", _("No"))])
