"""Offices, the people who work in them, what they may do, and their sessions."""

import uuid
from collections.abc import Iterable
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from foundation.accounts.attendance import Assistance, Away
from foundation.accounts.calendar_models import CalendarAddress
from foundation.accounts.office import Office, OfficeChange
from foundation.accounts.role import Role, adding_up, role_words, roles_field, sound_roles
from foundation.database.rows import ALL, OFFICE, ONLINE, STAFF, Rows, Rule

# Found here by all who know an office's people.
__all__ = ["Assistance", "Away", "CalendarAddress", "Office", "OfficeChange", "Role"]

COLLEAGUES = (
    "id = ANY(ARRAY(SELECT m.user_id FROM accounts_membership m"
    " WHERE m.office_id = (SELECT sec.office_id())))"
)
SELF = "id = (SELECT sec.user_id())"
NOT_SELF = "user_id <> (SELECT sec.user_id())"


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

    PRIVACY: ClassVar = {"internal": "id password last_login email name is_active language"}
    # The sign-in pages read accounts; staff read their colleagues' and change their own.
    ROWS: ClassVar[Rows] = {
        "gate": Rule("select update"),
        **{role: Rule("select update", COLLEAGUES, SELF) for role in STAFF},
        "administrator": Rule("select update", COLLEAGUES),
        "system": Rule(ALL),
    }

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=10, default="en")

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = UserManager()
    # The role of the page that is open; empty where no page is, and then all that are held count.
    acts_as = ""

    def __str__(self) -> str:
        return self.name

    @property
    def membership(self) -> "Membership | None":
        """The person's place in an office, read once per request."""
        if not hasattr(self, "_membership"):
            self._membership = Membership.objects.select_related("office").filter(user=self).first()
        return self._membership

    def keep_membership(self, membership: "Membership") -> None:
        """Take up the place in an office that was read with the person."""
        self._membership = membership

    @property
    def roles(self) -> list[str]:
        return self.membership.roles if self.membership else []

    @property
    def role(self) -> str:
        """The one role they act in now: that of the open page, else the first they hold."""
        return self.acts_as or next(iter(self.roles), "")

    @property
    def office(self) -> "Office | None":
        return self.membership.office if self.membership else None

    @property
    def office_id(self) -> int | None:
        """The office that what happens to the account is recorded in."""
        return self.membership.office_id if self.membership else None

    def has_role(self, *roles: str) -> bool:
        """Tell whether they act in one of these now: a supervisor counts as a caseworker."""
        acting = adding_up([self.acts_as] if self.acts_as else self.roles)
        return self.is_active and not set(acting).isdisjoint(roles)

    def choose_role(self, declared: Iterable[str], *, wanted: str = "") -> None:
        """Act in the one role of a page that names these (none: any): the one they want, else the first."""
        held = self.roles
        named = set(declared) or set(held)
        fitting = [role for role in held if role in named]
        self.acts_as = wanted if wanted in fitting else next(iter(fitting or held), "")


class Membership(models.Model):
    """One person's roles in one office, in their order (`adding_up`)."""

    PRIVACY: ClassVar = {"internal": "id user office roles since"}
    ROWS: ClassVar[Rows] = {
        "gate": Rule("select"),
        **{role: Rule("select", OFFICE) for role in STAFF},
        # Nobody changes their own roles, whatever program they use.
        "administrator": Rule("select update(roles)", OFFICE, f"{OFFICE} AND {NOT_SELF}"),
        "system": Rule(ALL),
    }

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="+")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="memberships")
    roles = roles_field()
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [sound_roles("membership_roles")]

    def __str__(self) -> str:
        return f"{'+'.join(self.roles)} {self.user_id}"

    @property
    def roles_in_words(self) -> str:
        return role_words(self.roles)

    @property
    def choices(self) -> list[tuple[str, Any]]:
        """The roles with their words."""
        return [(role, Role(role).label) for role in self.roles]


class Invitation(models.Model):
    """A one-time link by which someone comes to have an account. There is no other way.

    Its token follows from the id and a key outside the database (accounts/actions.py); here is its hash.
    """

    PRIVACY: ClassVar = {
        "internal": "id office email name roles token_hash invited_by invited_at expires_at accepted_at"
    }
    ROWS: ClassVar[Rows] = {
        "gate": Rule("select"),
        "administrator": Rule("select insert update", OFFICE),
        "system": Rule(ALL),
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField()
    name = models.CharField(max_length=120)
    roles = roles_field()
    token_hash = models.CharField(max_length=64, unique=True)
    # Nobody of an office that has nobody yet (`manage.py first_run`).
    invited_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [sound_roles("invitation_roles")]

    def __str__(self) -> str:
        return f"Invitation {self.pk}"

    @property
    def roles_in_words(self) -> str:
        return role_words(self.roles)


class Proof(models.TextChoices):
    """How somebody made sure that it is them: in person, always. A voice or a picture can be made up."""

    KNOWN = "known", _("They stood before me, and I have known them for long")
    DOCUMENT = "document", _("They stood before me with a document that has their picture")


class Restoration(models.Model):
    """That somebody who lost every second factor may choose a new one: two people say that it is them.

    It is asked for by one, and confirmed by another within a day; `paper` is the number of the form on which
    a witness signed instead (docs/lost-second-step.md). What follows, the database does (accounts/sql.py).
    """

    PRIVACY: ClassVar = {
        "internal": "id office user asked_by asked_at asked_how confirmed_by confirmed_at confirmed_how"
        " paper ends_at"
    }
    ROWS: ClassVar[Rows] = {
        **{role: Rule("select", OFFICE) for role in STAFF},
        "administrator": Rule("select insert update(ends_at)", OFFICE),
        "system": Rule(ALL),
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="restorations")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    asked_how = models.CharField(max_length=12, choices=Proof.choices)
    confirmed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_how = models.CharField(max_length=12, choices=Proof.choices, blank=True)
    paper = models.CharField(max_length=20, blank=True)
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="restoration_by_two_others",
                condition=~models.Q(asked_by=models.F("user"))
                & (
                    models.Q(confirmed_by=None)
                    | ~models.Q(confirmed_by=models.F("user")) & ~models.Q(confirmed_by=models.F("asked_by"))
                ),
            ),
            models.CheckConstraint(
                name="restoration_proof",
                condition=models.Q(asked_how__in=Proof.values)
                & models.Q(confirmed_how__in=["", *Proof.values]),
            ),
        ]

    def __str__(self) -> str:
        return f"Restoration {self.pk}"


class Session(AbstractBaseSession):
    """A session. The cookie opens it; the table does not: the key is kept as a hash, the data sealed.

    `user` is set for staff alone, so that they can see and end their sessions.
    """

    PRIVACY: ClassVar = {"internal": "session_key session_data expire_date user started_at seen_at"}
    # Whoever reads this table learns no key and opens nothing; see accounts/sessions.py.
    ROWS: ClassVar[Rows] = {role: Rule(ALL) for role in (*ONLINE, "system")}

    session_key = models.CharField(max_length=64, primary_key=True)
    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="sessions")
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    @classmethod
    def get_session_store_class(cls) -> Any:
        """Return what the settings say; Django asks, and the store itself stands on this table."""
        return import_string(f"{settings.SESSION_ENGINE}.SessionStore")
