from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="vendororder",
            name="short_at",
            field=models.DateTimeField(null=True),
        ),
    ]
