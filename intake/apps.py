from django.apps import AppConfig
from django.core.checks import register


class IntakeConfig(AppConfig):
    name = "intake"

    def ready(self) -> None:
        from intake.promises import register_promises
        from intake.questionnaire.checks import questionnaire_is_whole
        from intake.usual_questions import QUESTIONS
        from intake.what_to_do import SENTENCES

        register_promises(SENTENCES | QUESTIONS)
        register(questionnaire_is_whole)
