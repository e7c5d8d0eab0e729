from django.apps import AppConfig
from django.core.checks import register


class IntakeConfig(AppConfig):
    name = "intake"

    def ready(self) -> None:
        from intake.questionnaire.checks import questionnaire_is_whole

        register(questionnaire_is_whole)
