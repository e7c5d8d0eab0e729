"""Our own pages: the inbox of someone who signed in, the page somebody comes back to with a receipt.

Nothing leaves the house, so a message of this channel is there as soon as it is written.
"""

from notifications.channels.carrier import Carrier
from notifications.models import Channel

CARRIER = Carrier(channel=Channel.IN_APP)
