"""What the writing of an index can do without: two indexes, and the packing of its postings."""

import django.db.models.deletion
from django.db import migrations, models

_GENERATION = {
    "db_index": False,
    "on_delete": django.db.models.deletion.CASCADE,
    "related_name": "+",
    "to": "search.generation",
}


class Migration(migrations.Migration):
    dependencies = [("search", "0002_generations")]

    operations = [
        # Both tables have another index that begins with the generation.
        migrations.AlterField("posting", "generation", models.ForeignKey(**_GENERATION)),
        migrations.AlterField("searchdocument", "generation", models.ForeignKey(**_GENERATION)),
        # To pack and unpack numbers costs more than the few bytes that it saves.
        migrations.RunSQL(
            "ALTER TABLE search_posting ALTER numbers SET STORAGE EXTERNAL,"
            " ALTER places SET STORAGE EXTERNAL",
            "ALTER TABLE search_posting ALTER numbers SET STORAGE EXTENDED,"
            " ALTER places SET STORAGE EXTENDED",
        ),
    ]
