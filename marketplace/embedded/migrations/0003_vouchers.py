"""Vouchers, what they take off a checkout's lines, and which one an order had."""

import django.db.models.deletion
import django.utils.timezone
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("embedded", "0002_announced_work"),
    ]

    operations = [
        migrations.AddField(
            model_name="checkout",
            name="discount_minor",
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="checkout",
            name="discount_name",
            field=models.CharField(max_length=255, null=True),
        ),
        migrations.AddField(
            model_name="checkout",
            name="voucher_code",
            field=models.CharField(max_length=255, null=True),
        ),
        migrations.AddField(
            model_name="checkoutline",
            name="discount_minor",
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="order",
            name="voucher_code",
            field=models.CharField(max_length=255, null=True),
        ),
        migrations.AddField(
            model_name="orderline",
            name="voucher_code",
            field=models.CharField(max_length=255, null=True),
        ),
        migrations.CreateModel(
            name="Voucher",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("metadata", models.JSONField(blank=True, default=dict)),
                ("private_metadata", models.JSONField(blank=True, default=dict)),
                (
                    "type",
                    models.CharField(
                        choices=[("SPECIFIC_PRODUCT", "Specific Product")],
                        default="SPECIFIC_PRODUCT",
                        max_length=20,
                    ),
                ),
                ("name", models.CharField(max_length=255, null=True)),
                (
                    "discount_value_type",
                    models.CharField(
                        choices=[("FIXED", "Fixed"), ("PERCENTAGE", "Percentage")],
                        default="FIXED",
                        max_length=10,
                    ),
                ),
                ("start_date", models.DateTimeField(default=django.utils.timezone.now)),
                ("end_date", models.DateTimeField(null=True)),
                ("usage_limit", models.PositiveIntegerField(null=True)),
                ("apply_once_per_customer", models.BooleanField(default=False)),
                (
                    "products",
                    models.ManyToManyField(blank=True, related_name="+", to="embedded.product"),
                ),
            ],
            options={
                "ordering": ("name", "pk"),
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.AddField(
            model_name="order",
            name="voucher",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="embedded.voucher",
            ),
        ),
        migrations.CreateModel(
            name="VoucherCode",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("code", models.CharField(max_length=255, unique=True)),
                ("used", models.PositiveIntegerField(default=0)),
                ("is_active", models.BooleanField(default=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "voucher",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="codes",
                        to="embedded.voucher",
                    ),
                ),
            ],
            options={
                "ordering": ("-created_at", "code"),
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="VoucherChannelListing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("discount_value", models.DecimalField(decimal_places=3, max_digits=20)),
                ("currency", models.CharField(max_length=3)),
                (
                    "channel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="embedded.channel",
                    ),
                ),
                (
                    "voucher",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="channel_listings",
                        to="embedded.voucher",
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("voucher", "channel"), name="embedded_voucher_listing_unique"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="VoucherCustomer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("customer_email", models.EmailField(max_length=254)),
                (
                    "voucher_code",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="customers",
                        to="embedded.vouchercode",
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("voucher_code", "customer_email"),
                        name="embedded_voucher_customer_once",
                    )
                ],
            },
        ),
    ]
