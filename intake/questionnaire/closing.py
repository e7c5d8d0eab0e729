"""H. How to speak with somebody; papers; and the last page, which hands the answers in."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from foundation.languages import language_name
from intake.data import spoken_from
from intake.questionnaire.asking import after
from intake.questionnaire.fields import one_of, some_of, text
from intake.questionnaire.page import HIGH, PageForm, Section

SECTION = Section("H", _("Papers and sending"))


@SECTION.page(
    81,
    "speaking",
    _("How can we speak with you?"),
    they=_("How can we speak with the person?"),
    why="interpreter; access; care",
    privacy=HIGH,
    i589="A.I 23",
)
class Speaking(PageForm):
    PARTS: ClassVar = {
        "other_language": after("spoken_language", "other"),
        "access_what": after("access", "read", "see", "hear", "move", "other"),
    }
    NEEDS = frozenset({"other_language"})
    THEY: ClassVar = {
        "spoken_language": _("Which language does the person speak best?"),
        "access": _("Does the person need help to read, see, hear or move?"),
    }
    spoken_language = forms.ChoiceField(label=_("Which language do you speak best?"))
    other_language = text(_("If it is not in the list: which one?"), limit=100, required=False)
    dialect = text(_("Dialect"), limit=100, required=False, hint=_("Or the region or town you come from."))
    interpreter_gender = one_of(
        [("any", _("It does not matter")), ("woman", _("A woman")), ("man", _("A man"))],
        label=_("Who should interpret?"),
        required=False,
    )

    access = some_of(
        [
            ("none", _("No")),
            ("read", _("Reading or writing")),
            ("see", _("Seeing")),
            ("hear", _("Hearing")),
            ("move", _("Moving")),
            ("other", _("Something else")),
        ],
        label=_("Do you need help to read, see, hear or move?"),
        required=False,
    )
    access_what = text(_("What would help?"), limit=300, required=False)
    care = some_of(
        [("pregnant", _("Pregnant")), ("ill", _("Very sick or hurt"))],
        label=_("Is one of these true now?"),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [
            (spoken.code, f"{spoken.native_name} ({language_name(spoken.code)})")
            for spoken in spoken_from(get_language() or "")
        ]
        choices = [("", _("Choose a language")), *listed, ("other", _("Another language"))]
        self.fields["spoken_language"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        unnamed = not cleaned.get("other_language") and "other_language" not in self.errors
        if cleaned.get("spoken_language") == "other" and unnamed:
            self.add_error("other_language", _("Write which language."))
        return cleaned


@SECTION.page(
    58,
    "documents",
    _("Do you have papers you can send us?"),
    they=_("Does the person have papers you can send us?"),
    hint=_("A photo is fine. You can do this later."),
    why="notice to appear, I-94, passport, I-589, decisions",
    privacy=HIGH,
)
class Documents(PageForm):
    """Files are not fields: the page reads them itself (foundation/files/receiving.py)."""

    @classmethod
    def questions(cls) -> list[str]:
        return ["documents"]


@SECTION.page(
    59,
    "review",
    _("Please check your answers."),
    they=_("Please check the answers."),
    hint=_("You can change them for 14 days."),
    why="accuracy; hands the answers in",
    i589="Part D",
)
class Review(PageForm):
    """Asks nothing: the answers are shown and handed in."""
