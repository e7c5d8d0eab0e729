"""The check from asking to decision: refusals first."""

import pytest

from conflicts import actions
from conflicts.models import CheckStatus, ConflictCheck, ConflictHit, Party
from conflicts.queries import explained, open_hits, own_list, standing
from conflicts.rules.sides import kind_of
from conflicts.worker import Names
from foundation.accounts.matters import office_matter
from foundation.events.lifecycle import NotAllowed
from foundation.events.models import Event
from foundation.files.erasing import erase_matters
from foundation.refused import Forbidden
from screening.queries import latest_screening
from tests.conftest import answer_names, opened


def fear(case, cast, now, name="Yusuf al-Rahman", born="1980", role="feared"):
    return actions.add_party(case.matter, role=role, name=name, birth_date=born, by=cast.cora, at=now)


@pytest.fixture
def abuser(case, cast, now):
    """Amina's caseworker writes down whom she fears."""
    return fear(case, cast, now)


def asks_for_help(make_case, given="Yousef", family="Rahman", born="1980-05-06"):
    return make_case(
        name={"given_names": given, "family_name": family},
        born={"birth_date": born, "citizenship": ["SY"]},
    )


def live_hits():
    return ConflictHit.objects.exclude(status="superseded").filter(kind="conflict")


# --- refusals --------------------------------------------------------------------------------------


def test_nobody_but_the_offices_staff_adds_a_party(case, cast, now):
    for user in (cast.ade, cast.otto):
        with pytest.raises(Forbidden):
            actions.add_party(case.matter, role="feared", name="Some One", by=user, at=now)
    assert not Party.objects.filter(by_applicant=False).exists()


@pytest.mark.parametrize("name", ["", "😀🎉", "-.,!", "A", "ab " * 5000])
def test_a_name_that_is_none_is_refused_with_words(case, cast, now, name):
    with pytest.raises(actions.NotAName):
        actions.add_party(case.matter, role="feared", name=name, by=cast.cora, at=now)


def test_who_may_not_decide_and_a_decision_without_a_reason(abuser, make_case, cast, now):
    asks_for_help(make_case)
    hit = live_hits().get()
    for user in (cast.otto, cast.ade, cast.ines):
        with pytest.raises(Forbidden):
            actions.decide_hit(hit, confirmed=False, reason="x", by=user, at=now)
    with pytest.raises(actions.ReasonNeeded):
        actions.decide_hit(hit, confirmed=False, reason="  ", by=cast.cora, at=now)
    actions.decide_hit(hit, confirmed=False, reason="Another birth place.", by=cast.cora, at=now)
    with pytest.raises(NotAllowed):
        actions.decide_hit(hit, confirmed=True, reason="Again.", by=cast.cora, at=now)


def test_nobody_puts_up_or_lifts_their_own_fence(case, cast, now):
    with pytest.raises(actions.OwnFence):
        actions.fence(case.matter_id, user=cast.cora, office_id=case.office_id, by=cast.cora, at=now)
    actions.fence(case.matter_id, user=cast.cora, office_id=case.office_id, by=cast.ines, at=now)
    with pytest.raises(actions.OwnFence):
        actions.lift_fence(case.matter_id, user=cast.cora, office_id=case.office_id, by=cast.cora, at=now)
    with pytest.raises(Forbidden):
        actions.fence(case.matter_id, user=cast.otto, office_id=case.office_id, by=cast.ines, at=now)


# --- pending is never clear ------------------------------------------------------------------------


def test_a_check_that_nobody_answered_is_never_clear(make_draft, now):
    from cases.actions import open_case
    from intake.actions import submit_intake
    from intake.models import Intake

    draft = make_draft()
    submit_intake(draft, at=now)
    assert standing(draft.matter_id) == "pending"
    case = open_case(Intake.objects.get(pk=draft.pk), by="system:test", at=now)
    assert latest_screening(case.intake).outcome == "CONFLICT_HOLD"
    answer_names()
    assert standing(draft.matter_id) == "clear"


def test_a_name_that_cannot_be_compared_waits_for_a_person(make_draft, cast, now):
    from intake.actions import submit_intake

    draft = make_draft(name={"given_names": "", "family_name": "😀😀"})
    submit_intake(draft, at=now)
    answer_names()
    check = ConflictCheck.objects.get(kind="submitted")
    assert (check.status, check.unread) == (CheckStatus.POSSIBLE, 1)
    assert standing(draft.matter_id) == "unread"
    actions.decide_unread(check, confirmed=False, reason="Looked by birth date.", by=cast.cora, at=now)
    check.refresh_from_db()
    assert opened(check, "reason").reason == "Looked by birth date."
    assert standing(draft.matter_id) == "clear"
    actions.check_again(draft.matter, kind="demand", by=cast.cora, at=now)
    answer_names()
    assert standing(draft.matter_id) == "clear"


def test_an_answer_is_given_once(abuser, make_case):
    names = answer_names()
    other = asks_for_help(make_case)
    checks = ConflictCheck.objects.filter(matter_id=other.matter_id)
    assert checks.get(kind="submitted").status == CheckStatus.POSSIBLE
    before = Event.objects.count()
    assert [names.answer(check.pk) for check in checks] == [False]
    assert Event.objects.count() == before


def test_one_that_fails_keeps_no_other_from_its_answer(case, cast, now, tamper):
    for name in ("Anna Kern", "Olga Nowak"):
        fear(case, cast, now, name=name)
    broken = ConflictCheck.objects.filter(kind="added").order_by("asked_at").first()
    tamper("update conflicts_conflictcheck set query = '\\x01' where id = %s", broken.pk)
    answer_names()
    statuses = dict(ConflictCheck.objects.filter(kind="added").values_list("pk", "status"))
    assert statuses.pop(broken.pk) == "pending"
    assert set(statuses.values()) == {"clear"}


# --- what is found ---------------------------------------------------------------------------------


def test_the_abuser_who_asks_for_help_too_is_held(abuser, case, make_case, cast):
    answer_names()
    other = asks_for_help(make_case)
    hit = live_hits().get()
    assert (hit.matter_id, hit.other_matter_id) == (other.matter_id, case.matter_id)
    assert standing(other.matter_id) == standing(case.matter_id) == "possible"
    assert latest_screening(other.intake).outcome == "CONFLICT_HOLD"
    (one,) = explained([hit], purpose="test")
    assert (one.asked.name, one.found.name) == ("Yousef Rahman", "Yusuf al-Rahman")
    assert "Yousef".casefold() in {part.ours for part in one.parts}


def test_across_scripts(abuser, make_case):
    answer_names()
    asks_for_help(make_case, "يوسف", "الرحمن")
    assert live_hits().count() == 1


def test_a_case_that_was_clear_is_screened_again_when_someone_like_it_is_feared(make_case, cast, now):
    from tests.support.relay import deliver_due

    him = asks_for_help(make_case)
    assert latest_screening(him.intake).outcome == "ELIGIBLE_FOR_REVIEW"
    her = make_case(name={"given_names": "Rania", "family_name": "Haddad"})
    fear(her, cast, now)
    answer_names()
    deliver_due()
    assert latest_screening(him.intake).outcome == latest_screening(her.intake).outcome == "CONFLICT_HOLD"
    actions.decide_hit(live_hits().get(), confirmed=True, reason="Same man.", by=cast.cora, at=now)
    deliver_due()
    assert latest_screening(him.intake).outcome == "CONFLICT_DECLINE"


def test_the_same_person_twice_is_a_duplicate_and_holds_nothing(case, make_case, cast):
    second = make_case()
    assert standing(second.matter_id) == "clear"
    assert ConflictHit.objects.filter(kind="duplicate", matter_id=second.matter_id).exists()
    assert open_hits(cast.cora, "duplicate").count() == 1


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("applicant", "feared", "conflict"),
        ("family", "opposing", "conflict"),
        ("staff", "feared", "conflict"),
        ("applicant", "family", "conflict"),
        ("applicant", "staff", "conflict"),
        ("applicant", "other_name", "duplicate"),
        ("feared", "feared", None),
        ("notario", "notario", None),
        ("family", "family", None),
        ("feared", "opposing", None),
        ("feared", "adverse", "conflict"),
        ("applicant", "adverse", "conflict"),
    ],
)
def test_what_a_pair_means(one, other, kind):
    assert kind_of(one, other) == kind_of(other, one) == kind


def test_a_draft_is_asked_about_and_never_found(abuser, make_draft, make_case, case):
    draft = make_draft(name={"given_names": "Yusuf", "family_name": "Rahman"})
    answer_names()
    assert standing(case.matter_id) == "clear"  # a draft anyone can begin holds up nobody
    assert ConflictHit.objects.filter(matter_id=draft.matter_id).exists()
    other = asks_for_help(make_case)
    assert not ConflictHit.objects.filter(other_matter_id=draft.matter_id).exists()
    assert standing(other.matter_id) == "possible"


def test_another_offices_parties_are_not_found(abuser, make_case, cast, now, office):
    actions.add_party(office_matter(cast.other), role="feared", name="Ivana Horvat", by=cast.otto, at=now)
    answer_names()
    make_case(name={"given_names": "Ivana", "family_name": "Horvat"})
    assert not live_hits().filter(other_matter_id=cast.other.matter_id).exists()


# --- decided pairs ---------------------------------------------------------------------------------


@pytest.fixture
def decided(abuser, make_case, cast, now):
    other = asks_for_help(make_case)
    actions.decide_hit(live_hits().get(), confirmed=False, reason="Not him.", by=cast.cora, at=now)
    return other


def test_a_decided_pair_does_not_come_back(decided, case, cast, now):
    assert standing(decided.matter_id) == standing(case.matter_id) == "clear"
    for matter in (decided.matter, case.matter):
        actions.check_again(matter, kind="demand", by=cast.cora, at=now)
    answer_names()
    assert not open_hits(cast.cora).exists()
    assert standing(decided.matter_id) == "clear"
    assert set(ConflictCheck.objects.filter(kind="demand").values_list("status", flat=True)) == {
        "decided_clear"
    }


def change(case, given, family, now, born="1980-05-06", country="SY"):
    named = actions.applicant_names(
        given_names=given, family_name=family, other_names="", birth_date=born, country=country
    )
    actions.note_applicant(case.matter, named, live=True, kind="demand", at=now)
    answer_names()


@pytest.mark.parametrize(
    "changed",
    [
        {"given": "Yusuf", "family": "Rahman"},
        {"given": "Yousef", "family": "Rahman", "born": "1980"},
        {"given": "Yousef", "family": "Rahman", "country": "LB"},
    ],
)
def test_a_changed_name_birth_date_or_country_brings_it_back(decided, cast, now, changed):
    change(decided, now=now, **changed)
    assert open_hits(cast.cora).count() == 1
    assert standing(decided.matter_id) == "possible"


def test_the_same_name_written_again_does_not(decided, cast, now):
    change(decided, "Yousef", "Rahman", now)
    assert not open_hits(cast.cora).exists()


def test_an_open_pair_that_no_longer_matches_is_put_aside(abuser, make_case, cast, now):
    other = asks_for_help(make_case)
    change(other, "Dmitri", "Sokolov", now)
    assert not open_hits(cast.cora).exists()
    assert standing(other.matter_id) == "clear"
    assert set(ConflictHit.objects.filter(kind="conflict").values_list("status", flat=True)) == {"superseded"}


def test_an_erased_matter_is_let_go_of_at_once_and_leaves_no_words_behind(abuser, case, make_case):
    other = asks_for_help(make_case)
    names = answer_names()
    held = len(names)
    erase_matters([other.matter_id])
    assert not ConflictHit.objects.filter(matter_id=other.matter_id).exists()
    assert standing(case.matter_id) == "clear"
    with_names(names.follow)
    assert len(names) == held - 1


def with_names(function, *args):
    from django.db import transaction

    from foundation.database.principal import NAMES_WORKER, acting_as

    with acting_as(NAMES_WORKER), transaction.atomic():
        return function(*args)


# --- a practitioner's own list ---------------------------------------------------------------------


def test_an_offer_is_compared_with_the_practitioners_own_list(triaged, cast, now):
    from referrals.actions import OnYourList, accept_offer, offer_referral, refer_case, show_names

    actions.keep_own_list(["Амина Канари", "Amina Canary Surname"], by=cast.ade, at=now)
    referral = refer_case(triaged, queue=cast.office.queues.get(), by=cast.cora, at=now)
    offer = offer_referral(referral, practitioner=cast.panel, by=cast.cora, at=now)
    answer_names()
    hits = ConflictHit.objects.filter(user=cast.ade, found__in=[one.pk for one in own_list(cast.ade)])
    assert len(hits) == 2
    assert standing(triaged.matter_id) == "clear"  # the office's own standing is another matter
    show_names(offer, by=cast.ade, at=now)
    with pytest.raises(OnYourList):
        accept_offer(offer, no_conflict=True, by=cast.ade, at=now)
    with pytest.raises(Forbidden):
        actions.decide_hit(hits[0], confirmed=False, reason="x", by=cast.cora, at=now)
    for hit in hits:
        actions.decide_hit(hit, confirmed=False, reason="Another Amina.", by=cast.ade, at=now)
    accept_offer(offer, no_conflict=True, by=cast.ade, at=now)


# --- putting together ------------------------------------------------------------------------------


def test_two_requests_are_put_together_and_taken_apart(case, make_case, cast, now):
    from cases.models import Case
    from cases.queries import queue_for

    second = make_case()
    hit = ConflictHit.objects.get(kind="duplicate", status="open")
    same = actions.put_together(hit, keep=case.matter_id, reason="Same phone.", by=cast.cora, at=now)
    assert [one.pk for one in queue_for(cast.cora)] == [case.pk]
    assert Case.objects.filter(pk=second.pk).exists()
    actions.take_apart(same, by=cast.cora, at=now)
    assert {one.pk for one in queue_for(cast.cora)} == {case.pk, second.pk}
    names = {"conflicts.merged", "conflicts.parted"}
    assert Event.objects.filter(name__in=names).count() == 2


def test_the_office_itself_is_among_the_parties(cast, office, make_case, now):
    actions.note_staff(office, at=now)
    make_case(name={"given_names": "Ines", "family_name": ""})
    names = Names()
    with_names(names.load)
    assert len(names) == 5
