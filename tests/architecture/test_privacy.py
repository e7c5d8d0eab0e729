"""Every model field has a privacy class."""

import pytest
from django.apps import apps
from django.db import models

from foundation.house import our_labels
from foundation.vault import fields as vault

MODELS = [model for model in apps.get_models() if model._meta.app_label in our_labels()]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_field_declares_its_privacy_class(model):
    assert list(vault.undeclared(model)) == []


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_declaration_names_only_fields_that_exist(model):
    names = {field.name for field in model._meta.concrete_fields} | {
        field.attname for field in model._meta.concrete_fields
    }
    declared = {name for names in getattr(model, "PRIVACY", {}).values() for name in names.split()}
    assert declared <= names
    assert set(getattr(model, "PRIVACY", {})) <= {vault.PUBLIC, vault.INTERNAL}


def test_an_undeclared_field_would_be_found():
    class Loose(models.Model):
        secret = models.TextField()

        def __str__(self):
            return ""

        class Meta:
            app_label = "vault"
            managed = False

    apps.all_models["vault"].pop("loose")
    assert "secret" in list(vault.undeclared(Loose))
