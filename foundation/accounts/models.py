"""Offices, the people who work in them, and what they may do."""

from datetime import date, datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    CASEWORKER = "caseworker", _("Caseworker")
    ATTORNEY = "attorney", _("Attorney")
    ADMINISTRATOR = "administrator", _("Administrator")


class Office(models.Model):
    """A legal-aid office: the boundary inside which staff see files."""

    PRIVACY = {"public": "id slug name phone hours time_zone"}

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=40, blank=True)
    hours = models.CharField(max_length=120, blank=True)
    time_zone = models.CharField(max_length=60, default="America/New_York")

    def __str__(self) -> str:
        return self.name

    def today(self, at: datetime) -> date:
        """Return the day it is in this office at a moment in time."""
        return at.astimezone(ZoneInfo(self.time_zone)).date()


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create a staff account; without a password nobody can sign in to it."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser):
    """Someone who signs in: staff or attorney. Applicants have no account.

    Names and addresses here are the office's own directory, not an applicant's data: internal.
    """

    PRIVACY = {"internal": "id password last_login email name is_active language"}

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=10, default="en")

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = UserManager()

    def __str__(self) -> str:
        return self.name

    @property
    def membership(self) -> "Membership | None":
        """The person's place in an office, read once per request."""
        if not hasattr(self, "_membership"):
            self._membership = Membership.objects.select_related("office").filter(user=self).first()
        return self._membership

    @property
    def role(self) -> str:
        return self.membership.role if self.membership else ""

    @property
    def office(self) -> "Office | None":
        return self.membership.office if self.membership else None

    def has_role(self, *roles: str) -> bool:
        return self.is_active and self.role in roles


class Membership(models.Model):
    """One person's role in one office."""

    PRIVACY = {"internal": "id user office role since"}

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="+")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="membership_role", condition=models.Q(role__in=Role.values))
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.user_id}"
