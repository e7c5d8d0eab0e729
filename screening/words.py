"""What an applicant may read about an outcome: section 9 of the screening policy, word for word.

Only a person's confirmed decision is ever put into these words. Codes, scores and dates are for staff
(codes.py). INCOMPLETE has none: who did not agree is told nothing about a result.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

_MORE_QUESTIONS = _("Thank you. We need to ask you a few more things. A person will contact you.")

APPLICANT_WORDS: dict[str, Any] = {
    "ELIGIBLE_FOR_REVIEW": _(
        "Thank you. A person on our team will read your answers. We have not agreed to be your lawyer yet."
    ),
    "STAFF_REVIEW": _MORE_QUESTIONS,
    "NOT_ELIGIBLE_PROGRAM": _(
        "Our program cannot take your case right now. This does not mean you have no case. Here are other"
        " places that may help. You can ask a person to look again."
    ),
    "REFER_OUT": _("This is not the kind of help our program gives. Here are places that may help you."),
    "CONFLICT_HOLD": _MORE_QUESTIONS,  # never say why
    "CONFLICT_DECLINE": _("We are not able to help with this request. Here are other places that may help."),
}

# Beside any outcome, where a date may be near.
DATE_NEAR = _(
    "You may have a deadline soon. We cannot tell you what yours is. Please talk to a lawyer as soon as you"
    " can. Do not miss any court date."
)
# The most a text or an email may say.
BY_MESSAGE = _("You have a message")
