"""Somebody of a family has a case of their own: linked, split off where interests clash, taken apart."""

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.urls import reverse

from cases import actions
from cases.family import links_of
from cases.models import FamilyLink
from config.middleware import principal_of
from conflicts import actions as conflicts
from conflicts.models import Party, RingFence
from conflicts.queries import standing
from foundation.database.principal import acting_as
from foundation.events.models import Delivery, Event
from foundation.refused import Forbidden
from intake.actions import start_intake
from tests.conftest import answer_names, opened
from tests.support.relay import deliver_due

LINA = "Canary-Lina Solace"
WHY = "Canary: she is afraid of him."
ROWS = [{"name": LINA, "related": "spouse", "birth_date": "1990-02-03"}]


@pytest.fixture
def principal(make_case):
    """Return the case of somebody who named his wife in his form."""
    return make_case(family_here={"family_here": ROWS})


@pytest.fixture
def other(make_case):
    """Return the case that his wife has."""
    reach = {"channels": ["call"], "phone": "+12125550777"}
    born = {"birth_date": "1990-02-03", "a_number": ""}
    names = {"given_names": "Canary-Lina", "family_name": "Solace"}
    return make_case(name=names, born=born, reach=reach)


@pytest.fixture
def linked(principal, other, cast, now):
    role = {"name": LINA, "role": "spouse", "born": "1990-02-03"}
    return actions.link_family(principal, other=other, **role, by=cast.cora, at=now)


def page_of(client, user, case, query=""):
    client.force_login(user)
    return client.get(reverse("workspace:people", args=[case.pk]) + query)


def opposing(case):
    parties = Party.objects.filter(matter_id=case.matter_id, removed_at=None, by_applicant=False)
    return [opened(party, "details").details["name"] for party in parties]


def test_nobody_links_cases_of_which_they_do_not_see_both(principal, other, cast, now):
    details = {"role": "spouse", "name": LINA}
    for user in (cast.otto, cast.ade, cast.ines):
        with pytest.raises(Forbidden):
            actions.link_family(principal, other=other, **details, by=user, at=now)
    conflicts.fence(other.matter_id, user=cast.cora, office_id=other.office_id, by=cast.ines, at=now)
    with pytest.raises(Forbidden):
        actions.link_family(principal, other=other, **details, by=cast.cora, at=now)
    assert not FamilyLink.objects.exists()


def test_a_case_is_not_linked_with_itself_nor_twice(linked, principal, other, cast, now):
    with pytest.raises(actions.NotTwo):
        actions.link_family(principal, other=principal, role="spouse", by=cast.cora, at=now)
    for one, beside in ((principal, other), (other, principal)):
        with pytest.raises(actions.AlreadyLinked):
            actions.link_family(one, other=beside, role="spouse", by=cast.cora, at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        FamilyLink.objects.filter(pk=linked.pk).update(other_matter_id=principal.matter_id)


def test_both_cases_show_the_link_with_the_role_and_both_histories_have_it(
    client, cast, linked, principal, other
):
    ours = page_of(client, cast.cora, principal).content.decode()
    theirs = page_of(client, cast.cora, other).content.decode()
    assert other.reference in ours and "Own case:" in ours
    assert principal.reference in theirs and "Husband, wife or partner" in theirs
    for case in (principal, other):
        assert Event.objects.filter(name="cases.family_linked", matter_id=case.matter_id).count() == 1


def test_names_are_compared_again_and_a_pair_of_the_two_waits_for_a_person(linked, principal, other):
    assert Event.objects.filter(name="conflicts.asked", matter_id=other.matter_id).count() >= 2
    answer_names()
    # She is family in the one and our client in the other: a person decides.
    assert standing(principal.matter_id) == standing(other.matter_id) == "possible"


def test_whoever_is_kept_off_one_sees_no_link_on_the_other(client, cast, linked, principal, other, now):
    conflicts.fence(other.matter_id, user=cast.cora, office_id=other.office_id, by=cast.ines, at=now)
    page = page_of(client, cast.cora, principal).content.decode()
    assert other.reference not in page
    with acting_as(principal_of(cast.cora)), transaction.atomic():
        assert not FamilyLink.objects.exists()
    page = page_of(client, cast.ines, principal).content.decode()
    assert other.reference in page and "Take them apart" not in page


def test_an_attorney_reads_of_no_family_link(client, cast, accepted, case, other, now):
    actions.link_family(case, other=other, role="spouse", by=cast.cora, at=now)
    address, words = reverse("workspace:history", args=[case.pk]), "Somebody of the family was linked"
    client.force_login(cast.cora)
    assert words in client.get(address).content.decode()
    client.force_login(cast.ade)
    page = client.get(address)
    assert page.status_code == 200 and words not in page.content.decode()
    with (
        acting_as(principal_of(cast.ade)),
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
    ):
        links_of(case.matter_id).exists()


def test_interests_that_clash_put_each_on_the_other_side_of_the_other(linked, principal, other, cast, now):
    actions.set_apart(linked, why=WHY, by=cast.cora, at=now)
    assert opposing(principal) == [LINA]
    assert len(opposing(other)) == 1
    answer_names()
    assert standing(principal.matter_id) == standing(other.matter_id) == "possible"
    with pytest.raises(actions.LinkGone):
        actions.set_apart(FamilyLink.objects.get(), why="Again", by=cast.cora, at=now)


def test_why_interests_clash_is_read_in_the_case_it_was_written_in_alone(
    client, cast, linked, principal, other, now
):
    actions.set_apart(linked, why=WHY, by=cast.cora, at=now)
    assert WHY in page_of(client, cast.cora, principal).content.decode()
    page = page_of(client, cast.cora, other).content.decode()
    assert WHY not in page and "interests clash" in page


def test_whoever_splits_somebody_off_goes_on_to_a_form_of_their_own(client, cast, principal, office, now):
    conflicts.fence(principal.matter_id, user=cast.bea, office_id=office.pk, by=cast.ines, at=now)
    client.force_login(cast.cora)
    address = reverse("workspace:family-split", args=[principal.pk])
    assert client.post(address, {"person": LINA, "why": ""}).status_code == 422
    on = client.post(address, {"person": LINA, "why": WHY})
    assert on.status_code == 302 and LINA not in on["Location"]
    assert opposing(principal) == [LINA]
    page = client.get(on["Location"])
    text = page.content.decode()
    assert principal.reference in text and LINA not in text  # nothing is copied
    link = FamilyLink.objects.get()
    assert page.context["form"].initial["start_key"] == link.other_matter_id
    said = {"language": "en", "who_fills": "me", "interpreted": "nobody", "consent": "on"}
    began = client.post(reverse("workspace:phone"), {**said, "start_key": str(link.other_matter_id)})
    assert began.status_code == 302
    link.refresh_from_db()
    assert link.begun_at and link.clashes
    # Who is kept off the one is kept off the other, and he stands on the other side of her matter.
    assert RingFence.objects.filter(matter_id=link.other_matter_id, user=cast.bea).exists()
    assert Party.objects.filter(matter_id=link.other_matter_id, by_applicant=False).count() == 1
    again = client.post(reverse("workspace:phone"), {**said, "start_key": str(link.other_matter_id)})
    assert again.status_code == 302
    assert Party.objects.filter(matter_id=link.other_matter_id, by_applicant=False).count() == 1
    assert "Go on with their own form" in page_of(client, cast.cora, principal).content.decode()


def test_nobody_is_split_off_twice(principal, cast, now):
    said = {"name": LINA, "role": "spouse", "why": WHY, "by": cast.cora, "at": now}
    actions.split_family(principal, **said)
    with pytest.raises(actions.AlreadyLinked):
        actions.split_family(principal, **said)


def test_what_was_linked_is_taken_apart_once_with_a_reason(client, cast, linked, principal, other, now):
    actions.set_apart(linked, why=WHY, by=cast.cora, at=now)
    address = reverse("workspace:family-apart", args=[other.pk])
    client.force_login(cast.cora)
    assert client.post(address, {"link_id": linked.pk, "why": ""}).status_code == 422
    assert client.post(address, {"link_id": linked.pk, "why": "A mistake."}).status_code == 302
    assert client.post(address, {"link_id": linked.pk, "why": "A mistake."}).status_code == 409
    assert client.post(address, {"why": "Which?"}).status_code == 409
    linked.refresh_from_db()
    assert linked.undone_by == cast.cora and opened(linked, "why_undone").why_undone == "A mistake."
    assert opposing(principal) == opposing(other) == []
    for case in (principal, other):
        assert Event.objects.filter(name="cases.family_unlinked", matter_id=case.matter_id).count() == 1
        assert "Own case:" not in page_of(client, cast.cora, case).content.decode()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"person": LINA, "reference": "nothing"}, "A reference has eight signs"),
        ({"person": LINA, "reference": "ZZZZ-ZZZZ"}, "You see no case with this reference."),
        ({"person": "", "reference": "ZZZZ-ZZZZ"}, "Say how they are related."),
        ({"person": "Nobody", "reference": "ZZZZ-ZZZZ"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_linked_is_said_beside_its_field(client, cast, principal, typed, words):
    client.force_login(cast.cora)
    page = client.post(reverse("workspace:family-link", args=[principal.pk]), typed)
    assert page.status_code == 422 and words in page.content.decode()


def test_a_case_is_linked_from_the_page_by_its_reference(client, cast, principal, other):
    client.force_login(cast.cora)
    typed = {"person": "", "related": "sibling", "reference": other.reference.lower().replace("-", " ")}
    answer = client.post(reverse("workspace:family-link", args=[principal.pk]), typed)
    assert answer.status_code == 302
    page = page_of(client, cast.cora, principal)
    (line,) = page.context["page"].family  # she is on the list under the name she gave
    assert line.tie.reference == other.reference and line.tie.role == "Brother or sister"


def test_the_tab_with_links_asks_the_database_for_little(client, cast, linked, principal, statements):
    page_of(client, cast.cora, principal)
    with statements() as asked:
        client.get(reverse("workspace:people", args=[principal.pk]))
    assert len(asked) <= 12


def test_everything_that_listens_takes_a_split_whose_form_has_no_case_yet(
    client, cast, principal, office, now
):
    conflicts.fence(principal.matter_id, user=cast.bea, office_id=office.pk, by=cast.ines, at=now)
    said = {"name": LINA, "role": "spouse", "why": WHY, "by": cast.cora, "at": now}
    link = actions.split_family(principal, **said)
    draft = start_intake(
        office=office, matter_id=link.other_matter_id, language="en", at=now, typed_by=cast.cora
    )
    assert actions.begin_own_form(draft, by=cast.cora, at=now).pk == link.pk
    answer_names()
    deliver_due()
    # He is our client in the one and stands on the other side in the other: held until a person decides.
    assert standing(principal.matter_id) == "possible"
    assert not Delivery.objects.exclude(error="").exists()
