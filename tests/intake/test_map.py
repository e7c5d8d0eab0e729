"""The map, the order of the parts, whom we are first for, and the short way for what is urgent."""

import re
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from lxml import html

from cases.actions import open_case
from cases.models import Case
from intake.actions import alert_urgent_drafts, save_answers, start_intake, submit_intake
from intake.form_map import minutes_for
from intake.models import Intake
from intake.queries import answers_of
from intake.questionnaire.path import BY_KEY, BY_NUMBER, LATER, SECTIONS
from intake.sheet import Sheet
from tests.intake.conftest import begin
from tests.support.answers import address_of, answers, typed
from tests.support.relay import deliver_due

FIRST = {
    "safe_now": {"safe_now": "yes", "shared": "no"},
    "who_fills": {"who_fills": "me"},
    "consent": {"consent": "yes"},
}
NOT_SEEN = (
    ".//script | .//option | .//datalist | .//*[@hidden] | .//*[contains(@class, 'visually-hidden')]"
    " | .//*[contains(@class, 'js-closes')]"
)


def words_of(content):
    """Return the words somebody reads in the main part of a page, where a script runs."""
    main = html.fromstring(content).find(".//main")
    for unseen in main.xpath(NOT_SEEN):
        unseen.drop_tree()
    return re.findall(r"\w[\w'’-]*", " ".join(main.itertext()))


def key_at(url):
    number = re.search(r"/form/(\d+)/", url)
    return BY_NUMBER[int(number[1])].key if number else url


class Walk:
    """Somebody who reads each page and answers it, until the review; `seen` are (page, its words)."""

    def __init__(self, client, told):
        self.client, self.told, self.seen = client, {**FIRST, **told}, []

    def go(self):
        url = reverse("intake:start")
        while not url.endswith("/review/"):
            shown = self.client.get(url, follow=True)
            url = shown.redirect_chain[-1][0] if shown.redirect_chain else url
            self.seen.append((key_at(url), len(words_of(shown.content))))
            assert len(self.seen) < 60, self.seen
            if not url.endswith("/review/"):
                url = self._on(url)
        return self

    def _on(self, url):
        key = key_at(url)
        if key == reverse("intake:talk"):
            return self.client.post(reverse("intake:short"), {"press": "short"}).url
        if key == reverse("intake:first"):
            return html.fromstring(self.client.get(url).content).find(".//main//a").get("href")
        if key == "documents":
            return self.client.post(reverse("intake:documents")).url
        answered = self.client.post(url, typed(key, self.told[key]))
        assert answered.status_code == 302, (key, answered.context["form"].errors)
        return answered.url

    @property
    def keys(self):
        return [key for key, _words in self.seen]


def urgent(office, now):
    """Return the answers of somebody with a hearing in ten days."""
    today = office.today(now)
    day = (today + timedelta(days=10)).isoformat()
    return answers(today, hearing={"has_court": "yes", "hearing_date": day})


@pytest.fixture
def adult(office, now):
    """Answers of an ordinary adult: here for two years, no I-589 sent, the part about the fear told."""
    today = office.today(now)
    return answers(
        today,
        coming={"arrival": (today - timedelta(days=700)).isoformat(), "entry": "ewi"},
        harm={"harm_past": "yes", "harm_who": ["state"], "harm_why": ["politics"], "skips_story": ""},
        torture_elsewhere={"torture": "yes", "other_country": "no"},
        us_harm={"us_harm": "no"},
    ) | {"arrests": {"arrests": "no"}}


def test_an_ordinary_adult_reads_thirty_pages_and_1800_words(client, office, adult):
    """At most 30 pages with the review, and 1,800 words of the questions, which the review repeats."""
    type(office).objects.update(phone="(212) 555-0100")
    walk = Walk(client, adult).go()
    assert {"late_reason", "harm", "arrests", "documents"} <= set(walk.keys)
    assert len(walk.seen) <= 30, walk.keys
    assert sum(words for key, words in walk.seen if not key.endswith("/review/")) <= 1800, walk.seen


def test_what_is_urgent_is_sent_within_twelve_pages(client, cast, office, now):
    """A hearing in ten days: case, alert, names and dates; the rest is added afterwards."""
    told = urgent(office, now)
    walk = Walk(client, told).go()
    assert reverse("intake:talk") in walk.keys
    assert len(walk.seen) <= 12, walk.keys
    assert client.post(reverse("intake:review")).url == reverse("intake:receipt")
    deliver_due()
    case = Case.objects.get()
    assert case.deadlines.filter(key__startswith="evidence").exists()
    assert case.band in ("HIGH", "CRITICAL")
    shown = client.get(reverse("intake:receipt")).content.decode()
    assert 'value="rest"' in shown


def test_the_rest_is_added_by_the_receipt_and_shows_nothing_told(client, cast, office, now):
    told = urgent(office, now)
    Walk(client, told).go()
    client.post(reverse("intake:review"))
    url = client.post(reverse("intake:receipt"), {"press": "rest"}, follow=True).redirect_chain[-1][0]
    asked = []
    while url != reverse("intake:mine"):
        key = key_at(url)
        asked.append(key)
        assert len(asked) < 40, asked
        assert "Canary-Surname" not in client.get(url).content.decode()
        if key == "documents":
            url = client.post(reverse("intake:documents")).url
            continue
        answered = client.post(url, typed(key, told[key]) if key in told else {"press": "skip"})
        assert answered.status_code == 302, (key, answered.context["form"].errors)
        url = answered.url
    short = {page.key for page in LATER if page.is_short}
    assert not short & set(asked) and {"citizenship", "money", "coming", "speaking"} <= set(asked)
    saved = answers_of(Intake.objects.get(), purpose="test")
    assert saved.answers["home"]["state"] == "NY" and "home" in saved.late


def test_of_the_rest_what_an_answer_leads_to_is_asked_next(client, cast, office, now):
    """An income over the limit leads to the big costs, which stand right behind it."""
    told = urgent(office, now)
    Walk(client, told).go()
    client.post(reverse("intake:review"))
    client.post(reverse("intake:receipt"), {"press": "rest"}, follow=True)
    much = {"household_size": "1", "income": "9000", "period": "monthly"}
    assert key_at(client.post(address_of("money"), much).url) == "hardship"


def test_the_short_way_can_be_left_again(client, office, now):
    told = urgent(office, now)
    Walk(client, told).go()
    assert client.post(reverse("intake:short"), {"press": "all"}).url == reverse("intake:start")
    assert key_at(client.get(reverse("intake:start")).url) == "due"


def test_nobody_sends_a_short_form_where_nothing_is_urgent(started):
    started.post(reverse("intake:short"), {"press": "short"})
    assert Intake.objects.get().is_short is False


# --- the map --------------------------------------------------------------------------------------


def test_the_map_shows_each_part_with_what_is_done(started):
    started.post(address_of("where_now"), {"in_us": "yes", "custody": "no"})
    page = started.get(reverse("intake:map"))
    first, *others = page.context["form_map"].lines
    assert (first.done, first.total > first.done, first.is_done) == (1, True, False)
    assert first.url == address_of("hearing")
    assert [part.number for part in (first, *others)] == list(range(1, len(others) + 2))
    assert len(others) + 1 == len(SECTIONS) - 1  # all but what comes before consent
    assert all(part.minutes >= 1 for part in others)


def test_a_part_is_left_and_come_back_to(started):
    """From another part one goes on in it, and at its end to the first page that lacks its answer."""
    assert started.post(address_of("papers"), {"status": "none"}).url == address_of("late_reason")
    last = started.post(reverse("intake:documents")).url
    assert last == address_of("where_now")


def test_the_number_of_a_part_never_jumps(started, fill):
    before = started.get(address_of("where_now")).context["form_map"]
    started.post(address_of("where_now"), {"in_us": "yes", "custody": "ice"})
    started.post(address_of("hearing"), {"has_court": "yes"})
    after = started.get(address_of("due")).context["form_map"]
    assert [part.title for part in before.lines] == [part.title for part in after.lines]
    assert before.current.number == after.current.number == 1


def test_a_longer_part_takes_longer():
    pages = [BY_KEY["harm"], BY_KEY["us_harm"]]
    assert minutes_for(pages) >= minutes_for(pages[1:]) >= 1
    assert minutes_for([]) == 0


def test_a_helper_has_a_map_without_the_part_about_the_fear(client, office):
    begin(client, who="helper")
    titles = [str(part.title) for part in client.get(reverse("intake:map")).context["form_map"].lines]
    assert "Why you are afraid" not in titles


# --- change, and back -----------------------------------------------------------------------------


def test_a_change_comes_back_to_its_row(started, fill):
    fill(started)
    url = started.post(address_of("home"), {"state": "NJ"}).url
    assert url == f"{reverse('intake:review')}#told-{BY_KEY['home'].number}"
    assert f'id="told-{BY_KEY["home"].number}"' in started.get(reverse("intake:review")).content.decode()


def test_who_fills_in_and_the_helpers_name_can_be_changed(started, fill):
    fill(started)
    row = started.get(reverse("intake:review")).content.decode()
    assert address_of("who_fills") in row
    assert started.post(address_of("who_fills"), {"who_fills": "helper"}).url == address_of("helper")
    started.post(address_of("helper"), {"helper_name": "Hana Helper", "helper_relation": "friend"})
    draft = Intake.objects.get()
    assert draft.helped
    started.post(address_of("helper_reach"), {"helper_phone": "(212) 555-0142"})
    assert "Hana Helper" in started.get(reverse("intake:review")).content.decode()
    started.post(address_of("who_fills"), {"who_fills": "me"})
    draft.refresh_from_db()
    assert not draft.helped
    saved = answers_of(draft, purpose="test")
    assert "helper_name" not in Sheet(draft, saved, office_day(draft)).path.values


def office_day(draft):
    return draft.office.today(draft.saved_at)


def test_the_review_shows_no_part_nobody_was_led_to(started, fill):
    fill(started)
    shown = html.fromstring(started.get(reverse("intake:review")).content).text_content()
    assert "The name of the lawyer" not in shown and "Which day?" not in shown


# --- whom we are first for ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "sent"),
    [
        ("where_now", {"in_us": "no", "custody": "no"}),
        ("others_helped", {"rep": "active", "lawyer_name": "", "notario": "no"}),
        ("money", {"household_size": "1", "income": "9000", "period": "monthly"}),
    ],
)
def test_one_neutral_page_in_the_same_words_whichever_it_was(started, key, sent):
    """It shows no result that a rule worked out, and a person decides (ADR 5)."""
    url = started.post(address_of(key), sent).url
    assert url == reverse("intake:first")
    words = words_of(started.get(url).content)
    assert {"lawyer", "border", "decides"} <= set(words)
    other = "others_helped" if key != "others_helped" else "where_now"
    more = (
        {"rep": "active", "lawyer_name": "", "notario": "no"}
        if other == "others_helped"
        else {"in_us": "no", "custody": "no"}
    )
    assert started.post(address_of(other), more).url != reverse("intake:first")  # once
    assert words_of(started.get(reverse("intake:first")).content) == words
    assert started.get(reverse("intake:start")).url


def test_somebody_we_are_first_for_never_reads_it(client, office, adult):
    assert reverse("intake:first") not in Walk(client, adult).go().keys


def test_once_all_is_answered_every_part_of_the_map_is_done(started, fill):
    fill(started)
    lines = started.get(reverse("intake:map")).context["form_map"].lines
    assert lines and all(line.is_done for line in lines)


# --- who gives up ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("answer", "told"), [("yes", 1), ("no", 0), ("", 0)])
def test_who_gives_up_is_reached_only_where_it_is_urgent_and_they_said_so(started, now, answer, told):
    started.post(address_of("where_now"), {"in_us": "yes", "custody": "ice"})
    assert "may we reach you" in started.get(address_of("reach")).content.decode()
    started.post(address_of("reach"), {"channels": "visit", "may_reach": answer})
    Intake.objects.update(saved_at=now - timedelta(minutes=16))
    assert alert_urgent_drafts(at=now) == told


def test_nobody_is_asked_whether_we_may_reach_them_where_nothing_is_urgent(started):
    started.post(address_of("where_now"), {"in_us": "yes", "custody": "no"})
    assert "may we reach you" not in started.get(address_of("reach")).content.decode()


def test_a_draft_nobody_gave_us_stays_unread(client, cast, started, now):
    started.post(address_of("where_now"), {"in_us": "yes", "custody": "ice"})
    draft = Intake.objects.get()
    client.force_login(cast.cora)
    assert client.get(reverse("workspace:unfinished", args=[draft.pk])).status_code == 404
    phone = reverse("workspace:phone-page", args=[draft.pk, BY_KEY["where_now"].number])
    assert client.get(phone).status_code == 404


# --- a helper -------------------------------------------------------------------------------------


def test_a_helper_is_asked_for_their_own_phone_and_for_a_way_to_the_person(client, office):
    begin(client, who="helper")
    own = client.get(address_of("helper_reach")).content.decode()
    assert "you, the helper" in own and "Your phone number" in own
    person = client.get(address_of("reach")).content.decode()
    assert "the person you help" in person and "Call the person" in person and "Call me" not in person


def test_a_person_is_not_asked_for_a_helper(started):
    assert started.get(address_of("helper_reach")).status_code == 302


def test_a_helpers_number_is_read_as_any_other(client, office):
    begin(client, who="helper")
    client.post(address_of("helper_reach"), {"helper_phone": "001 212 555 0142", "helper_email": ""})
    saved = answers_of(Intake.objects.get(), purpose="test").answers["helper_reach"]
    assert saved["helper_phone"] == "+12125550142"
    refused = client.post(address_of("helper_reach"), {"helper_phone": "0944123456"})
    assert "+52" in refused.content.decode() and refused.status_code == 422


def test_staff_see_who_helped_and_how_they_are_reached(client, cast, office, now):
    first = {
        "who_fills": {"who_fills": "helper"},
        "helper": {"helper_name": "Hana Helper", "helper_relation": "friend"},
    }
    draft = start_intake(office=office, matter_id=uuid.uuid4(), language="en", at=now, first=first)
    told = answers(office.today(now), helper_reach={"helper_phone": "+12125550142", "helper_email": ""})
    for page, values in told.items():
        save_answers(draft, page=page, values=values, at=now)
    submit_intake(draft, at=now)
    case = open_case(Intake.objects.get(pk=draft.pk), by="system:test", at=now)
    client.force_login(cast.cora)
    page = client.get(reverse("workspace:told-us", args=[case.pk])).content.decode()
    assert "Hana Helper" in page and "+12125550142" in page


def test_staff_read_that_only_what_is_urgent_was_sent(client, cast, make_draft, now):
    draft = make_draft(where_now={"custody": "ice"}, fear_interview={"fear_interview": "soon"})
    Intake.objects.filter(pk=draft.pk).update(is_short=True)
    submit_intake(Intake.objects.get(pk=draft.pk), at=now)
    case = open_case(Intake.objects.get(pk=draft.pk), by="system:test", at=now)
    client.force_login(cast.cora)
    assert "what is urgent first" in client.get(reverse("workspace:told-us", args=[case.pk])).content.decode()


def test_a_part_nobody_chose_anything_in_is_asked_once(started):
    """Where a script runs the parts were there: a choice nobody made is not sent, and not asked again."""
    there = {"there": ["hearing_date", "hearing_kind", "court"]}
    sent = {"has_court": "yes", "hearing_date_unknown": "on", "court": ""}
    assert started.post(address_of("hearing"), sent).url == address_of("hearing")
    assert started.post(address_of("hearing"), sent | there).url == address_of("refused")
    assert 'name="there" value="hearing_kind"' in started.get(address_of("hearing")).content.decode()
