"""Leaving and closing in a real browser: with a script, without one, and while it has not arrived."""

import pytest
from django.urls import reverse

from tests.journeys.conftest import NEUTRAL
from tests.journeys.form import begin
from tests.support.answers import address_of

TYPED = "Canary Given"


def somebody(visit, *, script="runs", shared="no"):
    """Return somebody with an open form and a name typed, and the everyday site in reach.

    `script` "never" has none at all; "late" never gets it, as on a line where it takes longer than a person
    in danger waits.
    """
    amina = visit(java_script_enabled=script != "never")
    amina.check = lambda: None  # other journeys look at these pages
    amina.can_leave()
    begin(amina, shared=shared)
    if script == "late":
        amina.page.route("**/static/js/*", lambda route: None)  # nobody answers
    amina.page.goto(amina.stack.url + address_of("name"), wait_until="commit")
    amina.page.fill("[name=given_names]", TYPED)
    return amina


@pytest.mark.parametrize("script", ["runs", "never", "late"])
def test_leave_really_leaves_and_the_way_back_shows_nothing(stack, visit, script):
    amina = somebody(visit, script=script)
    amina.leave()
    assert amina.page.inner_text("body") == "the weather"
    amina.page.unroute("**/static/js/*")
    amina.page.go_back()
    amina.page.wait_for_load_state()
    assert TYPED not in amina.page.content() and "name" not in amina.page.url
    amina.page.goto(stack.url + address_of("name"))
    assert amina.page.url == stack.url + "/"


@pytest.mark.parametrize("script", ["runs", "never"])
def test_every_button_that_closes_leaves(stack, visit, script):
    amina = somebody(visit, script=script, shared="yes")
    amina.page.goto(stack.url + reverse("intake:stop"))
    amina.press("Show me my two numbers")
    numbers = {name: amina.page.inner_text(f"[data-test={name}]") for name in ("locator", "secret")}
    back = visit(java_script_enabled=script != "never")
    back.check = lambda: None
    back.can_leave()
    back.page.goto(stack.url + reverse("intake:return"))
    for name, value in numbers.items():
        back.fill(name, value)
    back.submit()
    back.page.goto(stack.url + reverse("intake:stop"))
    back.page.get_by_role("button", name="Close the form").click(no_wait_after=True)
    back.page.wait_for_url(NEUTRAL)


def test_without_a_script_a_page_of_a_shared_phone_closes_by_itself(stack, visit):
    amina = somebody(visit, script="never", shared="yes")
    assert "closes by itself" in amina.page.inner_text("body")
    assert "is lost then" in amina.page.inner_text("body")

    def sooner(route):
        answer = route.fetch()
        assert answer.headers["refresh"].endswith(f"; url={reverse('intake:closed')}")
        route.fulfill(response=answer, headers={**answer.headers, "refresh": "1; url=/closed/"})

    amina.page.route(f"**{reverse('intake:talk')}", sooner)
    amina.page.goto(stack.url + reverse("intake:talk"))
    amina.page.wait_for_url(f"**{reverse('intake:closed')}")
    assert amina.sees("This page is closed")


def test_more_time_is_one_press_and_loses_nothing(stack, visit):
    amina = somebody(visit, shared="yes")
    amina.page.clock.install()
    amina.page.goto(stack.url + address_of("name"))
    amina.page.fill("[name=given_names]", TYPED)
    amina.page.clock.fast_forward("08:31")
    amina.page.get_by_role("button", name="I need more time").click()
    amina.page.wait_for_load_state()
    assert amina.page.input_value("[name=given_names]") == TYPED
    amina.page.clock.fast_forward("08:00")
    assert not amina.page.get_by_role("button", name="I need more time").count()


def test_a_page_that_has_nothing_to_save_closes_too(stack, visit):
    amina = somebody(visit, shared="yes")
    amina.page.clock.install()
    amina.page.goto(stack.url + reverse("intake:stop"))
    amina.page.clock.fast_forward("08:31")
    assert amina.sees("This page closes in a minute")
    amina.page.clock.fast_forward("01:01")
    amina.page.wait_for_url(f"**{reverse('intake:closed')}")
