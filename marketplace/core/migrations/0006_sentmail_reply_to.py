from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0005_backup_records"),
    ]

    operations = [
        migrations.AddField(
            model_name="sentmail",
            name="reply_to",
            field=models.CharField(blank=True, max_length=254),
        ),
    ]
