"""What a cooperative offers a buyer in place of what it cannot deliver."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0018_refusals"),
    ]

    operations = [
        migrations.AddField(
            model_name="priceoffer",
            name="free_to",
            field=models.CharField(blank=True, default="", max_length=2),
        ),
        migrations.AddField(
            model_name="refusedline",
            name="substitute",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="in_place_of",
                to="orders.priceoffer",
            ),
        ),
        migrations.AlterField(
            model_name="priceoffer",
            name="conversation_id",
            field=models.UUIDField(null=True),
        ),
    ]
