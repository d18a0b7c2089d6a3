"""What cooperatives offer to be collected, and the orders that are."""

import django.db.models.deletion
import marketplace.core.encryption
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0016_price_offers"),
        ("vendors", "0014_visits"),
    ]

    operations = [
        migrations.AddField(
            model_name="checkoutattempt",
            name="pickups",
            field=models.JSONField(null=True),
        ),
        migrations.CreateModel(
            name="PickupOffer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_offered", models.BooleanField()),
                ("address_line", models.CharField(blank=True, max_length=160)),
                ("place_name", models.CharField(blank=True, max_length=80)),
                ("hours", models.JSONField(default=dict)),
                ("ready_days", models.PositiveSmallIntegerField(default=1)),
                ("keep_days", models.PositiveSmallIntegerField(default=7)),
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
        ),
        migrations.CreateModel(
            name="Collection",
            fields=[
                (
                    "vendor_order",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="collection",
                        serialize=False,
                        to="orders.vendororder",
                    ),
                ),
                ("code", marketplace.core.encryption.EncryptedTextField(blank=True)),
                ("wrong_tries", models.PositiveSmallIntegerField(default=0)),
                ("ready_at", models.DateTimeField(null=True)),
                ("keep_until_on", models.DateField(null=True)),
                ("proven_at", models.DateTimeField(null=True)),
                ("without_code", models.CharField(blank=True, max_length=200)),
                (
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orders.pickupoffer",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="pickupoffer",
            index=models.Index(fields=["cooperative", "-id"], name="pickup_offer_newest"),
        ),
        migrations.AddIndex(
            model_name="collection",
            index=models.Index(fields=["keep_until_on"], name="collection_kept_until"),
        ),
    ]
