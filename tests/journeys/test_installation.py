"""How the installation stands: on a phone and a desk, in English and Arabic, every state of it in words."""

# What a look finds where everything is wrong at once (until the worker's own next look, half a minute later).
EVERYTHING_WRONG = """
import django; django.setup()
from django.utils import timezone
from operations import findings, signs
from operations.models import Kind, Run
from foundation.database.principal import acting_as, each_statement_alone, system
import re
now = timezone.now()
NEAR = "database broker worker beat names storage static edge migrations office clock".split()
found, seen = [], set()
for key, code in findings.WORDS:
    if key not in seen:
        seen.add(key)
        words = " ".join(str(one) for one in findings.WORDS[key, code])
        names = re.findall(r"%\\((\\w+)\\)([ds])", words)
        data = {name: 12 if kind == "d" else "deliveries" for name, kind in names}
        found.append(findings.Finding(key, "bad", code, data))
inside = [one.as_dict for one in found if one.key not in NEAR]
signs.keep_figures({"at": now.timestamp(), "lines": {}, "findings": inside})
with acting_as(system("test")), each_statement_alone():
    for kind, error in ((Kind.BACKUP, "OSError"), (Kind.DRILL, ""), (Kind.RESTORE, "")):
        Run.objects.create(kind=kind, begun_at=now, ended_at=now, error=error, figures={"lost": 3})
"""


def speak(visitor, language):
    """Choose the language of the pages, and keep it."""
    if visitor.language != language:
        switch = visitor.page.locator(f"button[name=language][value={language}]").first
        with visitor.page.expect_navigation():
            switch.evaluate("one => one.form.requestSubmit(one)")  # it may lie in a menu that is shut
    assert visitor.language == language


def test_the_health_page_is_read_on_any_screen_in_both_languages(stack, visit):
    stack.run(EVERYTHING_WRONG)
    ines = visit(width=1280)
    ines.sign_in("ines")
    for language in ("en", "ar"):
        ines.open("/installation/")
        speak(ines, language)
        for width in (360, 1280):
            ines.page.set_viewport_size({"width": width, "height": 800})
            assert ines.open("/installation/").status == 200
            for title in ("Backups", "Restore", "Place for files"):
                assert ines.sees(title), title
    speak(ines, "en")
