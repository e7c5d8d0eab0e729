"""Sealed values: moved, changed, cut or without a key they fail clearly, for that field, on record."""

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.exceptions import FieldError
from hypothesis import given
from hypothesis import strategies as st

from foundation.events.models import AccessRecord
from foundation.vault import envelope
from foundation.vault.fields import Sealed
from foundation.vault.keys import NoKey, VaultError, shred
from foundation.vault.opening import open_many, open_one
from intake.models import Answer, Applicant
from notifications.queries import reach_of

KEY = AESGCM(b"k" * 32)


@given(st.binary(max_size=500))
def test_what_is_sealed_opens_again(plain):
    sealed = envelope.seal(plain, key=KEY, place=b"here")
    assert envelope.unseal(sealed, key=KEY, place=b"here") == plain


@given(st.binary(max_size=80), st.data())
def test_a_flipped_bit_does_not_open(plain, data):
    sealed = bytearray(envelope.seal(plain, key=KEY, place=b"here"))
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(VaultError):
        envelope.unseal(bytes(sealed), key=KEY, place=b"here")


@given(st.binary(max_size=80), st.data())
def test_a_cut_value_does_not_open(plain, data):
    sealed = envelope.seal(plain, key=KEY, place=b"here")
    with pytest.raises(VaultError):
        envelope.unseal(sealed[: data.draw(st.integers(0, len(sealed) - 1))], key=KEY, place=b"here")


def test_another_place_or_key_does_not_open():
    sealed = envelope.seal(b"Amina", key=KEY, place=b"here")
    for key, place in ((KEY, b"there"), (AESGCM(b"x" * 32), b"here")):
        with pytest.raises(VaultError):
            envelope.unseal(sealed, key=key, place=place)


def test_padding_hides_how_long_a_name_is():
    sizes = {len(envelope.seal(b"x" * n, key=KEY, place=b"here")) for n in range(1, 31)}
    assert len(sizes) == 1


MOVES = {
    "to another column": "update intake_applicant set family_name = given_names",
    "to another row": "update intake_answer a set value = b.value from intake_answer b"
    " where a.page = 'name' and b.page = 'born' and a.file_id = b.file_id",
    "to another matter": "update intake_applicant a set given_names = b.given_names from intake_applicant b"
    " where a.id <> b.id",
}


@pytest.mark.parametrize("move", MOVES)
def test_a_value_moved_elsewhere_does_not_open(case, make_case, tamper, move):
    make_case()
    assert tamper(MOVES[move])
    record = Answer.objects.get(matter_id=case.matter_id, page="name") if "row" in move else None
    record = record or Applicant.objects.get(pk=case.applicant_id)
    fields = ["value"] if isinstance(record, Answer) else ["given_names", "family_name"]
    with pytest.raises(VaultError) as failure:
        open_one(record, *fields, purpose="test")
    assert "Amina" not in str(failure.value)
    assert AccessRecord.objects.filter(action="broken", matter_id=case.matter_id).exists()


def test_one_broken_record_opens_nothing_of_the_page(make_case, tamper):
    cases = [make_case() for _n in range(3)]
    tamper("update intake_applicant set given_names = family_name where id = %s", cases[1].applicant_id)
    people = [Applicant.objects.get(pk=case.applicant_id) for case in cases]
    with pytest.raises(VaultError):
        open_many(people, "given_names", purpose="test")


def test_without_its_key_a_matter_stays_shut(case):
    shred([case.matter_id])
    with pytest.raises(NoKey):
        open_one(case.applicant, "given_names", purpose="test")


def test_a_matter_that_cannot_be_opened_is_a_clear_page_and_no_crash(case, cast, client, tamper):
    tamper("update keys.case_key_wrap set wrapped = wrapped || 'x'::bytea where file_id = %s", case.matter_id)
    client.force_login(cast.cora)
    page = client.get(case.get_absolute_url())
    assert page.status_code == 503
    assert "cannot be opened" in page.content.decode()
    assert client.get("/health/ready").status_code == 200


def test_a_sealed_value_shows_nothing_by_itself(case):
    value = Applicant.objects.get(pk=case.applicant_id).given_names
    assert isinstance(value, Sealed)
    assert "Amina" not in f"{value} {value!r}"
    with pytest.raises(VaultError):
        bool(value)


def test_a_sealed_field_is_neither_filtered_nor_bulk_updated(case):
    with pytest.raises(FieldError):
        list(Applicant.objects.filter(given_names="Amina"))
    with pytest.raises(FieldError):
        list(Applicant.objects.filter(given_names__contains="Am"))
    with pytest.raises(FieldError):
        Applicant.objects.update(given_names="Amina")


def test_a_reading_is_recorded_before_anything_opens(case, monkeypatch):
    from foundation.vault import opening

    def refuse(*args, **kwargs):
        raise ConnectionError("the ledger is down")

    monkeypatch.setattr(opening, "record_access", refuse)
    with pytest.raises(ConnectionError):
        open_one(case.applicant, "given_names", purpose="test")


def test_a_page_of_fifty_is_one_record_and_one_key_query(make_case, statements, django_assert_num_queries):
    people = [make_case().applicant for _n in range(3)]
    from foundation.vault.keys import opening_keys

    before = AccessRecord.objects.count()
    with opening_keys(), statements() as asked:
        opened = open_many(people, "given_names", "family_name", purpose="queue")
    assert {one.given_names for one in opened.values()} == {"Amina"}
    assert sum("case_key_wrap" in sql for sql in asked) == 1
    assert AccessRecord.objects.count() == before + 1
    record = AccessRecord.objects.first()
    assert (record.group, record.count, record.purpose) == ("identity", 3, "queue")
    assert "Amina" not in str(vars(record))


def test_fields_of_two_groups_are_never_opened_at_once(case):
    reach = reach_of(case.matter_id)
    with pytest.raises(ValueError, match="no sealed field"):
        open_one(reach, "given_names", purpose="test")
    from evidence.models import Citation
    from foundation.vault.opening import _one_group

    with pytest.raises(ValueError, match="several groups"):
        _one_group([Applicant._meta.get_field("given_names"), Citation._meta.get_field("note")])


def test_a_refused_request_leaves_its_record(case, cast, client):
    client.force_login(cast.otto)
    assert client.get(case.get_absolute_url()).status_code == 404
    record = AccessRecord.objects.get(action="denied")
    assert (record.actor, record.subject_id) == (f"user:{cast.otto.pk}", str(case.pk))
