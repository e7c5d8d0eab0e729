from foundation.events.relay import LINE
from foundation.work.line import register

register(LINE)
