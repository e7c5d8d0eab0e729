"""What happens to referrals and offers: this app's events and their words."""

from django.utils.translation import gettext_lazy as _

EVENTS = {
    "referrals.case_referred": _("The case was put into a queue"),
    "referrals.referral_offered": _("The referral was put to a practitioner"),
    "referrals.referral_requeued": _("The referral went back into the queue"),
    "referrals.referral_placed": _("The referral was placed"),
    "referrals.case_returned": _("The referral was returned"),
    "referrals.offer_made": _("An offer was made"),
    "referrals.names_shown": _("The names were read for the conflict check"),
    "referrals.offer_accepted": _("The offer was accepted"),
    "referrals.offer_declined": _("The offer was declined"),
    "referrals.offer_expired": _("The offer ran out"),
    "referrals.offer_rescinded": _("The offer was taken back"),
}
