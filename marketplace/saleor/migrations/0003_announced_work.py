"""Work that waits in these tables is announced, so that the worker need not look for it."""

from django.db import migrations

from marketplace.core.table_rules import announced


class Migration(migrations.Migration):
    dependencies = [("saleor", "0002_key_tries"), ("core", "0004_announced_work")]

    operations = [
        migrations.RunSQL(announced("saleor_inboxmessage")),
    ]
