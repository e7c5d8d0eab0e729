"""`manage.py build_packet CASE --as USER --out DIR`: write a case's newest packet into a folder."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from cases.models import Case
from foundation.accounts.models import Role, User
from foundation.database.principal import Principal, acting_as
from foundation.files.actions import open_file
from foundation.refused import Refused
from foundation.vault.opening import open_one
from packets import actions
from packets.access import packets_visible_to
from packets.composing import PURPOSE
from packets.models import Build, BuildStatus, Packet, PacketStatus
from packets.queries import index_docx, opened
from packets.words import why
from packets.work import LINE


def principal_of(user: User) -> Principal:
    """Return whom the database is asked for: this person, in the role they act in."""
    return Principal(user.role, f"user:{user.pk}", user_id=user.pk, office_id=user.office_id)


class Command(BaseCommand):
    help = (
        "Build the newest packet of a case as somebody who may, and write its volumes, its manifest and its"
        " index into a folder. One that is frozen or filed is written as it was built. They are in plain:"
        " delete them when they are filed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("case", metavar="CASE", help="the case's reference")
        parser.add_argument("--as", dest="user", required=True, metavar="USER", help="an attorney's address")
        parser.add_argument("--out", type=Path, required=True, metavar="DIR")

    def handle(self, *, case: str, user: str, out: Path, **options: Any) -> None:
        """Build and write. Raises CommandError where there is none, or an exhibit cannot be bound."""
        who = User.objects.filter(email=user, is_active=True).first()
        if who is None or not who.has_role(Role.ATTORNEY, Role.ASSISTANT):
            raise CommandError("No attorney or assistant here has this address.")
        who.choose_role((Role.ATTORNEY, Role.ASSISTANT), wanted="")
        packet = self.packet(case, who)
        if packet.status == PacketStatus.WORKING:
            self.build(packet, who)
        with acting_as(principal_of(who)), transaction.atomic():
            page = opened(Packet.objects.select_related("case__office", "follows").get(pk=packet.pk))
            if page.good is None:
                raise CommandError("It was not built.")
            self.write(page.good, index_docx(page), out)

    def packet(self, reference: str, who: User) -> Packet:
        with acting_as(principal_of(who)), transaction.atomic():
            found = packets_visible_to(who).filter(case__in=Case.objects.filter(reference=reference))
            packet = found.select_related("case").first()
        if packet is None:
            raise CommandError("This person sees no packet of such a case.")
        return packet

    def build(self, packet: Packet, who: User) -> None:
        try:
            with acting_as(principal_of(who)), transaction.atomic():
                build = actions.ask_build(packet, by=who, at=timezone.now())
        except Refused as refused:
            raise CommandError(str(refused)) from None
        LINE.work_off()
        with acting_as(principal_of(who)), transaction.atomic():
            build = Build.objects.select_related("failed").get(pk=build.pk)
        if build.status == BuildStatus.FAILED:
            raise CommandError(why(build.reason))

    def write(self, build: Build, index: bytes, out: Path) -> None:
        out.mkdir(parents=True, exist_ok=True)
        said = open_one(build, "made", purpose=PURPOSE).made["manifest"]
        for volume, row in zip(build.volumes.select_related("stored"), said["volumes"], strict=True):
            row["file"] = f"volume-{volume.number}.pdf"
            (out / row["file"]).write_bytes(b"".join(open_file(volume.stored, purpose=PURPOSE)))
            self.stdout.write(f"{row['file']}: {row['pages']} pages, {row['first']} to {row['last']}")
        (out / "manifest.json").write_text(json.dumps(said, indent=1))
        (out / "index.docx").write_bytes(index)
