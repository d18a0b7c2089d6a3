"""Vouchers: what they take off baskets, checkouts and orders, and who has used them."""

import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0007_email_keys"),
        ("vendors", "0009_no_plain_exemption"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="basket",
            name="voucher_code",
            field=models.CharField(blank=True, max_length=24),
        ),
        migrations.AddField(
            model_name="checkoutattempt",
            name="discount_minor",
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="checkoutattempt",
            name="voucher_code",
            field=models.CharField(blank=True, max_length=24),
        ),
        migrations.AddField(
            model_name="order",
            name="discount_minor",
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="order",
            name="voucher_code",
            field=models.CharField(blank=True, max_length=255),
        ),
        migrations.AddField(
            model_name="vendororder",
            name="discount_by",
            field=models.CharField(
                blank=True,
                choices=[
                    ("cooperative", "the cooperative"),
                    ("region", "the region"),
                    ("programme", "the programme"),
                ],
                max_length=11,
            ),
        ),
        migrations.AddField(
            model_name="vendororder",
            name="discount_minor",
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="vendororder",
            name="voucher_code",
            field=models.CharField(blank=True, max_length=255),
        ),
        migrations.AddField(
            model_name="vendororderline",
            name="discount_minor",
            field=models.BigIntegerField(default=0),
        ),
        migrations.CreateModel(
            name="Voucher",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("cooperative_id", models.UUIDField(null=True)),
                ("region_code", models.CharField(blank=True, max_length=8)),
                ("code", models.CharField(max_length=24, unique=True)),
                ("name", models.CharField(blank=True, max_length=80)),
                (
                    "bearer",
                    models.CharField(
                        choices=[
                            ("cooperative", "the cooperative"),
                            ("region", "the region"),
                            ("programme", "the programme"),
                        ],
                        max_length=11,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("percent", "a percentage"),
                            ("amount", "an amount off each piece"),
                        ],
                        max_length=7,
                    ),
                ),
                ("percent", models.PositiveSmallIntegerField(null=True)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("most_uses", models.PositiveIntegerField(null=True)),
                ("once_per_buyer", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "waits for a second person"),
                            ("open", "can be used"),
                            ("stopped", "stopped"),
                        ],
                        max_length=8,
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("stopped_at", models.DateTimeField(null=True)),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="vendors.programme",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="VoucherMarket",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("market", models.CharField(max_length=2)),
                ("currency", models.CharField(max_length=3)),
                ("amount_minor", models.BigIntegerField(null=True)),
                ("least_minor", models.BigIntegerField(default=0)),
                (
                    "voucher",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="markets",
                        to="orders.voucher",
                    ),
                ),
            ],
            options={
                "ordering": ["market"],
            },
        ),
        migrations.CreateModel(
            name="VoucherUse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("order_id", models.UUIDField(unique=True)),
                (
                    "contacts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=64), default=list, size=None
                    ),
                ),
                ("taken_at", models.DateTimeField()),
                ("is_placed", models.BooleanField(default=False)),
                (
                    "attempt",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="voucher_use",
                        to="orders.checkoutattempt",
                    ),
                ),
                (
                    "voucher",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uses",
                        to="orders.voucher",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="voucher",
            index=models.Index(
                fields=["programme", "-created_at"], name="orders_vouc_program_aba654_idx"
            ),
        ),
        migrations.AddIndex(
            model_name="voucher",
            index=models.Index(
                fields=["cooperative_id", "-created_at"], name="orders_vouc_coopera_ae80d7_idx"
            ),
        ),
        migrations.AddConstraint(
            model_name="voucher",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "amount"), ("percent", None)),
                    ("percent__range", (1, 90)),
                    _connector="OR",
                ),
                name="voucher_percent_within_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="voucher",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                name="voucher_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="voucher",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("bearer", "cooperative"), _negated=True),
                    ("cooperative_id__isnull", False),
                    _connector="OR",
                ),
                name="voucher_of_a_cooperative_names_it",
            ),
        ),
        migrations.AddConstraint(
            model_name="vouchermarket",
            constraint=models.UniqueConstraint(
                fields=("voucher", "market"), name="voucher_market_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="vouchermarket",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("amount_minor", None), ("amount_minor__gt", 0), _connector="OR"),
                    ("least_minor__gte", 0),
                ),
                name="voucher_amounts_positive",
            ),
        ),
        migrations.AddIndex(
            model_name="voucheruse",
            index=models.Index(
                fields=["voucher", "is_placed"], name="orders_vouc_voucher_0d4e23_idx"
            ),
        ),
    ]
