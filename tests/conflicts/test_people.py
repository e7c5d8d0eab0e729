"""The people around a matter: whom the applicant names, the office's own, a list that grows."""

from datetime import timedelta

import psycopg
import pytest
from django.db import transaction
from django.urls import reverse

from conflicts import actions
from conflicts.models import ConflictCheck, ConflictHit, Party
from conflicts.queries import names_of, our_people, standing
from conflicts.rules.sides import kind_of
from foundation.accounts.actions import disable_user, enable_user
from foundation.devstack.template import url_of
from foundation.events.models import Event
from foundation.refused import Forbidden
from intake.naming import names_in
from intake.work import LINE
from screening.queries import latest_screening
from tests.conftest import answer_names
from tests.support.answers import on_pages
from tests.support.relay import deliver_due


def roles(matter_id):
    """Return {(name, role in words)} of a matter."""
    parties = list(Party.objects.filter(matter_id=matter_id, removed_at=None))
    return {(one.name, str(one.role)) for one in names_of(parties, purpose="test").values()}


def live_hits(**where):
    return ConflictHit.objects.exclude(status="superseded").filter(kind="conflict", **where)


# --- whom an applicant names -------------------------------------------------------------------------

HIM = "Yusuf al-Rahman"
FEARS_HIM = {"feared_here": "yes", "feared_name": HIM}
RANIA = {"name": {"given_names": "Rania", "family_name": "Haddad"}}


def test_whom_an_applicant_fears_is_compared_before_the_answers_are_sent(make_case, make_draft):
    him = make_case(
        name={"given_names": "Yousef", "family_name": "Rahman"}, born={"birth_date": "1980-05-06"}
    )
    draft = make_draft(**RANIA, feared_here=FEARS_HIM)
    answer_names()
    assert live_hits(matter_id=draft.matter_id, other_matter_id=him.matter_id).exists()
    assert standing(him.matter_id) == "clear"  # a draft anyone can begin holds up nobody


def test_both_matters_are_held_once_they_are_sent(make_case):
    him = make_case(name={"given_names": "Yousef", "family_name": "Rahman"})
    her = make_case(**RANIA, feared_here=FEARS_HIM)
    deliver_due()
    assert standing(him.matter_id) == standing(her.matter_id) == "possible"
    assert latest_screening(him.intake).outcome == latest_screening(her.intake).outcome == "CONFLICT_HOLD"


def test_everyone_named_becomes_a_party_in_their_role(make_case):
    case = make_case(
        name={
            "given_names": "Rania",
            "middle_names": "Noor",
            "family_name": "Haddad",
            "helper_name": "Olga Nowak",
            "other_names": "Rania Saleh",
        },
        feared_here=FEARS_HIM,
        family_here={"family_here": [{"name": "Lina Haddad", "related": "child", "birth_date": "2015-03"}]},
    )
    assert roles(case.matter_id) == {
        ("Rania Noor Haddad", "Applicant"),
        ("Rania Saleh", "Another name of the applicant"),
        ("Yusuf al-Rahman", "Someone the applicant fears"),
        ("Lina Haddad", "Family"),
        ("Olga Nowak", "Filled in the form for the applicant"),
    }


def test_a_name_taken_back_before_sending_is_no_party(make_draft, now):
    from intake.actions import save_answers

    draft = make_draft(feared_here=FEARS_HIM)
    LINE.work_off(at=now)
    assert Party.objects.filter(matter_id=draft.matter_id, removed_at=None).count() == 2
    save_answers(draft, page="feared_here", values={"feared_here": "no", "feared_name": ""}, at=now)
    LINE.work_off(at=now)
    assert {name for name, _role in roles(draft.matter_id)} == {"Amina Canary-Surname"}


def test_whoever_fills_in_the_form_for_somebody_is_a_party(make_draft, now):
    helper = {"helper_name": "Olga Nowak", "helper_relation": "friend"}
    draft = make_draft(who_fills={"who_fills": "helper"}, helper=helper)
    LINE.work_off(at=now)
    assert ("Olga Nowak", "Filled in the form for the applicant") in roles(draft.matter_id)


def test_a_name_changed_with_the_receipt_is_compared_again(make_case, now):
    from intake.actions import save_answers

    him = make_case(name={"given_names": "Yousef", "family_name": "Rahman"})
    her = make_case(**RANIA)
    save_answers(her.intake, page="feared_here", values=FEARS_HIM, at=now)
    answer_names()
    assert standing(him.matter_id) == standing(her.matter_id) == "possible"


@pytest.mark.parametrize(
    "written",
    [{"feared_here": "yes", "feared_name": "Someone Else"}, {"feared_here": "no", "feared_name": ""}, None],
)
def test_a_name_that_a_receipt_replaced_or_removed_is_compared_for_good(make_case, now, written):
    """Whoever took the receipt from someone must not take a name off the check with it."""
    from intake.actions import save_answers

    him = make_case(name={"given_names": "Yousef", "family_name": "Rahman"})
    her = make_case(**RANIA, feared_here=FEARS_HIM)
    save_answers(her.intake, page="feared_here", values=written, at=now)
    answer_names()
    assert standing(him.matter_id) == standing(her.matter_id) == "possible"
    save_answers(her.intake, page="born", values={"birth_date": "1990"}, at=now + timedelta(minutes=1))
    answer_names()
    assert standing(her.matter_id) == "possible"


def test_a_draft_that_is_being_saved_is_left_to_the_next_turn(make_draft, now, db):
    draft = make_draft()
    with psycopg.connect(url_of(db)) as saving:
        saving.execute("select from intake_intake where id = %s for update", [draft.pk])
        assert LINE.work_off(at=now) == 0
    assert LINE.work_off(at=now) == 1


def test_a_draft_that_cannot_be_read_keeps_no_other_waiting(make_draft, now, tamper):
    broken, sound = make_draft(), make_draft(**RANIA)
    tamper("update intake_answer set value = '\\x01' where intake_id = %s", broken.pk)
    assert LINE.work_off(at=now) == 2
    assert roles(sound.matter_id) == {("Rania Haddad", "Applicant")}


def test_a_page_without_names_asks_nothing(make_draft, now):
    from intake.actions import save_answers

    draft = make_draft()
    LINE.work_off(at=now)
    before = ConflictCheck.objects.count()
    save_answers(draft, page="hearing", values={"has_court": "no"}, at=now)
    assert LINE.work_off(at=now) == 0
    assert ConflictCheck.objects.count() == before


@pytest.mark.parametrize("odd", [None, "", 7, [], [None], [""], {}, [{}], [{"name": None}], [{"name": "😀"}]])
def test_odd_answers_are_read_without_harm(odd):
    named = names_in({"given_names": "A", "feared_name": odd, "family_here": odd, "other_names": None})
    assert [one.role for one in named if one.name == "A"] == ["applicant"]
    assert not {one.name for one in named} & {"7", "None", ""}


@pytest.mark.parametrize("question", ["other_names", "family_here"])
def test_the_last_of_many_names_is_compared_like_the_first(make_case, cast, now, question):
    other = make_case(feared_here=FEARS_HIM)
    many = [f"Anna{letter} Oosterhuis" for letter in "bcdefghijklmnopqrstuvwxyz"]
    named = [*many, "Yousef Rahman"]
    family = [{"name": name, "related": "child", "birth_date": ""} for name in named]
    told = {question: "\n".join(named) if question == "other_names" else family}
    case = make_case(**on_pages(RANIA["name"], told))
    assert Party.objects.filter(matter_id=case.matter_id).count() == 1 + len(named)
    assert live_hits(matter_id=case.matter_id, other_matter_id=other.matter_id).count() == 1
    assert standing(case.matter_id) == standing(other.matter_id) == "possible"


@pytest.mark.parametrize("question", ["other_names", "family_here"])
def test_one_name_of_26_that_cannot_be_read_keeps_the_matter_from_clear(make_case, question):
    named = [*(f"Anna{letter} Oosterhuis" for letter in "bcdefghijklmnopqrstuvwxyz"), "12 345"]
    family = [{"name": name, "related": "child", "birth_date": ""} for name in named]
    told = {question: "\n".join(named) if question == "other_names" else family}
    case = make_case(**on_pages(RANIA["name"], told))
    assert Party.objects.filter(matter_id=case.matter_id).count() == 1 + len(named)
    assert standing(case.matter_id) == "unread"


def test_a_helper_who_is_feared_elsewhere_is_a_conflict():
    assert kind_of("helper", "feared") == kind_of("helper", "notario") == "conflict"
    assert kind_of("helper", "helper") is kind_of("helper", "family") is None


# --- names that bad input brings ---------------------------------------------------------------------

BAD = [
    "",
    " ",
    "A",
    "x" * 10_000,
    "ab " * 5_000,
    "😀" * 50,
    "-.,;!?" * 9,
    "\u202eahmed\u202c علي",
    "م",
    "'" * 400,
]


@pytest.mark.parametrize("name", BAD)
def test_a_bad_name_in_the_form_is_answered_in_bounded_time(make_draft, make_case, now, name):
    from time import perf_counter

    from intake.actions import submit_intake

    make_case(name={"given_names": "Mohamed", "family_name": "Ali"})
    draft = make_draft(**RANIA, feared_here={"feared_here": "yes", "feared_name": name})
    submit_intake(draft, at=now)
    names = answer_names()
    assert standing(draft.matter_id) in ("clear", "unread")
    assert live_hits(matter_id=draft.matter_id).count() == 0
    began = perf_counter()
    actions.line_of({"name": name, "birth_date": "", "country": ""})
    assert perf_counter() - began < 0.1
    assert len(names) > 0


# --- the office's own people -------------------------------------------------------------------------


def test_only_a_caseworker_of_the_office_writes_the_board_down(cast, now):
    for user in (cast.ade, cast.bea):
        with pytest.raises(Forbidden):
            actions.note_board(["Ingrid Solberg"], by=user, at=now)
    with pytest.raises(actions.NotAName):
        actions.note_board(["Ingrid Solberg", "😀"], by=cast.cora, at=now)
    assert our_people(cast.office) == []


def test_someone_feared_who_is_staff_is_found_from_either_side(make_case, cast, now):
    make_case(feared_here={"feared_here": "yes", "feared_name": "Margarethe Lindqvist"})
    cast.bea.name = "Margarete Lindquist"
    cast.bea.save()
    assert actions.note_staff(cast.office, at=now) == 5 - 1  # Otto works elsewhere
    assert actions.note_staff(cast.office, at=now) == 0  # nothing new, nothing asked
    answer_names()
    hit = live_hits().get()
    assert hit.matter_id == cast.office.matter_id
    assert standing(hit.other_matter_id) == "possible"


def test_a_new_colleague_is_compared_as_the_invitation_is_accepted(make_case, cast, now):
    from foundation.events.ledger import record

    case = make_case(feared_here={"feared_here": "yes", "feared_name": "Beatriz Solano"})
    cast.bea.name = "Beatris Solano"
    cast.bea.save()
    with transaction.atomic():
        record("accounts.invitation_accepted", cast.bea, by=cast.bea)
    deliver_due()
    answer_names()
    assert standing(case.matter_id) == "possible"


def test_whoever_left_is_no_party_any_more_and_is_one_again_when_they_come_back(cast, now):
    actions.note_staff(cast.office, at=now)
    names = {one.name for one in our_people(cast.office)}
    assert cast.bea.name in names
    disable_user(cast.bea, by=cast.ines, at=now)
    deliver_due()
    names = {one.name for one in our_people(cast.office)}
    assert cast.bea.name not in names and cast.ade.name in names
    enable_user(cast.bea, by=cast.ines, at=now)
    deliver_due()
    names = {one.name for one in our_people(cast.office)}
    assert cast.bea.name in names


def test_the_board_is_compared_and_shown(client, cast, case, make_case, now):
    client.force_login(cast.cora)
    url = reverse("workspace:our-people")
    assert client.post(url, {"names": "Ingrid Solberg\nЮрий Захаров"}).status_code == 302
    assert client.post(url, {"names": "😀"}).status_code == 422
    page = client.get(url).content.decode()
    assert "Ingrid Solberg" in page and "Board" in page
    make_case(feared_here={"feared_here": "yes", "feared_name": "Yuri Zakharov"})
    assert live_hits(other_matter_id=cast.office.matter_id).count() == 1
    client.force_login(cast.ines)
    assert "Ingrid Solberg" in client.get(url).content.decode()
    assert client.post(url, {"names": "Some One"}).status_code == 200
    assert len(our_people(cast.office)) == 2
    client.force_login(cast.ade)
    assert client.get(url).status_code == 403
    client.force_login(cast.otto)
    assert "Ingrid" not in client.get(url).content.decode()


# --- a name is taken off -----------------------------------------------------------------------------


def test_a_name_taken_off_takes_its_open_pairs_along(client, case, make_case, cast, now):
    party = actions.add_party(case.matter, role="feared", name="Yusuf al-Rahman", by=cast.cora, at=now)
    other = make_case(name={"given_names": "Yousef", "family_name": "Rahman"})
    deliver_due()
    url = reverse("workspace:party-remove", args=[party.pk])
    for user in (cast.otto, cast.ade, cast.ines):
        client.force_login(user)
        assert client.post(url).status_code in (403, 404)
    client.force_login(cast.cora)
    hit = live_hits().get()
    assert client.post(url).status_code == 302
    assert client.get(reverse("workspace:hit", args=[hit.pk])).status_code == 404
    answer_names()
    deliver_due()
    assert standing(other.matter_id) == standing(case.matter_id) == "clear"
    assert latest_screening(other.intake).outcome == "ELIGIBLE_FOR_REVIEW"
    own = Party.objects.get(matter_id=case.matter_id, by_applicant=True)
    assert client.post(reverse("workspace:party-remove", args=[own.pk])).status_code == 403


def test_a_decision_outlives_the_name_it_was_about(case, make_case, cast, now):
    party = actions.add_party(case.matter, role="feared", name="Yusuf al-Rahman", by=cast.cora, at=now)
    make_case(name={"given_names": "Yousef", "family_name": "Rahman"})
    actions.decide_hit(live_hits().get(), confirmed=False, reason="Not him.", by=cast.cora, at=now)
    gone = actions.add_party(case.matter, role="family", name="Lina Canary", by=cast.cora, at=now)
    for one in (party, gone):
        actions.remove_party(one, by=cast.cora, at=now)
    actions.tidy(at=now + timedelta(days=2))
    assert live_hits().get().status == "clear"
    assert not Party.objects.filter(pk=gone.pk).exists()
    assert Event.objects.filter(name="conflicts.hit_decided").count() == 1
