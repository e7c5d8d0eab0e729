"""What happens to people and their sign-in: this app's events and their words."""

from django.utils.translation import gettext_lazy as _

EVENTS = {
    "accounts.office_changed": _("What the office says of itself was changed"),
    "accounts.office_change_planned": _("A change of what the office says of itself waits for its day"),
    "accounts.office_change_dropped": _("A change of what the office says of itself was called off"),
    "accounts.invited": _("Someone was invited"),
    "accounts.invitation_withdrawn": _("An invitation was withdrawn"),
    "accounts.invitation_accepted": _("An invitation was accepted"),
    "accounts.user_disabled": _("Someone was shut out"),
    "accounts.away_said": _("It was said when someone is away"),
    "accounts.away_ended": _("Someone is back, or is not away after all"),
    "accounts.handed_over": _("What someone holds was handed over"),
    "accounts.user_enabled": _("Someone may sign in again"),
    "accounts.roles_changed": _("What someone does in the office was changed"),
    "accounts.assistance_begun": _("An assistant works for an attorney"),
    "accounts.assistance_ended": _("An assistant works for an attorney no longer"),
    "accounts.password_changed": _("A password was changed"),
    "accounts.factor_added": _("A second step was added to a sign-in"),
    "accounts.factor_removed": _("A second step was removed from a sign-in"),
    "accounts.restore_asked": _("It was asked that somebody be let in again without their second step"),
    "accounts.restore_withdrawn": _("A request to let somebody in again was taken back"),
    "accounts.restored": _("Somebody was let in again to choose a new second step"),
    "accounts.tries_slowed": _("Somebody tried too often to sign in as someone"),
    "accounts.calendar_made": _("Somebody made an address for their calendar"),
    "accounts.calendar_revoked": _("Somebody revoked the address of their calendar"),
    "accounts.codes_made": _("New recovery codes were made"),
}
