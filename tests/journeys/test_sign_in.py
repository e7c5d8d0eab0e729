"""An invitation, a password, a passkey, an app: in a real browser, without the demo office's printed code."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from tests.journeys.conftest import PASSWORD, wait_until
from tests.running import running_stack

NEW = "seven green lanterns by the sea"


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    with running_stack("signing_in", tmp_path_factory.mktemp("signing_in"), 4, DEMO_CODE="") as stack:
        yield stack


def give_passkey(visitor):
    """Give the browser a passkey that agrees to everything, as a fingerprint reader would."""
    devtools = visitor.page.context.new_cdp_session(visitor.page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    answer = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return devtools, answer["authenticatorId"]


def type_password(visitor, email, password=PASSWORD):
    visitor.open("/sign-in/")
    visitor.fill("username", email)
    visitor.fill("password", password)
    visitor.submit()


def code_of(secret):
    """Return the code of a moment that has not been used yet."""
    if time.time() % 30 > 25:
        time.sleep(30 - time.time() % 30 + 0.2)
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def at(visitor, path):
    visitor.page.wait_for_url(f"**{path}")
    visitor.check()
    return True


@pytest.mark.parametrize(("width", "locale"), [(360, "en-US"), (1280, "ar")])
def test_a_passkey_is_enrolled_and_signs_in(visit, width, locale):
    cora = visit(width=width, locale=locale)
    who = "cora" if locale == "en-US" else "ade"
    give_passkey(cora)
    complaints = []
    cora.page.on("console", lambda message: complaints.append(message.text))
    type_password(cora, f"{who}@demo.example")
    assert at(cora, "/my/sign-in/enroll/")
    cora.open("/home/")
    assert cora.page.url.endswith("/my/sign-in/enroll/")
    cora.page.click("main a.btn-primary")
    assert at(cora, "/passkeys/add/")
    cora.page.click("[data-start]")
    assert at(cora, "/my/sign-in/codes/")
    assert cora.page.locator(".codes li").count() == 10
    cora.page.click("main a.btn-primary")
    assert at(cora, "/home/")
    cora.open("/my/sign-in/")

    cora.page.context.clear_cookies()
    type_password(cora, f"{who}@demo.example")
    assert at(cora, "/sign-in/second-step/")
    cora.open("/home/")
    assert "/sign-in/" in cora.page.url, "the password alone is not enough"
    type_password(cora, f"{who}@demo.example")
    cora.page.click("[data-start]")
    assert at(cora, "/home/")
    assert [text for text in complaints if "Content Security Policy" in text] == []


def test_a_passkey_that_refuses_says_so_and_leaves_another_way(visit):
    otto = visit(width=360)
    devtools, key = give_passkey(otto)
    devtools.send("WebAuthn.setUserVerified", {"authenticatorId": key, "isUserVerified": False})
    devtools.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": key})
    type_password(otto, "cora@demo.example")
    assert at(otto, "/sign-in/second-step/")
    otto.page.evaluate("navigator.credentials.get = () => Promise.reject(new Error('no'))")
    otto.page.click("[data-start]")
    otto.page.wait_for_selector("[data-problem]:not([hidden])")
    otto.check()
    assert otto.page.locator("[name=code]").is_visible()


def test_without_javascript_an_app_is_enrolled_and_someone_is_invited(visit, stack):
    ines = visit(width=360, java_script_enabled=False)
    type_password(ines, "ines@demo.example")
    assert at(ines, "/my/sign-in/enroll/")
    ines.open("/my/sign-in/passkeys/add/")
    assert ines.page.locator("[data-missing]").is_visible()
    ines.open("/my/sign-in/app/add/")
    picture = ines.page.locator("img.qr")
    assert picture.evaluate("image => image.complete && image.naturalWidth > 0")
    secret = ines.page.inner_text("[data-test=secret]").replace(" ", "")
    ines.fill("code", "12")
    ines.submit()
    assert ines.page.locator(".summary").is_visible()
    secret = ines.page.inner_text("[data-test=secret]").replace(" ", "")
    ines.fill("code", code_of(secret))
    ines.submit()
    assert at(ines, "/my/sign-in/codes/")
    ines.open("/home/")
    ines.open("/people/")
    ines.open("/people/invite/")
    ines.fill("name", "Zeynep")
    ines.fill("email", "zeynep@demo.example")
    ines.choose("role", "caseworker")
    ines.submit()
    assert ines.sees("Zeynep")
    ines.page.click("a[href*='/disable/'] >> nth=0")
    ines.check()

    link = wait_until(lambda: link_in(stack.mails()))
    zeynep = visit(width=1280, locale="ar")
    zeynep.page.goto(link)
    assert at(zeynep, "/invitation/")
    assert link.split("/")[-2] not in zeynep.page.url
    zeynep.fill("new", "short")
    zeynep.fill("again", "shorter")
    zeynep.submit()
    assert zeynep.page.locator(".summary").is_visible()
    zeynep.fill("new", NEW)
    zeynep.fill("again", NEW)
    zeynep.submit()
    assert at(zeynep, "/my/sign-in/enroll/")
    late = visit(width=360)
    late.page.goto(link)
    late.check()
    assert late.sees("This link does not work")


def link_in(mails):
    found = re.findall(r"http://localhost:\d+/invitation/\S+/", "\n".join(mails))
    return found[0] if found else None


def test_the_pages_of_one_account_fit_phone_and_desk_in_both_languages(visit):
    for width, locale in ((360, "ar"), (1280, "en-US")):
        cora = visit(width=width, locale=locale)
        give_passkey(cora)
        type_password(cora, "ines@demo.example")
        assert at(cora, "/sign-in/second-step/")
