"""What happens to cases, their dates and who may read them: this app's events and their words."""

from django.utils.translation import gettext_lazy as _

EVENTS = {
    "cases.withdrawn": _("The case was closed: the person asked for it"),
    "cases.deletion_confirmed": _("The person's answers are being deleted"),
    "cases.hold_set": _("A legal hold was set"),
    "cases.hold_lifted": _("A legal hold was lifted"),
    "cases.opened": _("The case was opened"),
    "cases.taken": _("A caseworker took the case"),
    "cases.triaged": _("Triage was recorded"),
    "cases.band_raised": _("The urgency rose by itself"),
    "cases.band_set": _("A person set the urgency"),
    "cases.facts_changed": _("Facts of the case were written down"),
    "cases.dates_recounted": _("Dates of the case changed"),
    "cases.deadline_confirmed": _("A date was confirmed"),
    "cases.deadline_waived": _("A date was waived"),
    "cases.deadline_done": _("A date was marked done"),
    "cases.deadline_reopened": _("A date was opened again"),
    "cases.deadline_gone": _("A date no longer applies"),
    "cases.deadline_returned": _("A date applies again"),
    "cases.judge_date_set": _("A judge's date was entered"),
    "cases.judge_date_removed": _("A judge's date was removed"),
    "cases.person_not_told": _("A message to the person was not sent"),
    "cases.note_added": _("A note was added"),
    "cases.seeking_counsel": _("The case began to seek counsel"),
    "cases.represented": _("The person is represented"),
    "cases.counsel_withdrew": _("The case was given back"),
    "cases.referred_out": _("The person was handed to another organization"),
    "cases.declined": _("The case was declined"),
    "cases.access_granted": _("Someone was given access to the case"),
    "cases.access_revoked": _("Someone's access to the case ended"),
}
