"""Who a session belongs to: the person, their roles and their office in one read."""

from typing import Any

from django.contrib.auth.backends import ModelBackend

from foundation.accounts.models import Membership, User


class OneRead(ModelBackend):
    """Django's own backend; with the person comes their place in an office, which every page asks for."""

    def get_user(self, user_id: Any) -> User | None:
        place = Membership.objects.select_related("user", "office").filter(user=user_id).first()
        if place is None:
            user: User | None = super().get_user(user_id)
            return user
        place.user.keep_membership(place)
        return place.user if self.user_can_authenticate(place.user) else None
