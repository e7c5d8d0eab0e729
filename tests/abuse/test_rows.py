"""The three layers of access agree: what the program's filters hide, the database hides without them."""

import re
from contextlib import ExitStack

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse

from cases.models import Case, CaseAccess
from config.middleware import principal_of
from evidence.models import Citation, Document
from foundation.database.principal import ANONYMOUS, SIGN_IN, acting_as, applicant, become
from foundation.database.rows import all_tables
from referrals.models import Offer


class As:
    """Ask the database as someone, through their own log-in and role."""

    def __init__(self, principal):
        self.stack = ExitStack()
        self.principal = principal

    def __enter__(self):
        self.stack.enter_context(acting_as(self.principal))
        self.stack.enter_context(transaction.atomic())

    def __exit__(self, *error):
        self.stack.__exit__(*error)


def counts(principal):
    """Return {table: how many rows the principal sees without any filter}, None where it may not look."""
    found = {}
    for table, model in all_tables().items():
        with As(principal):
            try:
                with transaction.atomic():
                    found[table] = model._base_manager.count()
            except ProgrammingError:
                found[table] = None
    return found


@pytest.fixture
def world(accepted, make_case, cast, now):
    """Amina's case is Ade's; a second case waits; a source is cited; another office has a case of its own."""
    from evidence.actions.claims import add_claim_point, cite_passage
    from evidence.actions.library import add_document
    from evidence.models import Passage
    from foundation.accounts.models import Membership

    second = make_case()
    document = add_document(
        "A title\n\n“It was shelled,” said Lena Okoro.", capture="paste", by=cast.ade, at=now
    )
    point = add_claim_point(accepted.case, ground="race", assertion="Shelled.", by=cast.ade, at=now)
    cite_passage(
        Passage.objects.first(), claim_point=point, relation="supports", note="n", by=cast.ade, at=now
    )
    assert Membership.objects.count() == 5
    return accepted.case, second, document


PAGES = ("screening", "dates", "case-facts")
PERSONAL = [
    "intake_applicant",
    "intake_answer",
    "intake_safecontact",
    "cases_case",
    "cases_note",
    "screening_finding",
]


def test_nobody_in_particular_sees_no_matter(world):
    for principal in (ANONYMOUS, SIGN_IN):
        seen = counts(principal)
        assert not any(seen[table] for table in PERSONAL), seen


def test_staff_see_their_office_and_another_office_sees_nothing(world, cast):
    seen = counts(principal_of(cast.cora))
    assert (seen["cases_case"], seen["intake_applicant"]) == (2, 2)
    other = counts(principal_of(cast.otto))
    own = {"accounts_user": 1, "accounts_membership": 1, "accounts_office": 2, "mfa_authenticator": 1}
    shown = {table: n for table, n in other.items() if n and table not in own and "session" not in table}
    assert shown == {}
    assert {table: other[table] for table in own} == own


def test_an_attorney_sees_the_matters_granted_and_no_other(world, cast):
    case, _second, _document = world
    with As(principal_of(cast.ade)):
        assert list(Case.objects.values_list("pk", flat=True)) == [case.pk]
        assert set(CaseAccess.objects.values_list("user", flat=True)) == {cast.ade.pk}
    with As(principal_of(cast.bea)):
        assert not Case.objects.exists() and not CaseAccess.objects.exists() and not Offer.objects.exists()
        assert not Citation.objects.exists()
        assert Document.objects.exists()  # the library is the office's


def test_someone_asked_sees_the_names_and_nothing_else_before_accepting(offer, cast):
    seen = counts(principal_of(cast.ade))
    assert seen["intake_applicant"] == 1 and seen["referrals_offer"] == 1
    for table in set(PERSONAL) - {"intake_applicant"}:
        assert not seen[table], table


def test_an_applicant_sees_their_own_matter_alone(case, make_case):
    make_case()
    seen = counts(applicant(case.matter_id))
    assert (seen["intake_intake"], seen["intake_answer"]) == (1, case.intake.answers.count())
    assert not seen["cases_case"] and not seen["intake_applicant"] and not seen["screening_screening"]


# --- the program's filters taken away ------------------------------------------------------------

FILTERS = {
    "cases.access.visible_to": Case,
    "evidence.access.documents_visible_to": Document,
    "evidence.access.citations_visible_to": Citation,
    "referrals.access.offers_visible_to": Offer,
}


def without_filters(monkeypatch):
    """Replace every queryset filter by .all(), wherever it was imported to."""
    import sys

    from django.apps import apps

    for name, model in FILTERS.items():
        original = name.rpartition(".")[2]
        for module in list(sys.modules.values()):
            package = getattr(module, "__name__", "").partition(".")[0]
            if package in {a.name.partition(".")[0] for a in apps.get_app_configs()} and original in vars(
                module
            ):
                monkeypatch.setattr(module, original, lambda user, model=model: model.objects.all())
    from workspace import visible

    assert visible.visible_to.__name__ == "<lambda>"


def pages(client, user, world):
    """Return {address: (status, text)} of what someone gets to see."""
    client.force_login(user)
    case, second, document = world
    addresses = [
        reverse("home"),
        reverse("workspace:queue"),
        reverse("workspace:simulator"),
        reverse("workspace:queue") + "?status=seeking_counsel",
        reverse("case", args=[case.pk]),
        reverse("case", args=[second.pk]),
        *(reverse(f"workspace:{page}", args=[one.pk]) for page in PAGES for one in (case, second)),
        reverse("evidence:documents"),
        reverse("evidence:documents") + "?q=shelled",
        reverse("evidence:document", args=[document.pk]),
        reverse("evidence:claim-point-add", args=[case.pk]),
        reverse("evidence:claim-point-add", args=[second.pk]),
        *(reverse("referrals:offer-detail", args=[offer.pk]) for offer in Offer.objects.all()),
    ]
    noise = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"|datetime="[^"]+"|\d+:\d\d [ap]\.m\.')
    found = {}
    for address in addresses:
        page = client.get(address)
        found[address] = (page.status_code, noise.sub("", page.content.decode()))
    return found


@pytest.mark.parametrize("who", ["cora", "ade", "bea", "ines", "otto"])
def test_without_the_programs_filters_no_page_shows_more(client, cast, world, monkeypatch, who):
    before = pages(client, getattr(cast, who), world)
    without_filters(monkeypatch)
    after = pages(client, getattr(cast, who), world)
    for address, (status, text) in before.items():
        assert after[address] == (status, text), address


def test_a_session_and_a_person_change_within_a_request_without_a_new_transaction(world, cast):
    with As(SIGN_IN):
        assert Case._base_manager.none().count() == 0
        become(principal_of(cast.cora))
        assert Case.objects.count() == 2
        with transaction.atomic():
            assert Case.objects.count() == 2
