from foundation.events.ledger import nudge, on
from foundation.events.models import Event
from foundation.files.uploads import TASK


@on("files.received", key="files.rebuild")
def wake_the_rebuilder(event: Event) -> None:
    """Wake the task that rebuilds, which works between transactions; a handler runs inside one."""
    nudge(TASK)
