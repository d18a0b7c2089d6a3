from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("vendors", "0012_documents"),
    ]

    operations = [
        migrations.AddField(
            model_name="cooperative",
            name="advisers_may_act",
            field=models.BooleanField(db_default=True, default=True),
        ),
        migrations.AddField(
            model_name="cooperative",
            name="told_of_acts_at",
            field=models.DateTimeField(null=True),
        ),
    ]
