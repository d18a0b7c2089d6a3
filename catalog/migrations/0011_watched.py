"""Changes of listings are noticed by the shop's pages."""

from django.db import migrations

from marketplace.core.table_rules import watched


class Migration(migrations.Migration):
    dependencies = [("catalog", "0010_most_per_order"), ("core", "0008_shop_changes")]

    operations = [
        migrations.RunSQL(watched("catalog_listingpage")),
        migrations.RunSQL(watched("catalog_listingoffer")),
    ]
