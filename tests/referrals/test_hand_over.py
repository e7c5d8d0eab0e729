"""A person is handed over: nobody is asked without their yes, nobody learns who it is before a yes."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from cases import actions as cases
from cases.models import Case
from cases.steps import steps_of
from conflicts.models import Standing
from directory.actions import end_organization, undo_import
from directory.models import DirectoryImport, Organization
from foundation.accounts.models import User
from foundation.database.principal import Principal, acting_as
from foundation.events.models import Event
from foundation.refused import Forbidden
from intake.actions import note_wish
from intake.models import Intake
from notifications.channels.carrier import NullClient
from notifications.models import Message
from notifications.work import line
from referrals import actions
from referrals.hand_over_queries import asks_of, draft_for, receivers_for
from referrals.links import find_link, token_for
from referrals.models import HandOver, Offer
from tests.conftest import opened, triage
from tests.support.handing import SUMMARY, ask, hand_over, organization, say_yes
from tests.support.relay import deliver_due


@pytest.fixture
def harbor(cast, now):
    return organization(cast.office, by=cast.cora, at=now)


def as_cora(cast):
    cora = cast.cora
    return acting_as(Principal("caseworker", f"user:{cora.pk}", user_id=cora.pk, office_id=cast.office.pk))


def step(case, now):
    case = Case.objects.get(pk=case.pk)
    found = steps_of([case], on=case.office.today(now)).get(case.pk)
    return found.code if found else None


def test_from_the_question_to_the_end_each_step_waits_for_the_one_before(case, cast, harbor, now):
    with as_cora(cast), transaction.atomic():
        made = ask(case, to=harbor, by=cast.cora, at=now)
    assert (made.status, made.receiver, case.caseworker) == ("asked", "Harbor Aid", cast.cora)
    assert step(case, now) == "RECEIVER"
    with pytest.raises(actions.NoYes):
        actions.give_names(made, how="phone", spoke_with="Ms. Lee", by=cast.cora, at=now)
    with as_cora(cast), transaction.atomic():
        say_yes(made, by=cast.cora, at=now)
    assert step(case, now) == "GIVE" and opened(made, "contact").contact == "Ms. Lee"
    with as_cora(cast), transaction.atomic():
        actions.give_names(made, how="paper", spoke_with="", by=cast.cora, at=now)
    case.refresh_from_db()
    assert (case.status, case.must_be_told, made.given_how) == ("referred_out", True, "paper")
    assert step(case, now) == "TELL"
    names = ["hand_over_asked", "hand_over_accepted", "names_given"]
    events = Event.objects.filter(matter_id=case.matter_id, name__in=[f"referrals.{name}" for name in names])
    assert [event.name for event in events.order_by("seq")] == [f"referrals.{name}" for name in names]


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"consent_on": timedelta(days=1)}, actions.BadConsent),
        ({"summary": "Amina Canary-Surname needs help"}, actions.TellsWho),
        ({"summary": "Her number is +1 212 555 0142"}, actions.TellsWho),
        ({"sent_how": "email"}, actions.NoAddress),
    ],
)
def test_nothing_is_asked_that_may_not_be(case, cast, now, changes, refusal):
    other = organization(cast.office, by=cast.cora, at=now, email="")
    if "consent_on" in changes:
        changes = {"consent_on": cast.office.today(now) + changes["consent_on"]}
    with pytest.raises(refusal):
        ask(case, to=other, by=cast.cora, at=now, **changes)
    assert not HandOver.objects.exists()


def test_the_database_takes_no_question_without_the_person_s_yes(case, cast, harbor, now):
    made = ask(case, to=harbor, by=cast.cora, at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        HandOver.objects.filter(pk=made.pk).update(consent_on=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        HandOver.objects.filter(pk=made.pk).update(consent_how="")


def test_a_family_member_s_name_does_not_leave_either(case, cast, harbor, now):
    from conflicts.actions import add_party

    add_party(case.matter, role="family", name="Zaynab Oosterhuis", by=cast.cora, at=now)
    from tests.conftest import answer_names

    answer_names()
    with pytest.raises(actions.TellsWho, match="Oosterhuis"):
        ask(case, to=harbor, by=cast.cora, at=now, summary="Her sister is Ms. Oosterhuis.")


def test_the_draft_says_what_is_known_and_passes_its_own_check(case, cast, harbor, now):
    draft = draft_for(case, on=cast.office.today(now))
    assert "Language: Arabic" in draft or "Language:" in draft
    assert "Canary" not in draft
    assert ask(case, to=harbor, by=cast.cora, at=now, summary=draft)


def test_one_organization_at_a_time_is_asked(case, cast, harbor, now):
    ask(case, to=harbor, by=cast.cora, at=now)
    with pytest.raises(actions.AlreadyAsked):
        ask(case, by=cast.cora, at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        HandOver.objects.create(
            **case.matter.columns,
            case=case,
            organization=harbor,
            receiver="x",
            consent_how="signed",
            consent_on=cast.office.today(now),
            asked_by=cast.cora,
            asked_at=now,
            expires_at=now,
        )


def test_who_may_not_refer_asks_nobody_and_only_those_of_our_own_list(case, cast, harbor, now):
    for stranger in (cast.ade, cast.otto, cast.ines):
        with pytest.raises(Forbidden):
            ask(case, to=harbor, by=stranger, at=now)
    theirs = organization(cast.other, by=cast.otto, at=now)
    with pytest.raises(Forbidden):
        ask(case, to=theirs, by=cast.cora, at=now)
    end_organization(harbor, by=cast.cora, at=now)
    harbor.refresh_from_db()
    with pytest.raises(actions.NotInDirectory):
        ask(case, to=harbor, by=cast.cora, at=now)


def test_a_case_that_a_lawyer_holds_is_not_offered_elsewhere(accepted, cast, harbor, now):
    case = Case.objects.get(pk=accepted.case_id)
    with pytest.raises(cases.LawyerFirst):
        ask(case, to=harbor, by=cast.cora, at=now)


@pytest.mark.parametrize("state", ["possible", "confirmed", "unread", "pending"])
def test_while_the_names_are_not_clear_nothing_goes_out(case, cast, harbor, now, state):
    Standing.objects.filter(matter_id=case.matter_id).update(state=state)
    with pytest.raises(actions.NamesStand):
        ask(case, to=harbor, by=cast.cora, at=now)
    actions.note_told_of(case, organizations=[harbor], by=cast.cora, at=now)
    assert case.told_of.get().organization == harbor


def test_names_that_became_unclear_keep_the_names_here(case, cast, harbor, now):
    made = ask(case, to=harbor, by=cast.cora, at=now)
    say_yes(made, by=cast.cora, at=now)
    Standing.objects.filter(matter_id=case.matter_id).update(state="possible")
    with pytest.raises(actions.NamesStand):
        actions.give_names(made, how="phone", spoke_with="", by=cast.cora, at=now)


def test_an_urgent_case_does_not_end_before_a_person_there_was_reached(case, cast, harbor, now):
    Case.objects.filter(pk=case.pk).update(band="CRITICAL")
    made = ask(case, to=harbor, by=cast.cora, at=now)
    actions.answer_link(token_for(made.pk), says="accepted", why="", at=now)
    made.refresh_from_db()
    with pytest.raises(actions.NobodyReached):
        actions.give_names(made, how="encrypted", spoke_with=" ", by=cast.cora, at=now)
    actions.give_names(made, how="encrypted", spoke_with="Ms. Lee", by=cast.cora, at=now)
    case.refresh_from_db()
    assert case.status == "referred_out" and made.reached_by == cast.cora


def test_a_no_comes_back_and_the_next_one_can_be_asked(case, cast, harbor, now, client):
    made = ask(case, to=harbor, by=cast.cora, at=now)
    actions.answer_link(token_for(made.pk), says="refused", why="full", at=now)
    deliver_due()
    assert step(case, now) == "NEXT_RECEIVER"
    assert Message.objects.filter(kind="hand_over_came_back", user=cast.cora, channel="in_app").count() == 1
    client.force_login(cast.cora)
    home = client.get(reverse("home")).content.decode()
    assert "The organization said no" in home and "Go on" in home
    ask(case, by=cast.cora, at=now + timedelta(minutes=1))
    assert step(case, now) == "RECEIVER"
    assert "The organization said no" not in client.get(reverse("home")).content.decode()


def test_a_no_is_read_and_the_case_goes_on_here(case, cast, harbor, now):
    triage(case, by=cast.cora, at=now)
    made = ask(case, to=harbor, by=cast.cora, at=now)
    actions.answer_link(token_for(made.pk), says="refused", why="fit", at=now)
    made.refresh_from_db()
    with pytest.raises(Forbidden):
        actions.note_answer_seen(made, by=cast.otto, at=now)
    actions.note_answer_seen(made, by=cast.cora, at=now)
    assert step(case, now) == "REFER"


def test_silence_comes_back_on_the_day_it_ends(case, cast, harbor, now):
    made = ask(case, to=harbor, by=cast.cora, at=now, days=2)
    assert actions.expire_hand_overs(at=now + timedelta(days=2, seconds=-1)) == 0
    assert actions.expire_hand_overs(at=now + timedelta(days=2)) == 1
    assert actions.expire_hand_overs(at=now + timedelta(days=2)) == 0
    made.refresh_from_db()
    assert (made.status, made.shown) == ("expired", "")
    deliver_due()
    assert step(case, now) == "NEXT_RECEIVER"
    assert Message.objects.filter(kind="hand_over_came_back", channel="in_app").exists()
    with pytest.raises(actions.LinkOver):
        say_yes(made, by=cast.cora, at=now + timedelta(days=2))


def wish(case, kind, cast, now):
    asked = note_wish(Intake.objects.get(pk=case.intake_id), kind=kind, at=now)
    cases.decide_wish(case, wish_id=asked.pk, confirmed=True, how="in_person", by=cast.cora, at=now)


def close(case, cast, now):
    second = User.objects.create(email="dana@test.example", password="!", name="Dana")
    from foundation.accounts.models import Membership

    Membership.objects.create(user=second, office=cast.office, roles=["caseworker"])
    said = {"reason": "moved", "ended_on": cast.office.today(now), "note": "", "papers_returned": False}
    closing = cases.ask_to_close(case, **said, by=cast.cora, at=now)
    if closing.needs_second:
        cases.confirm_closing(closing, by=second, at=now)


ENDS = {
    "withdrawn": lambda case, cast, now: wish(case, "withdraw", cast, now),
    "deletion": lambda case, cast, now: wish(case, "delete", cast, now),
    "declined": lambda case, cast, now: cases.decline_case(case, reason="moved", by=cast.cora, at=now),
    "closed": close,
}


@pytest.mark.parametrize("answered", [False, True])
@pytest.mark.parametrize("way", ENDS)
def test_a_case_that_ends_takes_its_link_back_at_once(case, cast, harbor, now, way, answered):
    made = ask(case, to=harbor, by=cast.cora, at=now)
    if answered:
        actions.answer_link(token_for(made.pk), says="accepted", why="", at=now)
    ENDS[way](case, cast, now)
    made.refresh_from_db()
    assert made.status == "rescinded"
    link = find_link(token_for(made.pk))
    assert link.status == "rescinded" and link.summary == ""


@pytest.mark.parametrize("way", ["hold", "conflict"])
def test_a_hold_and_a_conflict_take_an_open_link_back(case, cast, harbor, now, way):
    made = ask(case, to=harbor, by=cast.cora, at=now)
    deliver_due()
    if way == "hold":
        cases.set_legal_hold(case, on=True, by=cast.cora, at=now)
    else:
        from foundation.events.ledger import record

        row = Standing.objects.get(matter_id=case.matter_id)
        Standing.objects.filter(pk=row.pk).update(state="possible")
        with transaction.atomic():
            record("conflicts.standing_changed", row, by="system:test", at=now)
    deliver_due()
    made.refresh_from_db()
    assert made.status == "rescinded"


def test_an_attorney_of_ours_who_takes_it_ends_the_question_elsewhere(offer, cast, harbor, now):
    case = Case.objects.get(pk=offer.referral.case_id)
    made = ask(case, to=harbor, by=cast.cora, at=now)
    actions.show_names(offer, by=cast.ade, at=now)
    actions.accept_offer(offer, no_conflict=True, by=cast.ade, at=now)
    deliver_due()
    made.refresh_from_db()
    assert made.status == "rescinded"


def test_handing_over_takes_an_offer_back(offer, cast, harbor, now):
    case = Case.objects.get(pk=offer.referral.case_id)
    hand_over(case, to=harbor, by=cast.cora, at=now)
    assert Offer.objects.get().status == "rescinded"


def test_the_database_leaves_no_question_on_a_case_that_is_over(case, cast, harbor, now, tamper):
    made = ask(case, to=harbor, by=cast.cora, at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(status="closed", closed_at=now)
    actions.rescind_hand_over(made, by=cast.cora, at=now)
    cases.decline_case(case, reason="moved", by=cast.cora, at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        HandOver.objects.create(
            **case.matter.columns,
            case=case,
            organization=harbor,
            receiver="x",
            consent_how="signed",
            consent_on=cast.office.today(now),
            asked_by=cast.cora,
            asked_at=now,
            expires_at=now,
        )


# --- the mail ------------------------------------------------------------------------------------------


def mailed():
    post = NullClient()
    line(post).work_off()
    return [sent for sent in post.sent if sent.to == "intake@harbor.example"]


def test_the_link_goes_by_mail_in_words_that_say_nothing(case, cast, harbor, now):
    made = ask(case, to=harbor, by=cast.cora, at=now, sent_how="email")
    deliver_due()
    (sent,) = mailed()
    assert f"/hand-over/{token_for(made.pk)}/" in sent.body
    told = (sent.subject + sent.body).casefold()
    for word in ("asylum", "amina", "canary", "immigra", "syria", SUMMARY.lower(), case.reference.lower()):
        assert word not in told
    deliver_due()
    assert mailed() == []


def test_a_link_that_was_taken_back_is_not_mailed_any_more(case, cast, harbor, now):
    made = ask(case, to=harbor, by=cast.cora, at=now, sent_how="email")
    deliver_due()
    actions.rescind_hand_over(made, by=cast.cora, at=now)
    assert mailed() == []
    message = Message.objects.get(kind="hand_over_asked")
    assert (message.status, message.reason) == ("suppressed", "late")
    deliver_due()
    assert not Message.objects.filter(kind="person_not_told").exists()


def test_one_read_over_the_telephone_is_not_mailed(case, cast, harbor, now):
    ask(case, to=harbor, by=cast.cora, at=now)
    deliver_due()
    assert mailed() == []


def test_neither_table_nor_ledger_holds_the_token(case, cast, harbor, now):
    made = ask(case, to=harbor, by=cast.cora, at=now, sent_how="email")
    deliver_due()
    token = token_for(made.pk)
    rows = [*HandOver.objects.values(), *Event.objects.values(), *Message.objects.values()]
    assert token not in repr(rows)


# --- who suits -----------------------------------------------------------------------------------------


def test_who_suits_stands_first_the_others_below_with_why_not(case, cast, harbor, now):
    organization(cast.office, by=cast.cora, at=now, name="Full Aid", taking="full")
    matches = receivers_for(case)
    assert [one.organization.name for one in matches] == ["Harbor Aid", "Full Aid"]
    assert matches[0].fits and "takes new people" in matches[0].reasons
    assert matches[1].against == ["takes nobody now"]


def test_who_said_no_stands_last_and_says_so(case, cast, harbor, now):
    organization(cast.office, by=cast.cora, at=now, name="Full Aid", taking="full")
    made = ask(case, to=harbor, by=cast.cora, at=now)
    actions.answer_link(token_for(made.pk), says="refused", why="fit", at=now)
    matches = receivers_for(case)
    assert [one.organization.name for one in matches] == ["Full Aid", "Harbor Aid"]
    assert matches[1].against == ["was asked and does not take the person"]


def test_what_is_asked_of_an_organization_is_the_person_s_own(case, now):
    asks = asks_of(case, on=case.office.today(now))
    assert asks.language and asks.state and "asylum" in asks.relief


def test_an_import_that_was_used_for_a_hand_over_stands(case, cast, harbor, now):
    batch = DirectoryImport.objects.create(office=cast.office, imported_by=cast.cora, imported_at=now)
    Organization.objects.filter(pk=harbor.pk).update(imported=batch)
    ask(case, to=harbor, by=cast.cora, at=now)
    from directory.actions import AlreadyUsed

    with pytest.raises(AlreadyUsed):
        undo_import(batch, by=cast.cora, at=now)
