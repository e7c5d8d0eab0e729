"""The names of languages are in the language of the page, wherever somebody reads or chooses one."""

import pytest
from django.utils.translation import override

from directory.forms import ListForm
from foundation.languages import language_choices, language_name, languages
from foundation.languages.words import NAMES
from intake.questionnaire.closing import SECTION
from intake.words import spoken_words

SPOKEN = next(page.form for page in SECTION.pages if "spoken_language" in page.form().fields)
# Everything that puts a language in words for a page: {what: its words for a code}.
SAID = {
    "a name": language_name,
    "what somebody speaks": spoken_words,
    "a choice of the staff": lambda code: dict(language_choices())[code],
    "the list of other help": lambda code: str(dict(ListForm().fields["language"].choices)[code]),
    "the form": lambda code: dict(SPOKEN().fields["spoken_language"].choices)[code],
}


def test_every_language_of_the_file_has_its_words_and_no_other():
    with override("en"):
        assert {code: str(words) for code, words in NAMES.items()} == {
            one.code: one.name for one in languages()
        }


@pytest.mark.parametrize("what", SAID)
def test_a_language_is_named_as_the_page_speaks(what):
    """Django's own catalogue knows "Arabic"; that ours knows the others is tested with all words."""
    with override("ar"):
        assert "Arabic" not in SAID[what]("ara") and "العربي" in SAID[what]("ara")
    with override("en"):
        assert "Arabic" in SAID[what]("ara")


def test_what_nobody_said_and_what_is_not_on_the_list_stay_what_they_are():
    with override("en"):
        assert spoken_words("") == "not known" and spoken_words("other") == "another language"
        assert spoken_words("xyz") == language_name("xyz") == "xyz"
        assert spoken_words("ar") == "Arabic"  # an older offer kept the site's own code
