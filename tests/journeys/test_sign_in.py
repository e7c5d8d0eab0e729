"""An invitation, a password, a passkey, an app: in a real browser, without the demo office's printed code."""

import re
import time
from urllib.parse import urlsplit

import pytest
from allauth.mfa import app_settings
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from tests.journeys.conftest import PASSWORD
from tests.running import running_stack, wait_until

NEW = "seven green lanterns by the sea"


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    with running_stack("signing_in", tmp_path_factory.mktemp("signing_in"), DEMO_CODE="") as stack:
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
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


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
    visitor.page.wait_for_url(lambda url: urlsplit(url).path.endswith(path))
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
    assert cora.page.locator(".codes li").count() == app_settings.RECOVERY_CODE_COUNT
    cora.page.click("main a.btn-primary")
    assert at(cora, "/home/")
    cora.open("/my/sign-in/")
    cora.page.click("a[href$='/name/']")
    assert at(cora, "/name/")
    cora.open("/sign-in/again/?next=/my/sign-in/")
    cora.page.click("[data-start]")
    assert at(cora, "/my/sign-in/")

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
    cora = visit(width=360)
    type_password(cora, "cora@demo.example")
    assert at(cora, "/sign-in/second-step/")
    cora.page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('no')) }")
    cora.page.click("[data-start]")
    cora.page.wait_for_selector("[data-problem]:not([hidden])")
    cora.check()
    assert cora.page.locator("[name=code]").is_visible()


def enroll_app_without_javascript(visitor):
    """Enroll the app with scripts off, where axe cannot run; return the recovery codes."""
    page, url = visitor.page, visitor.stack.url
    page.goto(url + "/sign-in/")
    press = page.locator("main form button[type=submit]").first.click
    page.fill("[name=username]", "ines@demo.example")
    page.fill("[name=password]", PASSWORD)
    press()
    assert page.url.endswith("/my/sign-in/enroll/")
    page.goto(url + "/my/sign-in/passkeys/add/")
    assert page.locator("[data-missing]").is_visible()
    assert not page.locator("[data-start]").is_visible()
    page.goto(url + "/my/sign-in/app/add/")
    page.fill("[name=code]", "12")
    press()
    assert page.locator(".summary").is_visible()
    page.fill("[name=code]", code_of(page.inner_text("[data-test=secret]").replace(" ", "")))
    press()
    codes = page.locator(".codes li").all_inner_texts()
    assert len(codes) == app_settings.RECOVERY_CODE_COUNT
    page.goto(url + "/home/")
    assert page.url.endswith("/home/")
    return codes


def test_an_app_is_enrolled_without_javascript_and_someone_is_invited(visit, stack):
    codes = enroll_app_without_javascript(visit(java_script_enabled=False))
    ines = visit(width=1280)
    type_password(ines, "ines@demo.example")
    ines.fill("code", codes[0])
    ines.submit()
    assert at(ines, "/home/")
    for path in ("/people/", "/my/sign-in/codes/", "/my/sign-in/codes/new/", "/my/sign-in/password/"):
        ines.open(path)
    ines.open("/sign-in/again/?next=/people/")
    ines.fill("code", codes[1])
    ines.submit()
    assert at(ines, "/people/")
    ines.open("/my/sign-in/app/remove/")
    assert ines.sees("only second step")
    ines.open("/people/invite/")
    ines.submit()
    assert ines.page.locator(".summary").is_visible()
    ines.fill("name", "Zeynep")
    ines.fill("email", "zeynep@demo.example")
    ines.choose("roles", "caseworker")
    ines.submit()
    assert ines.sees("Zeynep")
    ines.page.click("main a.btn-outline-danger >> nth=0")
    assert at(ines, "/disable/")

    link = wait_until(lambda: link_in(stack.mails()))
    zeynep = visit(width=360, locale="ar")
    give_passkey(zeynep)
    zeynep.page.goto(link)
    assert at(zeynep, "/invitation/")
    zeynep.fill("new", "short")
    zeynep.fill("again", "shorter")
    zeynep.submit()
    assert zeynep.page.locator(".summary").is_visible()
    zeynep.fill("new", NEW)
    zeynep.fill("again", NEW)
    zeynep.submit()
    assert at(zeynep, "/my/sign-in/enroll/")
    zeynep.open("/my/sign-in/app/add/")
    picture = zeynep.page.locator("img.qr")
    assert picture.evaluate("image => image.complete && image.naturalWidth > 0")
    late = visit(width=360)
    late.page.goto(link)
    late.check()
    assert late.sees("This link does not work")


def link_in(mails):
    """Return the invitation's address in the mails, unfolded from their encoding."""
    text = "\n".join(mails).replace("=\n", "")
    found = re.findall(r"http://localhost:\d+/invitation/[0-9a-f]+/", text)
    return found[0] if found else None
