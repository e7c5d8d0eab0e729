"""Questions that staff ask again and again after a form was sent, in words that a lawyer approved.

Sentences like every promise (promises.py): one that nobody approved in the person's language is not offered.
They say nothing that was told, so that they may stand on the return page.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from intake.promises import may_show, words_in

QUESTIONS: dict[str, Any] = {
    "ask-moved": _("Do you still live where you lived when you wrote to us? Yes or no is enough."),
    "ask-phone": _("Is the way you chose still safe? When is a good time to call?"),
    "ask-day": _("Did you get a letter since? Which day does it say?"),
    "ask-papers": _("Which papers do you have with you? Which ones did you lose?"),
    "ask-language": _("Which language is easiest for you when we talk?"),
    "ask-helped": _("Did somebody else help you with forms? What did you get from them in writing?"),
}


def usual_questions(language: str) -> list[tuple[str, str]]:
    """Return (name, words) of the questions that may be asked in a language: those that were approved."""
    with override(language):
        return [(name, words_in(name, language)) for name in QUESTIONS if may_show(name)]
