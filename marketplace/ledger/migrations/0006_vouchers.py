"""Accounts of what the programme and regions bear of vouchers."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0005_write"),
    ]

    operations = [
        migrations.AlterField(
            model_name="account",
            name="code",
            field=models.CharField(
                choices=[
                    ("psp_clearing", "card provider"),
                    ("psp_disputed", "card provider, disputed"),
                    ("carrier_cod", "cash held by carriers"),
                    ("bank", "programme's bank account"),
                    ("held", "cooperatives, pending"),
                    ("released", "cooperatives, available"),
                    ("in_run", "cooperatives, being paid"),
                    ("disputed", "cooperatives, disputed"),
                    ("tax_payable", "tax payable"),
                    ("shipping_payable", "carriers, delivery payable"),
                    ("buyer_refundable", "buyers, refunds payable"),
                    ("voucher_payable", "vouchers, payable to cooperatives"),
                    ("suspense", "suspense account"),
                    ("opening", "opening balances"),
                    ("commission", "commission"),
                    ("psp_fee", "card provider's fees"),
                    ("shipping_refunded", "delivery refunded after arrival"),
                    ("chargeback", "chargebacks borne by the programme"),
                    ("refund_cost", "refunds borne by the programme"),
                    ("voucher_cost", "vouchers borne by the programme"),
                    ("voucher_region", "vouchers borne by regions"),
                    ("rounding", "rounding differences"),
                    ("fx", "currency conversion"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="mappedaccount",
            name="code",
            field=models.CharField(
                choices=[
                    ("psp_clearing", "card provider"),
                    ("psp_disputed", "card provider, disputed"),
                    ("carrier_cod", "cash held by carriers"),
                    ("bank", "programme's bank account"),
                    ("held", "cooperatives, pending"),
                    ("released", "cooperatives, available"),
                    ("in_run", "cooperatives, being paid"),
                    ("disputed", "cooperatives, disputed"),
                    ("tax_payable", "tax payable"),
                    ("shipping_payable", "carriers, delivery payable"),
                    ("buyer_refundable", "buyers, refunds payable"),
                    ("voucher_payable", "vouchers, payable to cooperatives"),
                    ("suspense", "suspense account"),
                    ("opening", "opening balances"),
                    ("commission", "commission"),
                    ("psp_fee", "card provider's fees"),
                    ("shipping_refunded", "delivery refunded after arrival"),
                    ("chargeback", "chargebacks borne by the programme"),
                    ("refund_cost", "refunds borne by the programme"),
                    ("voucher_cost", "vouchers borne by the programme"),
                    ("voucher_region", "vouchers borne by regions"),
                    ("rounding", "rounding differences"),
                    ("fx", "currency conversion"),
                ],
                max_length=20,
            ),
        ),
    ]
