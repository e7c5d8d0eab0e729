"""The mail server. In development Django writes each mail into a folder instead."""

from smtplib import SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage

from notifications.channels.carrier import Carrier, NoSuchAddress, Outgoing
from notifications.models import Channel


class DjangoMail:
    """Sends through the backend named in the settings: SMTP in production, a folder elsewhere."""

    def send(self, outgoing: Outgoing) -> None:
        sender = settings.ALIAS_FROM_EMAIL if outgoing.alias else settings.DEFAULT_FROM_EMAIL
        # The name of the program stands in no header of a mail to somebody seeking help.
        host = "messages" if outgoing.alias else "intake"
        headers = {"Message-ID": f"<{outgoing.key}@{host}>"}
        mail = EmailMessage(outgoing.subject, outgoing.body, sender, to=[outgoing.to], headers=headers)
        try:
            mail.send()
        except SMTPRecipientsRefused as refused:
            # 4xx is "later" (a full mailbox, graylisting); 5xx is for good.
            if all(code >= 500 for code, _words in refused.recipients.values()):
                raise NoSuchAddress from refused
            raise


CARRIER = Carrier(channel=Channel.EMAIL, ways=frozenset({"email"}), address="email", client=DjangoMail())
