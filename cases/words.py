"""The names of a case's dates, for people. What each means and where it is written stands in data/."""

from typing import Any

from django.utils.translation import gettext_lazy as _

DEADLINES: dict[str, Any] = {
    "oyd_operative": _("One-year asylum deadline, safe date"),
    "oyd_outer": _("One-year asylum deadline, outer date"),
    "individual_hearing": _("Individual hearing"),
    "master_hearing": _("Master hearing"),
    "notice_due": _("A letter must be answered"),
    "evidence_individual_nondetained": _("Evidence for the individual hearing"),
    "evidence_detained": _("Evidence for the hearing in detention"),
    "master_nondetained": _("Filing before the master hearing"),
    "bia_appeal_court_order": _("Appeal to the Board, 30-day reading"),
    "bia_appeal_reg_text": _("Appeal to the Board, 10-day reading (safe date)"),
}
CONFIDENCE: dict[str, Any] = {
    "high": _("high"),
    "medium": _("medium"),
    "low": _("low"),
    "as told": _("as told by the applicant"),
    "policy": _("office policy"),
}
