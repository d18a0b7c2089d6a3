"""Accounts, transactions, entries, closings and numbers are only added, never changed."""

from django.db import migrations

from marketplace.core.table_rules import append_only

TABLES = (
    "ledger_account",
    "ledger_ledgertransaction",
    "ledger_entry",
    "ledger_periodclosing",
    "ledger_entrynumber",
)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial"), ("core", "0002_table_rules")]

    operations = [migrations.RunSQL(append_only(*TABLES))]
