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
    "bia_brief": _("Brief to the Board"),
    "response_to_motion": _("Answer to a motion"),
    "mtr_reopen": _("Motion to reopen"),
    "mtr_reconsider": _("Motion to reconsider"),
    "mtr_in_absentia": _("Motion to reopen an order made in absence"),
    "pfr": _("Petition for review in the court of appeals"),
    "ij_cf_review": _("Judge's review of a fear screening"),
    "ead_file": _("First day to ask for a work permit"),
    "ead_eligible": _("First day a work permit can be granted"),
    "ead_renew": _("First day to renew the work permit"),
    "aaf_notice": _("Annual Asylum Fee"),
    "ar11": _("New address to USCIS (AR-11)"),
    "eoir33": _("New address to the court (EOIR-33)"),
    "i730": _("Petition for family after a grant (I-730)"),
    "asylee_gc": _("First day to ask for a green card after asylum"),
    "sij_21": _("Special immigrant juvenile petition, before the 21st birthday"),
    "rfe": _("Answer to a USCIS request or notice"),
}
CONFIDENCE: dict[str, Any] = {
    "high": _("high"),
    "medium": _("medium"),
    "low": _("low"),
    "as told": _("as told by the applicant"),
    "policy": _("office policy"),
}
