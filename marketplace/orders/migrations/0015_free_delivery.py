"""From which sums cooperatives deliver for free, and what of an order's delivery they pay."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0014_saved_addresses"),
        ("vendors", "0012_documents"),
    ]

    operations = [
        migrations.AddField(
            model_name="checkoutattempt",
            name="free_from",
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name="vendororder",
            name="waived_minor",
            field=models.BigIntegerField(default=0),
        ),
        migrations.CreateModel(
            name="FreeDelivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("market", models.CharField(max_length=2)),
                ("currency", models.CharField(max_length=3)),
                ("from_minor", models.BigIntegerField(null=True)),
                ("set_at", models.DateTimeField(auto_now_add=True)),
                ("set_by", models.CharField(max_length=120)),
                (
                    "cooperative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="vendors.cooperative",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["cooperative", "market", "-id"],
                        name="orders_free_coopera_eeddac_idx",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("from_minor", None), ("from_minor__gt", 0), _connector="OR"
                        ),
                        name="free_delivery_from_a_sum",
                    )
                ],
            },
        ),
    ]
