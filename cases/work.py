"""What the worker does for cases: run the rules over all of them."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from cases import runs
from cases.models import RulesRun
from foundation.work.line import Line, register

LINE = register(
    Line(
        key=runs.RULES_RUNS,
        model=RulesRun,
        title=_("The rules over every open case"),
        work=runs.run_through,
        keep=runs.finish,
        related=("office",),
        lease=timedelta(minutes=30),  # a large office takes minutes; a run that is cut off goes on
        tries=4,
        alone=True,
    )
)
