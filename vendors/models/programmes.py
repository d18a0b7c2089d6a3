"""Programmes, and the legal identifiers of their payers."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from marketplace.core.encryption import EncryptedTextField
from marketplace.core.models import UUIDModel


class Programme(UUIDModel):
    """A public programme: legal payer, time zone, base currency, countries and languages."""

    slug = models.SlugField(unique=True)
    name_ar = models.CharField(max_length=120)
    name_fr = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    legal_payer = models.CharField(max_length=160)
    legal_payer_tax_id = models.CharField(max_length=40, blank=True)
    country_codes = ArrayField(models.CharField(max_length=2))
    time_zone = models.CharField(max_length=40, default="Africa/Casablanca")
    base_currency = models.CharField(max_length=3)
    languages = ArrayField(models.CharField(max_length=2), default=list)
    # The account from which payouts leave.
    debtor_account = EncryptedTextField(blank=True)
    debtor_bic = models.CharField(max_length=11, blank=True)

    def __str__(self) -> str:
        return self.name_en

    @property
    def home(self) -> str:
        """Whose words and formats it uses: its first country, as a market's code."""
        return (self.country_codes or ["MA"])[0].lower()

    def name_in(self, language: str) -> str:
        """The programme's name in a language."""
        return str(getattr(self, f"name_{language}", self.name_en))


class DatedIdentifier(models.Model):
    """A legal identifier, for a period."""

    kind = models.CharField(max_length=20)
    value = models.CharField(max_length=200)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    source = models.CharField(max_length=200)

    class Meta:
        abstract = True


class PayerIdentifier(DatedIdentifier):
    """An identifier that invoices of a legal payer must show (see ``legal_mentions``)."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="identifiers")
    # Own words by language, where the value is a text and not a number or a code.
    texts = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.kind} of {self.programme_id}"
