"""What somebody can do at once, beside calling: in danger, held, or with a court date near.

Sentences that a lawyer approves, as every promise (promises.py). One that nobody approved is left out: the
telephone numbers of its page must never wait for it. They follow from what was told, so they are shown in
the session that told it and never by receipt (ADR 18).
"""

from collections.abc import Mapping
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from intake.promises import may_show, promise
from intake.told import SHORT_WAY, Told

# EOIR's automated case line: justice.gov/eoir, read in November 2026, confidence high.
COURT_LINE = "1-800-898-7180"

DANGER = {
    "do-seen": _("Can somebody see this screen? Press Leave now."),
    "do-people": _("Go where other people are: a shop, a mosque, a church, a hospital."),
    "do-phone": _("Use a phone that nobody checks."),
}
HELD = {
    "do-sign": _("Do not sign what you do not understand. Ask for it in your language."),
    "do-afraid": _("Are you afraid to go back? Say so to every officer."),
    "do-list": _("Ask for the list of free lawyers."),
}
MISSED = {
    "do-missed": _("Call us today. If you missed it, there may still be a way."),
}
COURT = {
    "do-court": _("Go to court. If you do not go, the judge can order you to leave."),
    "do-time": _("No lawyer yet? Ask the judge for time to find one."),
    "do-letter": _("Take your court letter with you."),
    "do-line": format_lazy(
        "{} {}", _("The court tells you the day by phone. You need your A-Number. Call:"), COURT_LINE
    ),
}
SENTENCES = DANGER | HELD | MISSED | COURT


def what_to_do(told: Told) -> list[str]:
    """Return the sentences for somebody's worst trouble, in the language of the page; none for no trouble."""
    return [promise(name) for name in _names(told) if may_show(name)]


def _names(told: Told) -> Mapping[str, Any]:
    if told.says("danger", "yes", "talk"):
        return DANGER
    if told.held:
        return HELD
    if told.missed_court:
        return MISSED
    return COURT if told.hears_within(SHORT_WAY) else {}
