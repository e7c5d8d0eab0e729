"""The ways a message goes: a file for each, and the list of those there are."""

from notifications.channels import in_app, mail, sms
from notifications.channels.carrier import Carrier

CARRIERS: dict[str, Carrier] = {module.CARRIER.channel: module.CARRIER for module in (in_app, mail, sms)}
