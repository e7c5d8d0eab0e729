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
    "intake.wish_taken_back": _("Somebody with the receipt took back what they asked for"),
    "intake.papers_sent": _("Papers were sent with the receipt"),
    "intake.progress_noted": _("What the return page says of the matter changed"),
    "intake.posted": _("Something was put on the return page"),
    "intake.posting_settled": _("Something was taken off the return page"),
    "intake.papers_asked": _("The person was asked for papers"),
    "intake.paper_answered": _("The person answered about a paper that is asked for"),
    "intake.paper_accepted": _("A paper that was asked for is in"),
    "intake.paper_asked_again": _("A paper was asked for once more"),
    "intake.paper_not_needed": _("A paper that was asked for is not needed any more"),
    "intake.paper_cannot_be_had": _("A paper that was asked for cannot be had"),
    "intake.copy_printed": _("A copy of the answers was printed for the person"),
    "intake.room_short": _("Unusually many forms came in, or their files take much room"),
    "intake.put_aside": _("The request was put aside with others of a burst"),
    "intake.brought_back": _("The request was brought back into the lists"),
    "intake.withdrawn": _("The person does not want help any more"),
}
