"""Every field that could hold a buyer's data has a fate, and every fate a field."""

from typing import Any

from django.apps import apps
from django.db import models

from marketplace.personal_data.fields import ERASED, fate_of, fates
from marketplace.personal_data.services.carry_out import STEPS

# The engine's tables are its own: there a buyer is erased through its API.
OTHERS = {"embedded", "procrastinate", "contenttypes"}
WRITTEN = (
    models.CharField, models.TextField, models.JSONField, models.GenericIPAddressField,
    models.BinaryField,
)  # fmt: skip


def could_name_somebody() -> list[Any]:
    """Text, structures, addresses and accounts, of all our tables."""
    return [
        field
        for model in apps.get_models()
        if model._meta.app_label not in OTHERS
        for field in model._meta.concrete_fields
        if isinstance(field, WRITTEN)
        or (isinstance(field, models.ForeignKey) and field.related_model is user_model())
    ]


def user_model() -> Any:
    return apps.get_model("vendors", "User")


def test_every_field_has_a_fate() -> None:
    assert [str(field) for field in could_name_somebody() if fate_of(field) is None] == []


def test_every_row_is_about_a_field() -> None:
    used = {fate_of(field) for model in apps.get_models() for field in model._meta.concrete_fields}
    assert [row.fields for row in fates() if row not in used] == []


def test_what_is_erased_names_its_step() -> None:
    steps = {
        row.why.replace(";", " ").split()[1]
        for row in fates()
        if row.fate == ERASED and row.why.startswith("step ")
    }
    assert {step.rstrip(":,") for step in steps} == set(STEPS)
