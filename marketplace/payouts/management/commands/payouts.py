"""``payouts prepare|approve|settle``: a payout run; ``countries``: where Stripe pays today."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

import stripe
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from marketplace.core.amounts import read_amount
from marketplace.core.errors import TwizaError
from marketplace.core.formats import Format
from marketplace.payments.errors import ProviderUnavailable
from marketplace.payouts import queries, services
from marketplace.payouts.models import LineState, PayoutRun, RunState
from marketplace.payouts.providers.availability import ask_stripe
from marketplace.payouts.runs.states import AT_THE_BANK
from vendors.models import Programme, User
from vendors.scoping import ProgrammeScope


class Command(BaseCommand):
    help = "Prepare, approve or settle a payout run. Each step is done by a named person."

    def add_arguments(self, parser: ArgumentParser) -> None:
        steps = parser.add_subparsers(dest="step", required=True)
        prepare = steps.add_parser("prepare", help="set the money of a programme aside")
        prepare.add_argument("programme", help="the programme's short name")
        prepare.add_argument("--currency", default="", help="default: the programme's own")
        approve = steps.add_parser("approve", help="approve by typing the total; makes the file")
        approve.add_argument("reference")
        approve.add_argument("--total", required=True, help='as read, for example "212 480,50"')
        settle = steps.add_parser("settle", help="the bank has paid every line still open")
        settle.add_argument("reference")
        for step in (prepare, approve, settle):
            step.add_argument("--by", required=True, help="e-mail address of the person who acts")
            step.add_argument("--json", action="store_true", help="print the run as JSON")
        countries = steps.add_parser(
            "countries", help="ask Stripe where it pays; exit status 1 if our data says otherwise"
        )
        countries.add_argument("--json", action="store_true")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["step"] == "countries":
            self._countries(as_json=options["json"])
            return
        person = User.objects.filter(email=options["by"].lower()).first()
        if person is None:
            raise CommandError(f"Nobody has the address {options['by']}.")
        try:
            run = getattr(self, f"_{options['step']}")(person, options)
        except TwizaError as error:
            raise CommandError(str(error)) from error
        self._print(run, as_json=options["json"])

    def _prepare(self, person: User, options: dict[str, Any]) -> PayoutRun:
        programme = Programme.objects.filter(slug=options["programme"]).first()
        if programme is None:
            raise CommandError(f"There is no programme {options['programme']}.")
        return services.prepare_run(
            programme=programme, by=person.actor, currency=options["currency"]
        )

    def _approve(self, person: User, options: dict[str, Any]) -> PayoutRun:
        run = self._run(options)
        # An amount that cannot be read, or in two ways, is refused as any other error is.
        total = read_amount(options["total"], run.currency, "fr")
        run = services.approve_run(run=run, typed_total=total.amount_minor, by=person.actor)
        services.make_bank_file(run=run, by=person.actor)
        return run

    def _settle(self, person: User, options: dict[str, Any]) -> PayoutRun:
        run = self._run(options)
        if run.state == RunState.FILED:
            run = services.mark_sent(run=run, by=person.actor)
        return services.mark_settled(run=run, by=person.actor)

    def _run(self, options: dict[str, Any]) -> PayoutRun:
        run = PayoutRun.objects.filter(reference=options["reference"]).first()
        if run is None:
            raise CommandError(f"There is no payout {options['reference']}.")
        return run

    def _countries(self, *, as_json: bool) -> None:
        try:
            platform, found = ask_stripe(on=timezone.now().date())
        except (ProviderUnavailable, stripe.StripeError) as error:
            raise CommandError(f"Stripe could not be asked: {error}") from error
        if as_json:
            rows = [asdict(each) for each in found]
            self.stdout.write(json.dumps({"platform": platform, "differences": rows}))
        for each in found if not as_json else []:
            ours, theirs = (
                ("pays" if yes else "does not pay") for yes in (each.we_say, each.stripe_says)
            )
            self.stdout.write(
                f"{each.country}: our data says Stripe {ours}, Stripe says it {theirs}."
            )
        if found:
            raise CommandError(f"{len(found)} countries differ: correct payout_providers.csv")
        if not as_json:
            self.stdout.write(f"A platform in {platform}: Stripe agrees with our data.")

    def _print(self, run: PayoutRun, *, as_json: bool) -> None:
        run.refresh_from_db()
        tallies = queries.tallies(ProgrammeScope(run.programme_id), run)
        paid, back = (
            tallies[state].amount_minor if state in tallies else 0
            for state in (LineState.SETTLED, LineState.RETURNED)
        )
        if as_json:
            facts = {
                "reference": run.reference,
                "state": run.state,
                "total_minor": run.total_minor,
                "paid_minor": paid,
                "returned_minor": back,
                "currency": run.currency,
                "lines": run.line_count,
                "files": {f.name: f.sha256 for f in run.bank_files.order_by("name")},
            }
            self.stdout.write(json.dumps(facts))
            return
        total, arrived, returned = (
            Format("en").money(amount, run.currency) for amount in (run.total_minor, paid, back)
        )
        self.stdout.write(f"{run.reference}: {run.state}, {run.line_count} lines, {total}")
        if run.state in AT_THE_BANK:
            self.stdout.write(f"  paid {arrived}, returned by the bank {returned}")
        for file in run.bank_files.order_by("name"):
            self.stdout.write(f"  {file.name} sha256 {file.sha256}")
