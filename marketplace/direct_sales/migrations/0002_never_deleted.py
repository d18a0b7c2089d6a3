"""Sales are never deleted; their history and documents are never changed either."""

from django.db import migrations

from marketplace.core.table_rules import append_only, never_deleted


class Migration(migrations.Migration):
    dependencies = [("direct_sales", "0001_direct_sales"), ("core", "0002_table_rules")]

    operations = [
        migrations.RunSQL(
            [
                *never_deleted("direct_sales_directsale"),
                *append_only("direct_sales_directsalechange", "direct_sales_directsaledocument"),
            ]
        )
    ]
