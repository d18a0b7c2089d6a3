"""Adds reviews to what is stored of each document, at the end of its record.

8 bytes without any value of the facet, and the signal of what nobody has reviewed (0.75).
"""

from django.db import migrations

_FACTS = r"""
    UPDATE search_searchdocument SET facts = facts || '\x00000000000000000000403f'::bytea
"""


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0005_countries"),
        ("catalog", "0005_reviews"),
    ]

    operations = [migrations.RunSQL([_FACTS], migrations.RunSQL.noop)]
