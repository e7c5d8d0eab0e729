"""Erase a person's matter: every row that declares itself part of one, its documents on disk, its key.

What belongs to a matter is read from the models (`MatterModel`), so that nothing new can be forgotten here.
The ledger stays: it holds ids and codes, and tells that the matter was erased.
"""

import uuid
from collections.abc import Iterable
from functools import partial
from graphlib import TopologicalSorter

from django.apps import apps
from django.db import models, transaction
from django.dispatch import Signal

from foundation.accounts.matters import MatterModel
from foundation.files.actions import path_of
from foundation.files.models import StoredFile
from foundation.vault.keys import shred

# Sent with `file_ids` before anything goes, in the same transaction: for what must not wait.
erasing = Signal()


def matter_models() -> list[type[models.Model]]:
    """Return every model whose rows belong to a matter, those that refer to others first."""
    of_a_matter = [model for model in apps.get_models() if issubclass(model, MatterModel)]
    refers = TopologicalSorter({model: _referred(model) & set(of_a_matter) for model in of_a_matter})
    return list(reversed(list(refers.static_order())))


def _referred(model: type[models.Model]) -> set[type[models.Model]]:
    related = (field.related_model for field in model._meta.concrete_fields if field.is_relation)
    return {other for other in related if isinstance(other, type) and other is not model}


@transaction.atomic
def erase_matters(matter_ids: Iterable[uuid.UUID]) -> int:
    """Erase these matters and return how many rows went. Without a key, a copy in a backup stays shut too."""
    ids = list(matter_ids)
    erasing.send(sender=MatterModel, matter_ids=ids)
    stored = list(StoredFile.objects.filter(matter_id__in=ids).values_list("pk", flat=True))
    rows = sum(model._base_manager.filter(matter_id__in=ids).delete()[0] for model in matter_models())
    shred(ids)
    for pk in stored:
        transaction.on_commit(partial(path_of(pk).unlink, missing_ok=True))
    return rows
