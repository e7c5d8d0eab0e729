"""What is refused about names, in words."""

from django.utils.translation import gettext_lazy as _

from foundation.refused import Refused


class ReasonNeeded(Refused):
    message = _("Say why.")


class NotAName(Refused):
    message = _("There is no name here to compare: write at least one word of two letters.")


class AlreadyTogether(Refused):
    status = 409
    message = _("One of these requests was already put together with another. Take it apart first.")


class OwnFence(Refused):
    message = _("Nobody can put up or lift their own ring-fence. Ask a colleague.")
