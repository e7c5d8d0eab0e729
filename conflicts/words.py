"""Codes of the conflict check in words."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from conflicts.rules import Beside, How

HOW: dict[str, Any] = {
    How.SAME: _("the same"),
    How.SAME_IN_ANOTHER_SCRIPT: _("the same in another script"),
    How.SAME_NAME: _("another form of the same name"),
    How.SOUNDS_ALIKE: _("sounds alike"),
    How.NICKNAME: _("a short form"),
    How.SPELLING_DIFFERS: _("spelled differently"),
    How.CUT_SHORT: _("cut short"),
    How.INITIAL: _("an initial"),
    How.REPEATED: _("said twice"),
    How.EXTRA: _("only in the first name"),
    How.MISSING: _("only in the second name"),
    "a_number": _("the same A-Number"),
    "phone": _("the same phone number"),
    "email": _("the same e-mail address"),
}
BESIDE: dict[Beside, Any] = {
    Beside.NEITHER: _("known for neither"),
    Beside.ONE: _("known for one only"),
    Beside.SAME: _("the same"),
    Beside.NEAR: _("nearly the same"),
    Beside.DIFFERENT: _("different"),
}
STRONG, POSSIBLE = _("Strong likeness"), _("Possible likeness")
STRONG_FROM = 850  # thousandths


def likeness_words(score: int) -> Any:
    """Return how strong a likeness is, in words: a number would pass for a probability."""
    return STRONG if score >= STRONG_FROM else POSSIBLE
