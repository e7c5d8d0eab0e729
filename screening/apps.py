from django.apps import AppConfig
from django.core.checks import register

from foundation.figures.checks import data_check

data_is_whole = data_check("screening")


class ScreeningConfig(AppConfig):
    name = "screening"

    def ready(self) -> None:
        from intake.promises import register_promises
        from intake.told import income_figures, income_test
        from screening.facts import may_be_over_limit, printed_limit
        from screening.words import APPLICANT_WORDS, BY_MESSAGE, DATE_NEAR

        register(data_is_whole)
        income_test(may_be_over_limit)
        income_figures(printed_limit)
        outcomes = {f"outcome-{code}": words for code, words in APPLICANT_WORDS.items()}
        register_promises({**outcomes, "date-near": DATE_NEAR, "by-message": BY_MESSAGE})
