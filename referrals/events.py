"""What happens to referrals and offers: this app's events and their words."""

from django.utils.translation import gettext_lazy as _

EVENTS = {
    "referrals.practitioner_added": _("Someone joined the panel"),
    "referrals.practitioner_changed": _("A practitioner's profile was changed"),
    "referrals.credentials_verified": _("Credentials were verified"),
    "referrals.credentials_unverified": _("The verification of credentials was taken back"),
    "referrals.queue_opened": _("A queue was opened"),
    "referrals.queue_renamed": _("A queue was renamed"),
    "referrals.queue_rules_set": _("It was said which cases a queue is for"),
    "referrals.queue_closed": _("A queue was closed"),
    "referrals.queue_reopened": _("A queue was opened again"),
    "referrals.case_referred": _("The case was put into a queue"),
    "referrals.referral_offered": _("The referral was put to a practitioner"),
    "referrals.referral_requeued": _("The referral went back into the queue"),
    "referrals.referral_taken_back": _("The referral was taken back"),
    "referrals.referral_untaken": _("The case was taken out of its queue"),
    "referrals.referral_placed": _("The referral was placed"),
    "referrals.case_returned": _("The referral was returned"),
    "referrals.representation_ended": _("The representation ended with the case"),
    "referrals.offer_made": _("An offer was made"),
    "referrals.names_shown": _("The names were read for the conflict check"),
    "referrals.offer_accepted": _("The offer was accepted"),
    "referrals.offer_declined": _("The offer was declined"),
    "referrals.offer_expired": _("The offer ran out"),
    "referrals.offer_rescinded": _("The offer was taken back"),
}
