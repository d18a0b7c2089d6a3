"""A balance below zero can be paid back, or borne by the programme: two more causes."""

from django.db import migrations, models

from marketplace.payouts.ledger.chart import Cause


class Migration(migrations.Migration):
    dependencies = [("payouts", "0011_vat_in_the_commission")]

    operations = [
        migrations.AlterField(
            model_name="ledgertransaction",
            name="cause",
            field=models.CharField(choices=Cause.choices, max_length=24),
        ),
    ]
