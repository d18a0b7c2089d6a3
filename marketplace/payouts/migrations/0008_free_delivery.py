"""A payout line says what of its amount went to deliveries made free for buyers."""

from django.db import migrations, models
from django.db.models import F, Q

KEEP = """
CREATE OR REPLACE FUNCTION payouts_keep_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.run_id, OLD.cooperative_id, OLD.amount_minor, OLD.account_number, OLD.holder_name,
        OLD.end_to_end_id, OLD.bank_account_id, OLD.destination, OLD.gross_minor,
        OLD.refunded_minor, OLD.commission_minor, OLD.tax_minor, OLD.converted_minor,
        OLD.corrected_minor, OLD.returned_minor, OLD.brought_forward_minor, OLD.withheld_minor,
        OLD.delivery_minor)
       IS DISTINCT FROM
       (NEW.run_id, NEW.cooperative_id, NEW.amount_minor, NEW.account_number, NEW.holder_name,
        NEW.end_to_end_id, NEW.bank_account_id, NEW.destination, NEW.gross_minor,
        NEW.refunded_minor, NEW.commission_minor, NEW.tax_minor, NEW.converted_minor,
        NEW.corrected_minor, NEW.returned_minor, NEW.brought_forward_minor, NEW.withheld_minor,
        NEW.delivery_minor)
    THEN
        RAISE EXCEPTION 'what a payout line pays, and to whom, never changes'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("payouts", "0007_vouchers")]

    operations = [
        migrations.RemoveConstraint("payoutline", "payout_line_adds_up"),
        migrations.AddField("payoutline", "delivery_minor", models.BigIntegerField(default=0)),
        migrations.AddConstraint(
            "payoutline",
            models.CheckConstraint(
                name="payout_line_adds_up",
                condition=Q(
                    amount_minor=F("brought_forward_minor")
                    + F("gross_minor")
                    - F("refunded_minor")
                    - F("commission_minor")
                    - F("tax_minor")
                    - F("delivery_minor")
                    + F("converted_minor")
                    + F("corrected_minor")
                    + F("returned_minor")
                    - F("withheld_minor")
                ),
            ),
        ),
        migrations.RunSQL(KEEP, migrations.RunSQL.noop),
    ]
