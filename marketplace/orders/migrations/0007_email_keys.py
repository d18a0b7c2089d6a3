"""Orders are found by the buyer's address, as a keyed hash; a job fills it in for earlier orders."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("orders", "0006_complaints")]

    operations = [
        migrations.AddField(
            model_name="order",
            name="email_key",
            field=models.CharField(blank=True, db_index=True, max_length=64),
        ),
    ]
