"""Buyers' invoices and credit notes are only added, each number follows the last."""

from django.db import migrations

from marketplace.core.table_rules import numbered


class Migration(migrations.Migration):
    dependencies = [("payments", "0001_initial"), ("core", "0002_table_rules")]

    operations = [migrations.RunSQL(numbered("payments_buyerinvoice"))]
