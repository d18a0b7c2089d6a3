"""Work that waits in these tables is announced, so that the worker need not look for it."""

from django.db import migrations

from marketplace.core.table_rules import announced


class Migration(migrations.Migration):
    dependencies = [("payments", "0005_staged_bank_statements"), ("core", "0004_announced_work")]

    operations = [
        migrations.RunSQL(announced("payments_providernotification")),
        migrations.RunSQL(announced("payments_refund", "INSERT OR UPDATE OF state")),
        migrations.RunSQL(announced("payments_payment", "UPDATE OF returned_at")),
        migrations.RunSQL(announced("payments_externalpayment", "UPDATE OF settled_at")),
        migrations.RunSQL(announced("payments_banktransfer", "UPDATE OF state")),
    ]
