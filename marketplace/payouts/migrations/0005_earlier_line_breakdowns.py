"""The breakdown of lines prepared before: their sales were kept less refunds.

Refunds were kept after commission: they are added to the sales as they are, and what else makes
the amount stands as brought forward. Each line then adds up; the VAT is within its commission.
"""

from django.db import migrations

FILL = """
UPDATE payouts_payoutline SET
    brought_forward_minor = amount_minor + withheld_minor - gross_minor + commission_minor,
    gross_minor = gross_minor + refunded_minor
"""


class Migration(migrations.Migration):
    dependencies = [("payouts", "0004_line_breakdown")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
