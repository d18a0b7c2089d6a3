"""What cooperatives cannot deliver of an order, said before it is sent."""

import django.db.models.deletion
import django.utils.timezone
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0017_pickup"),
    ]

    operations = [
        migrations.CreateModel(
            name="Refusal",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300)),
                ("amount_minor", models.BigIntegerField(default=0)),
                ("ends", models.BooleanField(default=False)),
                ("refund_id", models.UUIDField(null=True, unique=True)),
                ("settled_at", models.DateTimeField(null=True)),
                ("refused_by", models.CharField(max_length=120)),
                ("refused_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["refused_at"],
            },
        ),
        migrations.CreateModel(
            name="RefusedLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("quantity", models.PositiveIntegerField()),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("sold_out", "No longer in stock"),
                            ("damaged", "Damaged, or not good enough to send"),
                            ("not_ready", "Cannot be made in time"),
                            ("listed_wrong", "The product or its price was wrong in the shop"),
                            ("not_sendable", "Cannot be sent to this address"),
                            ("other", "Another reason"),
                        ],
                        max_length=14,
                    ),
                ),
                ("amount_minor", models.BigIntegerField()),
                ("stock_target", models.IntegerField(null=True)),
                ("engine_stock_at", models.DateTimeField(null=True)),
                ("engine_released_at", models.DateTimeField(null=True)),
                ("released", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.AddField(
            model_name="vendororderline",
            name="quantity_refused",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.AddConstraint(
            model_name="vendororderline",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity_refused__lte", models.F("quantity"))),
                name="no_more_refused_than_bought",
            ),
        ),
        migrations.AddField(
            model_name="refusal",
            name="vendor_order",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="refusals",
                to="orders.vendororder",
            ),
        ),
        migrations.AddField(
            model_name="refusedline",
            name="line",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="refused",
                to="orders.vendororderline",
            ),
        ),
        migrations.AddField(
            model_name="refusedline",
            name="refusal",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lines",
                to="orders.refusal",
            ),
        ),
        migrations.AddConstraint(
            model_name="refusal",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount_minor__gte", 0)), name="refusal_not_negative"
            ),
        ),
        migrations.AddIndex(
            model_name="refusedline",
            index=models.Index(
                condition=models.Q(("engine_released_at__isnull", True)),
                fields=["refusal"],
                name="refused_line_untold",
            ),
        ),
        migrations.AddConstraint(
            model_name="refusedline",
            constraint=models.UniqueConstraint(
                fields=("refusal", "line"), name="refused_line_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="refusedline",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gte", 1)), name="refused_line_has_a_quantity"
            ),
        ),
    ]
