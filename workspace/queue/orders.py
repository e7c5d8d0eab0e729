"""The orders of the queue, each held by an index of `cases.models.Case`; never by what is sealed."""

from django.utils.translation import gettext_lazy as _

from foundation.keyset import Order

PER_PAGE = 50
URGENCY = "urgency"
ORDERS = {
    order.name: order
    for order in (
        Order(URGENCY, _("Urgency"), ("urgency_place", "opened_at", "id")),
        Order("date", _("Next date"), ("date_place", "id")),
        Order("came", _("Received, newest first"), ("opened_at", "id"), is_descending=True),
        Order("waiting", _("Waiting longest"), ("waits_since", "id")),
        Order("worker", _("Caseworker"), ("caseworker_place", "urgency_place", "opened_at", "id")),
    )
}
ENDED = Order("ended", _("Ended, newest first"), ("closed_at", "id"), is_descending=True)
