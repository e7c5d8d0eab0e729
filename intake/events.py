"""What happens to the form and the receipt: this app's events and their words."""

from django.utils.translation import gettext_lazy as _

EVENTS = {
    "intake.submitted": _("The answers were sent"),
    "intake.typed": _("A caseworker took the answers down"),
    "intake.receipt_made": _("A receipt was made; earlier ones ended"),
    "intake.answer_replaced": _("An answer was changed with the receipt"),
    "intake.asked": _("Somebody with the receipt asked for something"),
    "intake.request_decided": _("A wish was confirmed or not"),
    "intake.spoken_alone": _("Someone spoke with the person alone"),
    "intake.story_opened": _("The person was invited to tell their story"),
    "intake.urgent_told": _("Something urgent was told with the receipt"),
    "intake.urgent_left": _("An urgent form was left unfinished"),
    "intake.withdrawn": _("The person does not want help any more"),
}
