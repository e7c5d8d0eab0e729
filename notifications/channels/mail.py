"""The mail server. In development Django writes each mail into a folder instead."""

from django.core.mail import EmailMessage

from notifications.channels.carrier import Carrier, Outgoing
from notifications.models import Channel


class DjangoMail:
    """Sends through the backend named in the settings: SMTP in production, a folder elsewhere."""

    def send(self, outgoing: Outgoing) -> None:
        headers = {"Message-ID": f"<{outgoing.key}@intake>"}
        EmailMessage(outgoing.subject, outgoing.body, to=[outgoing.to], headers=headers).send()


CARRIER = Carrier(channel=Channel.EMAIL, ways=frozenset({"email"}), address="email", client=DjangoMail())
