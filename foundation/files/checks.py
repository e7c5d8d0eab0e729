"""`manage.py check --deploy`: does the sandbox hold on this machine, and how tightly?"""

import json
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from foundation.files import sandbox


@register(Tags.security, deploy=True)
def the_sandbox_holds(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Nothing inside reaches a socket, a file or another program; a network of its own is better still."""
    if settings.LOGIN in ("web", "names"):
        return []  # these read no file: the worker does
    try:
        result = sandbox.run("foundation.files.rebuilder.probe", b"?")
    except sandbox.CannotWork:
        return [Error("The sandbox for files does not start: none will be rebuilt.", id="intake.E005")]
    reached = json.loads(result.content)
    mistakes: list[CheckMessage] = [
        Error(f"Inside the sandbox for files this is possible: {what}.", id="intake.E005")
        for what, possible in reached.items()
        if possible and what != "see the network"
    ]
    if reached["see the network"]:
        hint = "Allow user namespaces to the worker; until then the filter on system calls alone holds."
        mistakes.append(
            Warning("The sandbox for files has no network of its own.", hint=hint, id="intake.W001")
        )
    return mistakes
