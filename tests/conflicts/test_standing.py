"""How a matter stands: one row, one rule, whoever acts and however many at once."""

import importlib
import uuid

import pytest
from django.db import transaction
from django.db.migrations.loader import MigrationLoader

from config.middleware import principal_of
from conflicts import actions
from conflicts.models import CheckStatus, ConflictCheck, ConflictHit, Party, Standing
from conflicts.queries import offer_standing, own_list_hits, standing, standings
from conflicts.rules.standing import Asked, answer_of, follows, standing_of
from foundation.accounts.matters import Matter, part_of
from foundation.database.principal import ANONYMOUS, acting_as, applicant
from foundation.files.erasing import erase_matters
from foundation.vault.keys import make_matter_key
from screening.queries import latest_screening
from tests.conftest import answer_names
from tests.support.relay import deliver_due
from tests.support.standing import FEARS_HIM, HER, HIM, TOO, by_the_rule, pairs

# --- the rule ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statuses", "checks", "stands"),
    [
        ((), (), "pending"),
        ((), (("added", "pending", 0),), "pending"),
        ((), (("added", "clear", 0),), "clear"),
        ((), (("added", "clear", 0), ("added", "pending", 0)), "pending"),
        ((), (("names", "clear", 0), ("submitted", "pending", 0)), "pending"),
        ((), (("names", "pending", 0), ("submitted", "clear", 0)), "clear"),
        ((), (("names", "possible", 1), ("submitted", "clear", 0)), "clear"),
        ((), (("added", "possible", 1),), "unread"),
        ((), (("added", "possible", 1), ("added", "pending", 0)), "pending"),
        ((), (("added", "decided_conflict", 1), ("added", "pending", 0)), "confirmed"),
        ((), (("added", "decided_clear", 1),), "clear"),
        (("open",), (("added", "pending", 0),), "possible"),
        (("open", "confirmed"), (("added", "clear", 0),), "confirmed"),
        (("clear",), (("added", "decided_clear", 0),), "clear"),
    ],
)
def test_the_rule(statuses, checks, stands):
    assert (
        standing_of(statuses, [Asked(kind == "names", status, n > 0) for kind, status, n in checks]) == stands
    )


@pytest.mark.parametrize(
    ("statuses", "unread", "answer", "then"),
    [
        ((), False, "clear", "decided_clear"),
        ((), True, "possible", None),
        (("clear",), False, "decided_clear", "decided_clear"),
        (("open", "clear"), False, "possible", None),
        (("confirmed",), True, "decided_conflict", "decided_conflict"),
    ],
)
def test_what_a_check_answers_and_becomes(statuses, unread, answer, then):
    assert answer_of(statuses, unread=unread) == answer
    assert follows(statuses, unread=unread) == then


# --- who reads it ------------------------------------------------------------------------------------


def test_a_matter_without_a_row_is_pending(db):
    nobody = uuid.uuid4()
    assert standing(nobody) == "pending"
    assert standings([nobody]) == {nobody: "pending"}


def test_whoever_may_see_the_case_reads_the_row_and_nobody_else(accepted, cast):
    case = accepted.case
    for user in (cast.cora, cast.ines, cast.ade):
        with acting_as(principal_of(user)), transaction.atomic():
            assert standing(case.matter_id) == "clear"
    for principal in (principal_of(cast.otto), principal_of(cast.bea)):
        with acting_as(principal), transaction.atomic():
            assert not Standing.objects.exists()
    for principal in (applicant(case.matter_id), ANONYMOUS):
        with acting_as(principal), transaction.atomic(), pytest.raises(Exception, match="permission denied"):
            list(Standing.objects.all())


def test_a_question_of_the_applicants_own_makes_a_clear_matter_pending(make_case, now):
    case = make_case(**HER)
    assert standing(case.matter_id) == "clear"
    named = actions.applicant_names(given_names="Rania", family_name="Haddad", other_names="Rania Saleh")
    with acting_as(applicant(case.matter_id)), transaction.atomic():
        actions.note_applicant(case.matter, named, live=True, kind="demand", at=now)
    assert standing(case.matter_id) == by_the_rule(case.matter_id) == "pending"
    answer_names()
    assert standing(case.matter_id) == "clear"


def test_a_page_reads_the_row_in_one_query(case, make_case, statements):
    matter_ids = [case.matter_id, *(make_case().matter_id for _n in range(3))]
    with statements() as asked:
        standings(matter_ids)
    assert len(asked) == 1


# --- who is kept off ---------------------------------------------------------------------------------


@pytest.fixture
def two_sides(make_case, cast, now):
    """She fears a man of whom two ask for help; Cora is kept off one of them."""
    him, too = make_case(**HIM), make_case(**TOO)
    her = make_case(**HER, **FEARS_HIM)
    actions.fence(too.matter_id, user=cast.cora, office_id=too.office_id, by=cast.ines, at=now)
    return her, him, too


def test_who_is_kept_off_one_side_clears_nothing_by_seeing_less(two_sides, cast, now):
    her, him, too = two_sides
    with acting_as(principal_of(cast.cora)), transaction.atomic():
        hit = pairs(other_matter_id=him.matter_id).get()
        actions.decide_hit(hit, confirmed=False, reason="Not him.", by=cast.cora, at=now)
    assert standing(him.matter_id) == "clear"
    assert standing(her.matter_id) == standing(too.matter_id) == by_the_rule(her.matter_id) == "possible"
    assert ConflictCheck.objects.get(matter_id=her.matter_id, kind="submitted").status == CheckStatus.POSSIBLE


def test_a_name_taken_off_lets_go_of_the_side_one_is_kept_off_too(two_sides, cast, now):
    her = two_sides[0]
    party = Party.objects.get(pk=part_of(her.matter_id, "party:feared_name:0"))
    Party.objects.filter(pk=party.pk).update(by_applicant=False)
    party.refresh_from_db()
    with acting_as(principal_of(cast.cora)), transaction.atomic():
        actions.remove_party(party, by=cast.cora, at=now)
    answer_names()
    assert {standing(one.matter_id) for one in two_sides} == {"clear"}
    deliver_due()
    assert {latest_screening(one.intake).outcome for one in two_sides} == {"ELIGIBLE_FOR_REVIEW"}


# --- what could not be read --------------------------------------------------------------------------


def test_more_words_than_are_read_wait_for_a_person(case, cast, now):
    name = " ".join(f"Anna{letter}" for letter in "abcdefghijklmnopqrs")
    actions.add_party(case.matter, role="family", name=name, by=cast.cora, at=now)
    answer_names()
    assert standing(case.matter_id) == "unread"


def test_more_namesakes_than_are_looked_at_wait_for_a_person(case, cast, now):
    matter = Matter(uuid.uuid4(), case.office_id)
    make_matter_key(matter.id, office_id=case.office_id)
    many = [actions.Named(f"n{n}", "feared", "Mohammed Ali") for n in range(300)]
    actions.write_parties(matter, many, by_applicant=False, live=True, at=now)
    actions.add_party(case.matter, role="feared", name="Mohammed Ali", by=cast.cora, at=now)
    answer_names()
    assert standing(case.matter_id) == "unread"
    assert not pairs(matter_id=case.matter_id).exists()


def test_a_conflict_beyond_the_fifty_likeliest_is_written_down(case, cast, now):
    matter = Matter(uuid.uuid4(), case.office_id)
    make_matter_key(matter.id, office_id=case.office_id)
    many = [actions.Named(f"n{n}", "applicant", "Mohammed Ali", "1990-01-01") for n in range(60)]
    many += [actions.Named("him", "feared", "Mohammed Ali")]
    actions.write_parties(matter, many, by_applicant=False, live=True, at=now)
    named = [actions.Named("applicant", "applicant", "Mohammed Ali", "1990-01-01")]
    actions.note_applicant(case.matter, named, live=True, kind="demand", at=now)
    answer_names()
    assert pairs(matter_id=case.matter_id).count() == 1
    assert ConflictHit.objects.filter(kind="duplicate", matter_id=case.matter_id).count() == 50
    assert standing(case.matter_id) == "possible"


# --- a name changes, a matter goes -----------------------------------------------------------------------


def test_a_confirmed_conflict_ends_with_the_name_it_rested_on_and_stays_readable(make_case, cast, now):
    him = make_case(**HIM)
    her = make_case(**HER, **FEARS_HIM)
    hit = pairs().get()
    actions.decide_hit(hit, confirmed=True, reason="The same man.", by=cast.cora, at=now)
    assert standing(him.matter_id) == standing(her.matter_id) == "confirmed"
    named = [actions.Named("applicant", "applicant", "Dmitri Sokolov")]
    actions.note_applicant(him.matter, named, live=True, kind="demand", at=now)
    assert standing(him.matter_id) == "confirmed"  # until the new name was compared
    answer_names()
    assert standing(him.matter_id) == standing(her.matter_id) == "clear"
    hit.refresh_from_db()
    assert (hit.status, hit.decided_by_id) == ("superseded", cast.cora.pk)


def test_the_other_side_of_an_erased_matter_is_compared_with_the_names_that_are_kept(make_case, cast, now):
    him = make_case(**HIM)
    her = make_case(**HER, **FEARS_HIM)
    actions.decide_hit(pairs().get(), confirmed=True, reason="The same man.", by=cast.cora, at=now)
    with transaction.atomic():
        actions.keep_stub(her.matter, at=now)
        erase_matters([her.matter_id])
    assert standing(him.matter_id) == by_the_rule(him.matter_id) == "pending"
    answer_names()
    assert standing(him.matter_id) == "possible"
    assert not Standing.objects.filter(matter_id=her.matter_id).exists()


def test_erasing_a_matter_lets_go_of_the_other_side(make_case):
    him = make_case(**HIM)
    her = make_case(**HER, **FEARS_HIM)
    assert standing(him.matter_id) == "possible"
    erase_matters([her.matter_id])
    assert standing(him.matter_id) == by_the_rule(him.matter_id) == "clear"


def test_a_name_taken_off_ones_own_list_holds_up_nothing(offer, cast, now):
    actions.keep_own_list(["Amina Canary Surname"], by=cast.ade, at=now)
    deliver_due()
    answer_names()
    assert offer_standing(offer.matter_id, user=cast.ade) == "possible"
    with acting_as(principal_of(cast.ade)), transaction.atomic():
        actions.leave_own_list(Party.objects.get(user=cast.ade).pk, by=cast.ade, at=now)
    assert offer_standing(offer.matter_id, user=cast.ade) == "clear"
    assert own_list_hits(offer.matter_id, user=cast.ade) == []


# --- what was there before -----------------------------------------------------------------------------


def test_the_migration_writes_the_same_rows(make_case, make_draft, cast, now):
    make_case(**HIM)
    her = make_case(**HER, **FEARS_HIM)
    make_case(name={"given_names": "", "family_name": "😀😀"})
    make_draft()
    actions.check_again(her.matter, kind="demand", by=cast.cora, at=now)
    before = dict(Standing.objects.values_list("matter_id", "state"))
    assert set(before.values()) >= {"possible", "unread"}
    Standing.objects.all().delete()
    then = MigrationLoader(None).project_state(("conflicts", "0004_fill_standing")).apps
    importlib.import_module("conflicts.migrations.0004_fill_standing").fill(then, None)
    assert dict(Standing.objects.values_list("matter_id", "state")) == before
