"""Whatever people do to a case, in whatever order, from pages however old: what is over is over for all.

Hypothesis draws the steps and runs them on the real database, each as the person who takes it.
`INTAKE_EXAMPLES=200` runs more of them than the ordinary run does.
"""

import os
from contextlib import suppress
from datetime import timedelta

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from cases import actions as cases
from cases.access import visible_to
from cases.models import Case, CaseAccess, Closing, SecondLook
from directory.models import Organization
from foundation.accounts.actions import disable_user, enable_user
from foundation.database.principal import Principal, acting_as
from foundation.files.erasing import erase_matters
from foundation.refused import Refused
from intake.actions import note_wish
from intake.models import Intake
from referrals import actions
from referrals.links import RECEIVER, token_for
from referrals.models import Assignment, HandOver, Offer, Referral
from tests.conftest import triage
from tests.support.handing import organization
from tests.support.people import second_agrees
from tests.support.relay import deliver_due

OFTEN = st.sampled_from([True, True, True, False])


def live(case_id):
    """Return what of a case is alive, by kind."""
    return {
        "referral": Referral.objects.filter(case=case_id).exclude(status="returned").first(),
        "offer": Offer.objects.filter(referral__case=case_id, status="open").first(),
        "assignment": Assignment.objects.filter(case=case_id, ended_at=None).first(),
        "hand-over": HandOver.objects.filter(case=case_id, status__in=["asked", "accepted"]).first(),
        "access": list(CaseAccess.objects.filter(case=case_id, revoked_at=None)),
    }


class Lives(RuleBasedStateMachine):
    """One case, and everybody who may touch it."""

    cast = make_case = now = None  # set by the test

    def __init__(self):
        super().__init__()
        made = self.make_case()
        triage(made, by=self.cast.cora, at=self.now)
        self.pk, self.matter_id, self.intake_id = made.pk, made.matter_id, made.intake_id
        self.shut_out = set()
        self.harbor = Organization.objects.first() or organization(
            self.cast.office, by=self.cast.cora, at=self.now
        )
        deliver_due()
        self.look(True)

    def teardown(self):
        for user in (self.cast.ade, self.cast.bea):
            user.refresh_from_db()
            enable_user(user, by=self.cast.ines, at=self.now)
        erase_matters([self.matter_id])

    def look(self, fresh):
        """Read the pages again; whoever does not acts on what they saw before."""
        if fresh:
            self.case = Case.objects.select_related("intake").filter(pk=self.pk).first() or self.case
            offers = Offer.objects.select_related("referral__case", "practitioner")
            self.offer = offers.filter(referral__case=self.pk).order_by("-offered_at").first()
            self.referral = Referral.objects.filter(case=self.pk).order_by("-referred_at").first()
            held = Assignment.objects.select_related("case", "offer__referral")
            self.assignment = held.filter(case=self.pk).order_by("-reserved_at").first()
            asked = HandOver.objects.select_related("case__office").filter(case=self.pk)
            self.handed = asked.order_by("-asked_at", "-pk").first()

    def act(self, user, role, action, thing, **values):
        """Let someone act; an expected no is as good as a yes, anything else is a bug."""
        if thing is None or not Case.objects.filter(pk=self.pk).exists():
            return
        user.refresh_from_db()
        whose = Principal(role, f"user:{user.pk}", user_id=user.pk, office_id=self.cast.office.pk)
        try:
            with acting_as(whose), transaction.atomic():
                action(thing, **values, by=user, at=self.now)
        except Refused:
            pass

    def by_cora(self, action, thing, **values):
        self.act(self.cast.cora, "caseworker", action, thing, **values)

    def by_ade(self, action, thing, **values):
        if self.cast.ade.is_active:
            self.act(self.cast.ade, "attorney", action, thing, **values)

    @rule(fresh=OFTEN)
    def refer(self, fresh):
        self.look(fresh)
        self.by_cora(actions.refer_case, self.case, queue=self.cast.office.queues.get())

    @rule(fresh=OFTEN)
    def untake(self, fresh):
        self.look(fresh)
        self.by_cora(actions.untake_referral, self.referral)

    @rule(fresh=OFTEN)
    def offer_it(self, fresh):
        self.look(fresh)
        self.by_cora(actions.offer_referral, self.referral, practitioner=self.cast.panel)

    @rule(fresh=OFTEN, names=OFTEN)
    def accept(self, fresh, names):
        self.look(fresh)
        if names:
            self.by_ade(actions.show_names, self.offer)
        self.by_ade(actions.accept_offer, self.offer, no_conflict=True)

    @rule(fresh=OFTEN)
    def decline_offer(self, fresh):
        self.look(fresh)
        self.by_ade(actions.decline_offer, self.offer, reason="fit")

    @rule(fresh=OFTEN)
    def rescind(self, fresh):
        self.look(fresh)
        self.by_cora(actions.rescind_offer, self.offer, reason="other")

    @rule()
    def time_runs_out(self):
        actions.expire_offers(at=self.now + timedelta(days=14))
        actions.expire_hand_overs(at=self.now + timedelta(days=14))

    @rule(fresh=OFTEN)
    def engage(self, fresh):
        self.look(fresh)
        self.by_ade(actions.note_engagement, self.assignment, signed_on=self.cast.office.today(self.now))

    @rule(fresh=OFTEN, by_attorney=st.booleans())
    def give_back(self, fresh, by_attorney):
        self.look(fresh)
        (self.by_ade if by_attorney else self.by_cora)(actions.release_assignment, self.assignment)

    @rule(fresh=OFTEN, kind=st.sampled_from(["withdraw", "delete"]))
    def person_asks_for_an_end(self, fresh, kind):
        self.look(fresh)
        intake = Intake.objects.filter(pk=self.intake_id).first()
        if intake:
            asked = note_wish(intake, kind=kind, at=self.now)
            said = {"wish_id": asked.pk, "confirmed": True, "how": "in_person"}
            self.by_cora(cases.decide_wish, self.case, **said)

    @rule()
    def a_second_person_agrees(self):
        if SecondLook.objects.filter(case=self.pk, step="delete", decided_at=None).exists():
            self.look(True)
            with suppress(Refused):
                second_agrees(self.case, at=self.now)

    @rule(fresh=OFTEN)
    def decline_case(self, fresh):
        self.look(fresh)
        self.by_cora(cases.decline_case, self.case, reason="has moved away")

    @rule(fresh=OFTEN)
    def ask_another(self, fresh):
        self.look(fresh)
        said = {"summary": "An adult.", "consent_how": "signed", "sent_how": "phone", "days": 3}
        consent = {"consent_on": self.cast.office.today(self.now)}
        self.by_cora(actions.ask_receiver, self.case, organization=self.harbor, **said, **consent)

    @rule(says=st.sampled_from(["accepted", "refused"]))
    def receiver_answers(self, says):
        if self.handed:
            try:
                with acting_as(RECEIVER):
                    answer = {"says": says, "why": "" if says == "accepted" else "fit"}
                    actions.answer_link(token_for(self.handed.pk), **answer, at=self.now)
            except Refused:
                pass

    @rule(fresh=OFTEN)
    def give_names(self, fresh):
        self.look(fresh)
        self.by_cora(actions.give_names, self.handed, how="phone", spoke_with="Ms. Lee")

    @rule(fresh=OFTEN)
    def take_link_back(self, fresh):
        self.look(fresh)
        self.by_cora(actions.rescind_hand_over, self.handed)

    @rule(fresh=OFTEN, by_attorney=st.booleans())
    def ask_to_close(self, fresh, by_attorney):
        self.look(fresh)
        end = {"reason": "ended", "ended_on": self.cast.office.today(self.now), "note": ""}
        ask = self.by_ade if by_attorney else self.by_cora
        ask(cases.ask_to_close, self.case, **end, papers_returned=False)

    @rule()
    def confirm_closing(self):
        asked = Closing.objects.select_related("case__office").filter(case=self.pk).order_by("-asked_at")
        self.by_cora(cases.confirm_closing, asked.first())

    @rule(fresh=OFTEN)
    def reopen(self, fresh):
        self.look(fresh)
        self.by_cora(cases.reopen_case, self.case, why="it goes on")

    @rule()
    @precondition(lambda self: not self.shut_out)
    def shut_out_ade(self):
        disable_user(self.cast.ade, by=self.cast.ines, at=self.now)
        self.shut_out.add(self.cast.ade.pk)
        deliver_due()

    @rule()
    def let_ade_in_again(self):
        enable_user(self.cast.ade, by=self.cast.ines, at=self.now)

    @rule()
    def cover(self):
        """Let Bea read the matter for a while."""
        self.by_cora(grant_bea, self.case, bea=self.cast.bea)

    @rule()
    def work_is_delivered(self):
        deliver_due()

    @invariant()
    def what_is_over_has_nothing_alive(self):
        case = Case.objects.filter(pk=self.pk).first()
        if case is None or not case.is_open:
            assert not any(live(self.pk).values()), (case, live(self.pk))

    @invariant()
    def a_matter_is_read_by_whoever_has_live_access_and_nobody_else(self):
        granted = {each.user_id for each in live(self.pk)["access"] if each.scope == "file"}
        for user in (self.cast.ade, self.cast.bea):
            whose = Principal("attorney", f"user:{user.pk}", user_id=user.pk, office_id=self.cast.office.pk)
            with acting_as(whose), transaction.atomic():
                seen = Case.objects.filter(pk=self.pk).exists()
                assert seen is (user.pk in granted)
                assert visible_to(user).filter(pk=self.pk).exists() is (seen and user.is_active)

    @invariant()
    def status_and_rows_agree(self):
        case = Case.objects.filter(pk=self.pk).first()
        now = live(self.pk)
        referral, offer, assignment = now["referral"], now["offer"], now["assignment"]
        status = referral.status if referral else None
        assert (offer is not None) is (status == "offered")
        assert (assignment is not None) is (status == "placed")
        represented = bool(case) and case.status == "represented"
        assert represented is bool(assignment and assignment.engaged_on)
        assert not (referral and case.status == "in_triage")
        asked = {each.user_id for each in now["access"] if each.reason == "offer"}
        assert asked == ({offer.user_id} if offer else set())
        holds = {each.user_id for each in now["access"] if each.reason == "assignment"}
        holder = {assignment.user_id} if assignment else set()
        assert holds <= holder <= holds | self.shut_out


def grant_bea(case, *, bea, by, at):
    """Grant access as someone does who knows nothing of the case's end."""
    cases.lock_open(case.pk)
    cases.grant_access(case.pk, user=bea, scope="file", reason="cover")


def test_what_is_over_is_over_for_everyone(cast, make_case, now):
    Lives.cast, Lives.make_case, Lives.now = cast, staticmethod(make_case), now
    run_state_machine_as_test(
        Lives,
        settings=settings(
            max_examples=int(os.environ.get("INTAKE_EXAMPLES", "6")),
            stateful_step_count=14,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
