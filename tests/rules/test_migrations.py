"""Models and migrations say the same, and tables that span rooms lean the right way."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models

# Lowest first: a table may refer to rooms at its left, never at its right.
ORDER = [
    "contenttypes", "auth", "core", "saleor", "vendors", "long_jobs", "catalog", "search", "orders",
    "conversations", "direct_sales", "offline", "reviews", "ledger", "payments", "payouts",
    "impact", "demo",
]  # fmt: skip


@pytest.mark.django_db(databases=["default", "engine", "owner"])
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def foreign_keys() -> list[tuple[str, str, str]]:
    return [
        (own._meta.app_label, field.related_model._meta.app_label, f"{own.__name__}.{field.name}")
        for own in apps.get_models()
        for field in own._meta.get_fields()
        if isinstance(field, models.ForeignKey) and own._meta.app_label in ORDER
    ]


def test_tables_refer_downwards_only() -> None:
    wrong = [
        name
        for own, other, name in foreign_keys()
        if other not in ORDER or ORDER.index(other) > ORDER.index(own)
    ]
    assert wrong == []


def test_the_engine_has_no_table_in_common_with_us() -> None:
    ours = {name for own, other, name in foreign_keys() if "embedded" in {own, other}}
    assert ours == set()
