"""Changes of free delivery are noticed by the shop's pages."""

from django.db import migrations

from marketplace.core.table_rules import watched


class Migration(migrations.Migration):
    dependencies = [("orders", "0019_substitutes"), ("core", "0008_shop_changes")]

    operations = [
        migrations.RunSQL(watched("orders_freedelivery")),
    ]
