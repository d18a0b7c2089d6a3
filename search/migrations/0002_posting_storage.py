"""Postings are stored uncompressed: reading them costs less than the space that it takes."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE search_posting ALTER numbers SET STORAGE EXTERNAL,"
            " ALTER fields SET STORAGE EXTERNAL"
        ),
    ]
