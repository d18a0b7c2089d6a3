"""Offers to one buyer, the baskets that hold them, and the checkouts at their price."""

import django.db.models.deletion
import marketplace.core.encryption
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0015_free_delivery"),
        ("vendors", "0014_visits"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PriceOffer",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("conversation_id", models.UUIDField()),
                ("version", models.PositiveIntegerField()),
                ("key", models.CharField(max_length=64)),
                ("market", models.CharField(max_length=2)),
                ("currency", models.CharField(max_length=3)),
                ("listing_id", models.UUIDField()),
                ("variant_id", models.UUIDField()),
                ("titles", models.JSONField(default=dict)),
                ("variant_name", models.CharField(blank=True, max_length=120)),
                ("quantity", models.PositiveIntegerField()),
                ("unit_minor", models.BigIntegerField()),
                ("usual_unit_minor", models.BigIntegerField()),
                ("ready_on", models.DateField(null=True)),
                ("valid_until", models.DateField()),
                ("text", marketplace.core.encryption.EncryptedTextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("replaced", "replaced by a newer one"),
                            ("withdrawn", "withdrawn"),
                            ("declined", "declined by the buyer"),
                            ("taken", "ordered"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("order_id", models.UUIDField(null=True, unique=True)),
                ("held_at", models.DateTimeField(null=True)),
                (
                    "cooperative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="vendors.cooperative",
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
            ],
            options={
                "ordering": ["-version"],
            },
        ),
        migrations.AddField(
            model_name="basket",
            name="price_offer",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="basket",
                to="orders.priceoffer",
            ),
        ),
        migrations.AddField(
            model_name="checkoutattempt",
            name="price_offer",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="attempts",
                to="orders.priceoffer",
            ),
        ),
        migrations.AddConstraint(
            model_name="priceoffer",
            constraint=models.UniqueConstraint(
                fields=("conversation_id", "version"), name="price_offer_version_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="priceoffer",
            constraint=models.UniqueConstraint(
                fields=("conversation_id", "key"), name="price_offer_form_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="priceoffer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")),
                fields=("conversation_id",),
                name="one_open_price_offer",
            ),
        ),
        migrations.AddConstraint(
            model_name="priceoffer",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gt", 0), ("unit_minor__gt", 0)),
                name="price_offer_positive",
            ),
        ),
    ]
