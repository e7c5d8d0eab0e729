"""manage.py move_answers: move answers that were kept under pages of before to the pages of today."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from intake.moving import left_to_move, move_answers


class Command(BaseCommand):
    help = (
        "Move answers that were kept under pages of before to the pages of today. Each form's are opened,"
        " on record, and sealed anew. May be stopped and started; until then they are read where they are."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--most", type=int, help="move so many forms, then stop")

    def handle(self, *args: Any, most: int | None, **options: Any) -> None:
        moved = move_answers(most=most)
        self.stdout.write(f"Moved the answers of {moved} forms; {left_to_move()} are left.")
