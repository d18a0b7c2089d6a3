"""Whether the VAT frozen with a line is in its commission; what was frozen before had it on top."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("payouts", "0010_write_in_one_step")]

    operations = [
        migrations.AddField(
            model_name="frozencommission",
            name="vat_included",
            field=models.BooleanField(default=False),
        ),
    ]
