"""``papers issue``: issues commission invoices."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from marketplace.core.actors import Actor
from marketplace.core.errors import TwizaError
from marketplace.core.formats import Format
from marketplace.payouts.documents.issue_commission_invoices import issue_for_month
from vendors.models import Programme


class Command(BaseCommand):
    help = "Issue the commission invoices that are due. Repeating it issues nothing twice."

    def add_arguments(self, parser: ArgumentParser) -> None:
        steps = parser.add_subparsers(dest="step", required=True)
        issue = steps.add_parser("issue", help="invoice the commission of a month that has ended")
        issue.add_argument("programme", help="the programme's short name")
        issue.add_argument("month", help="for example 2026-11")

    def handle(self, *_args: Any, **options: Any) -> None:
        programme = Programme.objects.filter(slug=options["programme"]).first()
        if programme is None:
            raise CommandError(f"There is no programme {options['programme']}.")
        try:
            month = date.fromisoformat(f"{options['month']}-01")
        except ValueError as error:
            raise CommandError(f"{options['month']} is not a month: write 2026-11.") from error
        by = Actor.system("papers issue")
        try:
            issued = issue_for_month(programme=programme, month=month, by=by)
        except TwizaError as refused:
            raise CommandError(str(refused)) from refused
        for invoice in issued:
            total = Format("en").money(invoice.total_minor, invoice.currency)
            self.stdout.write(f"{invoice.number}: {invoice.cooperative.legal_name_latin}, {total}")
        self.stdout.write(f"{len(issued)} papers issued")
