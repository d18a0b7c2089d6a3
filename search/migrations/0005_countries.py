"""Adds the country to what is stored of each document, at the end of its record of 2 bytes more."""

from django.db import migrations

_CODES = """
    INSERT INTO search_facetvalue (facet, value, code, names)
    SELECT 'countries', country_code, row_number() OVER (ORDER BY country_code) - 1, '{}'
    FROM (SELECT DISTINCT country_code FROM catalog_listingpage) AS known
"""
# A document whose listing is gone is not shown: which country it gets is of no account.
_FACTS = r"""
    UPDATE search_searchdocument AS document
    SET facts = facts || set_byte(set_byte('\x0000'::bytea, 0, code % 256), 1, code / 256)
    FROM (
        SELECT stored.id, coalesce(facet.code, 0) AS code
        FROM search_searchdocument AS stored
        LEFT JOIN catalog_listingpage AS page ON page.listing_id = stored.listing_id
        LEFT JOIN search_facetvalue AS facet
            ON facet.facet = 'countries' AND facet.value = page.country_code
    ) AS found
    WHERE found.id = document.id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0004_tally_listing"),
        ("catalog", "0004_no_plain_materials"),
    ]

    operations = [migrations.RunSQL([_CODES, _FACTS], migrations.RunSQL.noop)]
