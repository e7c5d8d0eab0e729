"""A matter's row says what the rule says: however many act at once, and whatever happens."""

import uuid

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.middleware import principal_of
from conflicts import actions
from conflicts.models import ConflictCheck, Party, Standing
from conflicts.queries import standing
from foundation.accounts.matters import Matter
from foundation.database.principal import acting_as
from foundation.events.models import Event
from foundation.files.erasing import erase_matters
from foundation.vault.keys import make_matter_key
from tests.conftest import answer_names
from tests.support.relay import deliver_due
from tests.support.standing import FEARS_HIM, HER, HIM, TOO, by_the_rule, in_a_thread, pairs

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
            lambda: actions.check_again(case.matter, kind="demand", by=cast.cora, at=now),
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
            actions.start_check(self.matter(n), written, kind="added", by=self.cast.cora, at=self.now)

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
