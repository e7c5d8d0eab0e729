"""Who sees and changes what, by the database alone; what a stolen copy tells; what a prober learns."""

import re
from collections import Counter

import psycopg
import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse

from cases.access import visible_to
from cases.models import Case
from config.middleware import principal_of
from conflicts import actions
from conflicts.models import ConflictCheck, ConflictHit, NameSearch, Party, RingFence, SamePerson
from conflicts.queries import names_of, own_list
from foundation.accounts.matters import office_matter
from foundation.database.principal import ANONYMOUS, NAMES_WORKER, SIGN_IN, acting_as, applicant
from foundation.devstack.template import url_of
from foundation.events.models import AccessRecord, Event
from intake.work import LINE
from tests.conftest import answer_names
from tests.intake.conftest import begin
from tests.support.answers import number_of

TABLES = [Party, ConflictCheck, ConflictHit, RingFence, SamePerson, NameSearch]


def seen(principal):
    """Return how many rows of each table a principal sees; None where it may not look."""
    found = {}
    for model in TABLES:
        with acting_as(principal), transaction.atomic():
            try:
                with transaction.atomic():
                    found[model.__name__] = model._base_manager.count()
            except ProgrammingError:
                found[model.__name__] = None
    return found


@pytest.fixture
def world(case, make_case, cast, now):
    """Amina fears Yusuf, who asks for help too; Ade keeps a list; a matter is put with another, and apart."""
    actions.add_party(case.matter, role="feared", name="Yusuf Rahman", by=cast.cora, at=now)
    actions.keep_own_list(["Amina Canary"], by=cast.ade, at=now)
    answer_names()
    other = make_case(name={"given_names": "Yousef", "family_name": "Rahman"})
    actions.fence(other.matter_id, user=cast.bea, office_id=other.office_id, by=cast.cora, at=now)
    return case, other


def test_nobody_in_particular_sees_nothing_of_names(world):
    for principal in (ANONYMOUS, SIGN_IN):
        assert not any(seen(principal).values())


def test_an_applicant_writes_names_and_reads_no_result(world):
    case, _other = world
    found = seen(applicant(case.matter_id))
    assert found["Party"] == 1  # their own, not whom staff wrote down
    for table in ("ConflictCheck", "ConflictHit", "RingFence", "NameSearch", "SamePerson"):
        assert found[table] is None or found[table] == 0
    with acting_as(applicant(case.matter_id)), pytest.raises(ProgrammingError), transaction.atomic():
        list(ConflictCheck.objects.values_list("status"))


def test_the_offices_staff_see_their_own_and_another_office_nothing(world, cast):
    assert seen(principal_of(cast.cora))["ConflictHit"] >= 1
    assert seen(principal_of(cast.cora))["Party"] == 3  # not what stands on Ade's list
    assert not any(seen(principal_of(cast.otto)).values())


def test_an_administrator_reads_and_changes_nothing(world, cast):
    with acting_as(principal_of(cast.ines)), pytest.raises(ProgrammingError), transaction.atomic():
        ConflictHit.objects.update(score=0)


def test_a_practitioner_sees_their_own_list_and_no_other(world, cast):
    assert seen(principal_of(cast.ade)) | {"NameSearch": None} == {
        "Party": 1,
        "ConflictCheck": 0,
        "ConflictHit": 0,
        "RingFence": 0,
        "SamePerson": None,
        "NameSearch": None,
    }
    with acting_as(principal_of(cast.ade)), transaction.atomic():
        assert [one.name for one in own_list(cast.ade)] == ["Amina Canary"]
    assert seen(principal_of(cast.bea))["Party"] == 0


def test_a_caseworker_holds_no_key_to_someones_own_list_but_by_its_office(world, cast):
    party = Party.objects.get(user=cast.ade)
    with acting_as(principal_of(cast.cora)), transaction.atomic():
        assert not Party.objects.filter(pk=party.pk).exists()


def test_the_names_worker_reads_names_and_no_answers(world):
    with acting_as(NAMES_WORKER), transaction.atomic():
        assert Party.objects.count() == 4
    for table in ("intake_answer", "intake_applicant", "cases_case", "cases_note", "accounts_user"):
        with acting_as(NAMES_WORKER), pytest.raises(ProgrammingError), transaction.atomic():
            from django.db import connection

            with connection.cursor() as cursor:
                cursor.execute(f"SELECT 1 FROM {table}")
    with acting_as(NAMES_WORKER), pytest.raises(ProgrammingError), transaction.atomic():
        Party.objects.update(live=False)


def test_every_batch_the_worker_reads_is_on_record(world):
    before = AccessRecord.objects.filter(purpose="names worker", role="names").count()
    answer_names()
    records = AccessRecord.objects.filter(purpose="names worker", role="names")
    assert records.count() == before + 1
    assert records.first().count == 4


# --- the ring-fence --------------------------------------------------------------------------------


def test_a_ring_fence_hides_a_matter_from_the_program_and_from_the_database(world, cast, now):
    case, other = world
    actions.fence(other.matter_id, user=cast.cora, office_id=other.office_id, by=cast.ines, at=now)
    assert set(visible_to(cast.cora)) == {case}
    principal = principal_of(cast.cora)
    with acting_as(principal), transaction.atomic():
        assert set(Case._base_manager.all()) == {case}
        assert not Party.objects.filter(matter_id=other.matter_id).exists()
        assert not ConflictHit.objects.filter(matter_id=other.matter_id).exists()
        assert not ConflictHit.objects.filter(other_matter_id=other.matter_id).exists()
        assert not Event.objects.filter(matter_id=other.matter_id).exists()
        assert Event.objects.filter(matter_id=case.matter_id).exists()
        assert Event.objects.filter(matter_id=None).count() == 0
    from foundation.vault.keys import opening_keys, wrapped_keys

    with acting_as(principal), opening_keys(), transaction.atomic():
        assert set(wrapped_keys([case.matter_id, other.matter_id])) == {case.matter_id}
    actions.lift_fence(other.matter_id, user=cast.cora, office_id=other.office_id, by=cast.ines, at=now)
    with acting_as(principal), transaction.atomic():
        assert Case._base_manager.count() == 2


def test_nobody_lifts_their_own_fence_in_the_database_either(world, cast, now):
    _case, other = world
    actions.fence(other.matter_id, user=cast.cora, office_id=other.office_id, by=cast.ines, at=now)
    with acting_as(principal_of(cast.cora)), pytest.raises(ProgrammingError), transaction.atomic():
        RingFence.objects.filter(user=cast.cora).update(lifted_at=now)


def test_a_grant_does_not_hold_against_a_fence(accepted, cast, now):
    principal = principal_of(cast.ade)
    with acting_as(principal), transaction.atomic():
        assert Case._base_manager.exists()
    actions.fence(accepted.matter_id, user=cast.ade, office_id=cast.office.pk, by=cast.cora, at=now)
    with acting_as(principal), transaction.atomic():
        assert not Case._base_manager.exists()
    assert not visible_to(cast.ade).exists()


# --- stolen tables ---------------------------------------------------------------------------------


def test_stolen_tables_tell_nothing_of_names_or_how_common_they_are(db, cast, office, now):
    common = [actions.Named(f"n{n}", "family", "Mohammed Ali", "1990-01-01", "SY") for n in range(20)]
    rare = [actions.Named(f"r{n}", "family", f"Zybralint{'x' * n} Qumri", "1990", "") for n in range(20)]
    actions.write_parties(office_matter(office), [*common, *rare], by_applicant=False, live=True, at=now)
    with psycopg.connect(url_of(db)) as thief:
        rows = thief.execute("select * from conflicts_party").fetchall()
        columns = [one.name for one in thief.execute("select * from conflicts_party limit 0").description]
    for name in ("details", "line"):
        place = columns.index(name)
        values = [bytes(row[place]) for row in rows]
        assert len(set(values)) == len(values) == 40
        assert all((len(value) - 29) % 32 == 0 for value in values)  # version, nonce, tag; then whole blocks
        assert len({len(value) for value in values}) <= 3
        assert max(Counter(value[13:29] for value in values).values()) == 1  # no block is there twice
    # Beside the sealed columns nothing differs from name to name but ids, numbers and times.
    plain = [n for n in columns if n not in {"details", "line", "id", "number", "xid", "added_at"}]
    assert len({tuple(row[columns.index(n)] for n in plain) for row in rows}) == 1
    text = repr(rows).casefold()
    for word in ("moham", "zybra", "mhmd", "qumri"):
        assert word not in text


def test_no_index_and_no_column_is_made_of_a_name(db):
    with psycopg.connect(url_of(db)) as thief:
        columns = thief.execute(
            "select table_name || '.' || column_name from information_schema.columns"
            " where table_name like 'conflicts\\_%%'"
            " and data_type in ('text', 'character varying', 'bytea', 'jsonb')"
            " order by 1"
        ).fetchall()
    assert {name for (name,) in columns} == {
        "conflicts_anumber.index",  # of a number, of which everyone has another
        "conflicts_anumber.number",
        "conflicts_conflictcheck.kind",
        "conflicts_conflictcheck.query",
        "conflicts_conflictcheck.reason",
        "conflicts_conflictcheck.status",
        "conflicts_conflicthit.kind",
        "conflicts_conflicthit.reason",
        "conflicts_conflicthit.reasons",
        "conflicts_conflicthit.status",
        "conflicts_namesearch.answer",
        "conflicts_namesearch.query",
        "conflicts_party.details",
        "conflicts_party.line",
        "conflicts_standing.state",
    }


# --- probing ---------------------------------------------------------------------------------------


def walk(client, given, family):
    """Send the names page and read on; return what a prober sees, without what differs by chance."""
    begin(client)
    for key, answer in {
        "where_now": {"in_us": "yes", "custody": "no"},
        "hearing": {"has_court": "no"},
        "refused": {"decision": "no"},
        "due": {"has_letter": "no"},
        "danger": {"danger": "no"},
        "reach": {"channels": ["none"]},
    }.items():
        client.post(reverse("intake:page", args=[number_of(key)]), answer)
    names = {"given_names": given, "family_name": family}
    sent = client.post(reverse("intake:page", args=[number_of("name")]), names)
    answer_names()
    after = client.get(reverse("intake:page", args=[number_of("born")])).content.decode()
    again = client.get(reverse("intake:page", args=[number_of("others_helped")])).content.decode()
    noise = re.compile(r'value="[A-Za-z0-9]{64}"')
    return sent.status_code, sent.headers.get("Location"), noise.sub("", after), noise.sub("", again)


def test_a_prober_sees_the_same_for_a_hit_for_none_and_for_a_worker_that_is_down(world, client, monkeypatch):
    from django.test import Client

    hit = walk(Client(), "Yusuf", "Rahman")
    none = walk(Client(), "Wilhelmina", "Oosterhuis")
    monkeypatch.setattr("tests.conflicts.test_rows.answer_names", LINE.work_off)
    down = walk(Client(), "Yusuf", "Rahman")
    assert hit == none == down
    assert {one.status for one in ConflictCheck.objects.filter(kind="names")} >= {"pending", "clear"}


def test_the_names_of_a_matter_open_for_its_staff(world, cast):
    case, _other = world
    with acting_as(principal_of(cast.cora)), transaction.atomic():
        parties = list(Party.objects.filter(matter_id=case.matter_id).order_by("number"))
        names = [one.name for one in names_of(parties, purpose="test").values()]
    assert names == ["Amina Canary-Surname", "Yusuf Rahman"]
