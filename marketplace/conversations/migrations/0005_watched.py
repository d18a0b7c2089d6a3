"""Changes of conversations are noticed by the shop's pages, which say how soon one is answered."""

from django.db import migrations

from marketplace.core.table_rules import watched


class Migration(migrations.Migration):
    dependencies = [("conversations", "0004_messages_to_programmes"), ("core", "0008_shop_changes")]

    operations = [
        migrations.RunSQL(watched("conversations_conversation")),
    ]
