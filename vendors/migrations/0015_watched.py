"""Changes of what cooperatives present are noticed by the shop's pages."""

from django.db import migrations

from marketplace.core.table_rules import watched


class Migration(migrations.Migration):
    dependencies = [("vendors", "0014_visits"), ("core", "0008_shop_changes")]

    operations = [
        migrations.RunSQL(watched("vendors_cooperative")),
        migrations.RunSQL(watched("vendors_cooperativetext")),
        migrations.RunSQL(watched("vendors_shownmember")),
        migrations.RunSQL(watched("vendors_certification")),
        migrations.RunSQL(watched("vendors_selleridentifier")),
    ]
