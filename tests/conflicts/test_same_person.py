"""One person who asks twice: found by name, A-Number, phone or e-mail; and found by whoever searches."""

import pytest
from django.urls import reverse

from conflicts import actions
from conflicts.models import ANumber, ConflictHit
from conflicts.queries import explained
from conflicts.rules.a_numbers import is_a_number
from foundation.accounts.matters import office_matter
from foundation.events.models import Event
from intake.naming import names_in
from tests.conftest import answer_names, opened
from tests.support.answers import on_pages
from tests.support.relay import deliver_due

BOTH = {"channels": ["call", "email"]}

AMINA = {"given_names": "Amina", "family_name": "Canary", "a_number": "A 012-345-678"}
OTHER = {"given_names": "Wilhelmina", "family_name": "Oosterhuis", "a_number": "a12345678"}
HER_CONTACT = {"phone": "+1 212 555 0188", "email": "Mina@Test.example"}


def why(case):
    """Return what the one likely duplicate of a case rests on: numbers shared, and whether names match."""
    hit = ConflictHit.objects.get(kind="duplicate", status="open", matter_id=case.matter_id)
    reasons = opened(hit, "reasons").reasons
    return reasons.get("contact", []), "reasons" in reasons


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("A123456789", True),
        ("a 012-345-678", True),
        ("1234567", True),
        ("123456", False),
        ("A1234567890", False),
        ("٠١٢٣٤٥٦٧٨", True),
        ("A# 12 345 678", True),
        ("B12345678", False),
        ("A12345678x", False),
        ("", False),
        ("1" * 10_000, False),
    ],
)
def test_what_is_written_like_an_a_number(text, is_one):
    assert is_a_number(text) is is_one


def test_the_same_a_number_under_another_name_and_contact(make_case):
    make_case(**on_pages(AMINA))
    second = make_case(**on_pages(OTHER, HER_CONTACT, BOTH))
    assert why(second) == (["a_number"], False)


def test_the_same_phone_or_e_mail_under_another_name(make_case):
    her_way = {"phone": "+12125550188", "email": "x@test.example"}
    make_case(**on_pages(AMINA | {"a_number": ""}, her_way, BOTH))
    by_phone = make_case(
        **on_pages(OTHER | {"a_number": ""}, {"phone": "+1 (212) 555-0188", "email": ""}, BOTH)
    )
    assert why(by_phone) == (["phone"], False)
    third = {"given_names": "Noor", "family_name": "Jahan"}
    by_email = make_case(**on_pages(third, {"phone": "", "email": " X@TEST.example"}, BOTH))
    assert why(by_email) == (["email"], False)


def test_whatever_is_found_first_the_other_reasons_are_said_too(make_case, make_draft, now):
    from cases.actions import open_case
    from intake.actions import submit_intake
    from intake.models import Intake

    make_case(**on_pages(AMINA))
    names_first = make_case(**on_pages(AMINA))
    assert why(names_first)[1] and set(why(names_first)[0]) == {"a_number", "email"}
    draft = make_draft(**on_pages(AMINA | {"a_number": ""}, {"email": "amina@test.example"}, BOTH))
    ConflictHit.objects.all().delete()
    submit_intake(draft, at=now)
    contact_first = open_case(Intake.objects.get(pk=draft.pk), by="system:test", at=now)
    answer_names()
    hits = ConflictHit.objects.filter(kind="duplicate", matter_id=contact_first.matter_id)
    found = explained(list(hits), purpose="test")
    assert len(found) == 2 and all(one.parts and one.same_contact for one in found)


def test_every_likely_duplicate_is_on_the_ledger(make_case):
    first = make_case(**on_pages(AMINA))
    second = make_case(**on_pages(OTHER, HER_CONTACT, BOTH))
    found = Event.objects.get(name="conflicts.hit_found", matter_id=second.matter_id)
    assert found.data == {"kind": "duplicate", "other_file": str(first.matter_id)}


def test_another_offices_number_is_no_duplicate(case, cast, now):
    actions.note_a_number(office_matter(cast.other), AMINA["a_number"], by="system:test", at=now)
    actions.note_a_number(case.matter, AMINA["a_number"], by="system:test", at=now)
    deliver_due()
    assert not ConflictHit.objects.exists()


def test_a_caseworker_writes_the_number_down_and_duplicates_are_found(client, case, make_case, cast):
    second = make_case(**on_pages(OTHER | {"a_number": ""}, HER_CONTACT, BOTH))
    noor = {"given_names": "Noor", "family_name": "Jahan", "a_number": "A12345678"}
    make_case(**on_pages(noor, {"email": "n@t.io"}, BOTH))
    client.force_login(cast.cora)
    deliver_due()
    url = reverse("workspace:a-number", args=[second.pk])
    client.post(url, {"a_number": "A123"})
    assert not ANumber.objects.filter(matter_id=second.matter_id).exists()
    client.post(url, {"a_number": "A 012 345 678"})
    deliver_due()
    assert why(second) == (["a_number"], False)
    page = client.get(reverse("workspace:summary", args=[second.pk])).content.decode()
    assert "A ••• ••• 678" in page and "012345678" not in page
    client.post(url, {"a_number": "A 099 999 999"})
    assert opened(ANumber.objects.get(matter_id=second.matter_id), "number").number == "099999999"
    for user in (cast.otto, cast.ade, cast.ines):
        client.force_login(user)
        assert client.post(url, {"a_number": "A 011 111 111"}).status_code in (403, 404)


def test_a_number_that_is_none_is_left_in_the_answers(make_case):
    case = make_case(**on_pages(AMINA | {"a_number": "I lost it"}))
    assert not ANumber.objects.filter(matter_id=case.matter_id).exists()
    assert [one.name for one in names_in(AMINA)] == ["Amina Canary"]


@pytest.mark.parametrize("typed", ["A012345678", "a 12-345-678", "012345678", "A# 012 345 678", "٠١٢٣٤٥٦٧٨"])
@pytest.mark.parametrize(("who", "found"), [("cora", True), ("ines", True), ("otto", False), ("ade", False)])
def test_search_finds_a_person_by_a_number(client, make_case, cast, typed, who, found):
    case = make_case(**on_pages(AMINA))
    client.force_login(getattr(cast, who))
    answer = client.post(reverse("workspace:search"), {"q": typed}, follow=True)
    assert (case.reference in answer.content.decode()) is found


@pytest.mark.parametrize("form", ["locator", "whole", "spaced", "arabic"])
def test_search_finds_a_person_by_their_receipt(client, make_draft, cast, now, form):
    from cases.actions import open_case
    from intake.actions import submit_intake
    from intake.models import Intake

    draft = make_draft()
    receipt = submit_intake(draft, at=now)
    answer_names()
    case = open_case(Intake.objects.get(pk=draft.pk), by="system:test", at=now)
    whole = receipt.locator + receipt.secret
    typed = {
        "locator": receipt.locator,
        "whole": whole,
        "spaced": " ".join(whole[n : n + 4] for n in range(0, 24, 4)),
        "arabic": receipt.locator.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")),
    }[form]
    client.force_login(cast.cora)
    answer = client.post(reverse("workspace:search"), {"q": typed}, follow=True)
    assert case.reference in answer.content.decode()


def test_a_number_given_with_the_receipt_finds_the_other_request(make_case, now):
    from intake.actions import save_answers

    make_case(**on_pages(AMINA))
    name_alone = {name: value for name, value in OTHER.items() if name != "a_number"}
    second = make_case(**on_pages(name_alone, {"phone": "", "email": "w@test.example"}))
    deliver_due()
    assert not ConflictHit.objects.exists()
    save_answers(second.intake, page="born", values={"a_number": "012345678"}, at=now)
    deliver_due()
    assert why(second) == (["a_number"], False)
