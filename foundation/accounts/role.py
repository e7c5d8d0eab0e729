"""What somebody does in an office. Roles add up; a page acts in one of them (access.py, ADR 49)."""

from collections.abc import Iterable

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """The order counts: where a page lets several in, somebody with more than one acts in the first."""

    SUPERVISOR = "supervisor", _("Supervisor")
    CASEWORKER = "caseworker", _("Caseworker")
    ATTORNEY = "attorney", _("Attorney")
    ASSISTANT = "assistant", _("Assistant of an attorney")
    ADMINISTRATOR = "administrator", _("Administrator")
    SECURITY = "security", _("Security officer")


def adding_up(roles: Iterable[str]) -> list[str]:
    """Return roles in their order, with what they bring along: a supervisor does a caseworker's work too."""
    held = set(roles)
    if Role.SUPERVISOR in held:
        held.add(Role.CASEWORKER)
    return [role.value for role in Role if role in held]


def role_words(roles: Iterable[str]) -> str:
    return ", ".join(str(Role(role).label) for role in roles)


def roles_field() -> ArrayField:
    return ArrayField(models.CharField(max_length=20, choices=Role.choices), default=list)


def sound_roles(name: str) -> models.CheckConstraint:
    """Return the check that somebody has a role or more, all of them known, none without what it needs."""
    known = models.Q(roles__contained_by=Role.values, roles__len__gt=0)
    whole = ~models.Q(roles__contains=[Role.SUPERVISOR]) | models.Q(roles__contains=[Role.CASEWORKER])
    return models.CheckConstraint(name=name, condition=known & whole)
