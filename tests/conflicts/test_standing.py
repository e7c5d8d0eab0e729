"""How a matter stands: one row, one rule, whoever acts and however many at once."""

import importlib
import threading
import uuid

import pytest
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.middleware import principal_of
from conflicts import actions
from conflicts.models import CheckStatus, ConflictCheck, ConflictHit, Party, Standing
from conflicts.queries import offer_standing, own_list_hits, standing, standings
from conflicts.rules.standing import Asked, answer_of, follows, standing_of
from foundation.accounts.matters import Matter, part_of
from foundation.database.principal import ANONYMOUS, acting_as, applicant
from foundation.events.models import Event
from foundation.files.erasing import erase_matters
from foundation.vault.keys import make_matter_key, opening_keys
from screening.queries import latest_screening
from tests.conftest import answer_names
from tests.support.relay import deliver_due

HIM = {"full_name": {"given_names": "Yousef", "family_name": "Rahman"}}
TOO = {"full_name": {"given_names": "Yusuf", "family_name": "Rahman"}}
HER = {"full_name": {"given_names": "Rania", "family_name": "Haddad"}}
FEARS_HIM = {"feared_here": {"feared_here": "yes", "feared_name": "Yusuf al-Rahman"}}


def pairs(**where):
    return ConflictHit.objects.exclude(status="superseded").filter(kind="conflict", user=None, **where)


def by_the_rule(matter_id):
    """Work out how a matter stands from its rows, read here as our own job may."""
    ours, theirs = pairs(matter_id=matter_id), pairs(other_matter_id=matter_id, live=True)
    statuses = {one.status for one in (*ours, *theirs)}
    checks = ConflictCheck.objects.filter(matter_id=matter_id, user=None)
    return standing_of(statuses, [Asked(one.kind == "names", one.status, one.unread > 0) for one in checks])


def in_a_thread(work, principal):
    """Run something on a connection of its own, as somebody, until it is over."""

    def run():
        with acting_as(principal), opening_keys():
            work()
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


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


# --- two at once -------------------------------------------------------------------------------------


def test_two_decisions_at_once_leave_no_stale_row(make_case, cast, now):
    make_case(**HIM)
    make_case(**TOO)
    her = make_case(**HER, **FEARS_HIM)
    one, other = pairs(matter_id=her.matter_id)
    decide = {"confirmed": False, "reason": "Not him.", "by": cast.cora, "at": now}
    with transaction.atomic():
        actions.decide_hit(one, **decide)
        second = in_a_thread(lambda: actions.decide_hit(other, **decide), principal_of(cast.cora))
        second.join(1)
        assert second.is_alive()  # it waits for the row
    second.join(20)
    assert not second.is_alive()
    assert standing(her.matter_id) == by_the_rule(her.matter_id) == "clear"


def test_a_question_asked_while_an_answer_is_written_is_not_lost(make_case, cast, now):
    case = make_case(**HER)
    with transaction.atomic():
        actions.matter_opened(case.matter, by="system:test", at=now)
        asked = in_a_thread(
            lambda: actions.ask_again(case.matter, kind="demand", by=cast.cora, at=now),
            principal_of(cast.cora),
        )
        asked.join(1)
        assert asked.is_alive()
    asked.join(20)
    assert standing(case.matter_id) == "pending"


def test_an_offer_and_an_answer_at_once_do_not_pass_each_other(triaged, make_case, cast, now):
    from referrals.actions import offer_referral, refer_case
    from referrals.models import Offer

    make_case(**HIM)
    referral = refer_case(triaged, queue=cast.office.queues.get(), by=cast.cora, at=now)
    with acting_as(principal_of(cast.cora)), transaction.atomic():
        offer = offer_referral(referral, practitioner=cast.panel, by=cast.cora, at=now)
        feared = {"role": "feared", "name": "Yusuf al-Rahman", "by": cast.cora, "at": now}
        other = in_a_thread(lambda: actions.add_party(triaged.matter, **feared), principal_of(cast.cora))
        other.join(1)
        assert other.is_alive()
    other.join(20)
    answer_names()
    deliver_due()
    assert Offer.objects.get(pk=offer.pk).status == "rescinded"


def test_an_offer_is_not_accepted_while_its_names_are_not_clear(offer, cast, now):
    from referrals.actions import NamesNotClear, accept_offer, show_names

    show_names(offer, by=cast.ade, at=now)
    actions.add_party(offer.matter, role="family", name="Lina Canary", by=cast.cora, at=now)
    with pytest.raises(NamesNotClear), acting_as(principal_of(cast.ade)), transaction.atomic():
        accept_offer(offer, no_conflict=True, by=cast.ade, at=now)
    answer_names()
    with acting_as(principal_of(cast.ade)), transaction.atomic():
        accept_offer(offer, no_conflict=True, by=cast.ade, at=now)


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
    make_case(full_name={"given_names": "", "family_name": "😀😀"})
    make_draft()
    actions.ask_again(her.matter, kind="demand", by=cast.cora, at=now)
    before = dict(Standing.objects.values_list("matter_id", "state"))
    assert set(before.values()) >= {"possible", "unread"}
    Standing.objects.all().delete()
    then = MigrationLoader(None).project_state(("conflicts", "0004_fill_standing")).apps
    importlib.import_module("conflicts.migrations.0004_fill_standing").fill(then, None)
    assert dict(Standing.objects.values_list("matter_id", "state")) == before


# --- whatever happens ----------------------------------------------------------------------------------


NAMES = ["Yusuf Rahman", "Yousef al-Rahman", "Rania Haddad", "Dmitri Sokolov", "😀"]


class World:
    """Three matters of one office, and what can happen to their names."""

    def __init__(self, cast, now):
        self.cast, self.now = cast, now
        self.matter_ids = [uuid.uuid4() for _n in range(3)]
        for matter_id in self.matter_ids:
            make_matter_key(matter_id, office_id=cast.office.pk)

    def matter(self, n):
        return Matter(self.matter_ids[n], self.cast.office.pk)

    def says(self, n, name, *, live):
        kind = "submitted" if live else "names"
        named = [actions.Named("applicant", "applicant", NAMES[name])]
        actions.note_applicant(self.matter(n), named, live=live, kind=kind, at=self.now)

    def fears(self, n, name):
        one = actions.Named(f"feared:{name}", "feared", NAMES[name])
        with transaction.atomic():
            written = actions.write_parties(self.matter(n), [one], by_applicant=False, live=True, at=self.now)
            actions.ask(self.matter(n), written, kind="added", by=self.cast.cora, at=self.now)

    def takes_off(self, n):
        party = Party.objects.filter(
            matter_id=self.matter_ids[n], by_applicant=False, removed_at=None
        ).first()
        if party:
            actions.remove_party(party, by=self.cast.cora, at=self.now)

    def decides(self, confirmed):
        hit = pairs(status="open").first()
        if hit:
            actions.decide_hit(hit, confirmed=confirmed, reason="Seen.", by=self.cast.cora, at=self.now)

    def reads(self, confirmed):
        check = ConflictCheck.objects.filter(status="possible", unread__gt=0).first()
        if check:
            actions.decide_unread(check, confirmed=confirmed, reason="Seen.", by=self.cast.cora, at=self.now)

    def erases(self, n):
        with transaction.atomic():
            actions.keep_stub(self.matter(n), at=self.now)
            erase_matters([self.matter_ids[n]])
        self.matter_ids[n] = uuid.uuid4()
        make_matter_key(self.matter_ids[n], office_id=self.cast.office.pk)

    def step(self, what, n, name, yes):
        {
            "drafts": lambda: self.says(n, name, live=False),
            "sends": lambda: self.says(n, name, live=True),
            "fears": lambda: self.fears(n, name),
            "takes off": lambda: self.takes_off(n),
            "answers": answer_names,
            "decides": lambda: self.decides(yes),
            "reads": lambda: self.reads(yes),
            "opens": lambda: actions.matter_opened(self.matter(n), by="system:test", at=self.now),
            "erases": lambda: self.erases(n),
        }[what]()


STEPS = [
    "drafts",
    "sends",
    "fears",
    "fears",
    "takes off",
    "answers",
    "answers",
    "decides",
    "reads",
    "opens",
    "erases",
]


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.tuples(st.sampled_from(STEPS), st.integers(0, 2), st.integers(0, 4), st.booleans()),
        min_size=6,
        max_size=12,
    )
)
def test_after_whatever_happens_the_row_says_what_the_rule_says(cast, now, steps):
    world = World(cast, now)
    for step in steps:
        world.step(*step)
        for matter_id, state in Standing.objects.values_list("matter_id", "state"):
            assert state == by_the_rule(matter_id), (step, matter_id)


def test_every_change_of_a_row_is_on_the_ledger_under_its_matter(make_case):
    him = make_case(**HIM)
    make_case(**HER, **FEARS_HIM)
    changes = Event.objects.filter(name="conflicts.standing_changed", matter_id=him.matter_id).order_by("at")
    assert [one.data for one in changes] == [
        {"from": "pending", "to": "clear"},
        {"from": "clear", "to": "possible"},
    ]
