"""The office's own settings, in a real browser: an income limit is tried, waits, holds, is undone."""

import re

import pytest

from tests.running import running_stack, wait_until

TODAY = "select (now() at time zone 'America/New_York')::date::text"
TOMORROW = "select ((now() at time zone 'America/New_York')::date + 1)::text"
# The morning of its day, without waiting for it.
MORNING = (
    "update accounts_officechange set starts_on = (now() at time zone 'America/New_York')::date"
    " where applied_at is null returning 1"
)
SWEEP = "from config.celery import app; app.send_task('foundation.accounts.tasks.apply_office_changes')"
LIMIT = "select max_pct from accounts_office where slug = 'demo'"
OVER = (
    "select count(*) from (select distinct on (s.intake_id) s.codes from screening_screening s"
    " order by s.intake_id, s.created_at desc) newest where codes::text like '%%INCOME_GT_LIMIT%%'"
)


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    folder = tmp_path_factory.mktemp("own_settings")
    with running_stack("own_settings", folder, EVENTS_LEASE_SECONDS="2") as stack:
        stack.settle()
        yield stack


def over_the_limit(stack):
    return stack.ask(OVER)[0][0]


def test_an_income_limit_is_tried_waits_for_its_day_holds_and_is_undone(stack, visit):
    ines, cora = visit(width=1280), visit()
    ines.sign_in("ines")
    before = over_the_limit(stack)

    # Tried over every open case, before it holds for anybody.
    ines.open("/office/")
    ines.page.get_by_role("link", name="Income limits and other figures").click()
    ines.check()
    ines.fill("max_pct", "50")
    ines.fill("auto_pct", "40")
    ines.press("See what would change")
    ines.page.wait_for_selector("#adopt")
    ines.check()
    moved = int(re.search(r"(\d+) of \d+ open cases? would", ines.page.inner_text("#result"))[1])
    assert moved > 0 and over_the_limit(stack) == before

    # From tomorrow on: it waits.
    ines.fill("starts_on", stack.ask(TOMORROW)[0][0])
    ines.press("Make it so")
    assert ines.sees("Waits for its day") and ines.sees("50")
    assert stack.ask(LIMIT)[0][0] is None

    # The morning comes: the office counts with it, and a caseworker reads what moved.
    assert stack.ask(MORNING)
    stack.run(SWEEP)
    wait_until(lambda: stack.ask(LIMIT)[0][0] == 50)
    wait_until(lambda: over_the_limit(stack) > before, seconds=180)
    cora.sign_in("cora")
    wait_until(
        lambda: stack.ask("select 1 from notifications_message where kind = 'rules_changed'"), seconds=180
    )
    cora.open("/home/")
    cora.page.get_by_role("link", name="Read which").first.click()
    cora.check()
    assert cora.sees("What changed")
    ines.open("/simulator/")
    assert ines.sees("our own; the program has:")

    # Undone: the program's limit holds again, and the cases follow.
    ines.open("/office/")
    ines.press("Undo")
    assert ines.sees("It is as it was before.")
    wait_until(lambda: stack.ask(LIMIT)[0][0] is None)
    wait_until(lambda: over_the_limit(stack) == before, seconds=180)
