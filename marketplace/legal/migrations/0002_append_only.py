"""Versions and what was accepted are never changed, by the database itself."""

from django.db import migrations

from marketplace.core.table_rules import append_only


class Migration(migrations.Migration):
    dependencies = [("legal", "0001_initial"), ("core", "0002_table_rules")]

    operations = [migrations.RunSQL(append_only("legal_legaltext", "legal_acceptance"))]
