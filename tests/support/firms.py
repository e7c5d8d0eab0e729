"""A firm with its people: in tests as an office would make it."""

from referrals import firms, panel
from referrals.models import Practitioner


def firm_of(office, name="Lantern & Lock", *, coordinator, people, by, at):
    """Make a firm of practitioners, one of whom answers for the others; all are put on the panel."""
    firm = firms.open_firm(office, name=name, by=by, at=at)
    for user in (coordinator, *people):
        one = Practitioner.objects.filter(user=user).first() or panel.add_to_panel(user, by=by, at=at)
        is_first = user == coordinator
        firms.place_practitioner(one, firm=firm, coordinates=is_first, mentor=None, by=by, at=at)
    return firm


def on_the_panel(user, *, by, at, **more):
    """Put somebody on the panel who may be offered cases, as if both had been done long ago."""
    seen = {"bar_state": "NY", "bar_number": "5507654", "verified_by": by, "verified_at": at}
    return Practitioner.objects.create(user=user, office=user.office, **seen, **more)


def fit(user, *, by, at, **changes):
    """Let somebody of the panel be offered cases: with credentials that were looked up."""
    one = Practitioner.objects.get(user=user)
    number = f"55{user.pk:05d}"
    panel.change_practitioner(one, bar_state="NY", bar_number=number, **changes, by=by, at=at)
    panel.verify_credentials(one, expires_on=None, by=by, at=at)
    one.refresh_from_db()
    return one
