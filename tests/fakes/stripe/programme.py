"""What a programme does with its money at Stripe: balance, transfers, payouts, accounts."""

from tests.fakes.stripe.books import Books, Refused, Thing

TRANSFER_COUNTRIES = ["DE", "ES", "FR", "GB", "IT", "US"]
# Countries in which Stripe answers for an account of one's own.
SERVED = {"DE": "eur", "ES": "eur", "FR": "eur", "GB": "gbp", "IT": "eur", "US": "usd"}


def balance(books: Books) -> Thing:
    return {
        "object": "balance",
        "livemode": False,
        "available": [
            {"amount": amount, "currency": currency, "source_types": {"card": amount}}
            for currency, amount in sorted(books.available.items())
        ]
        or [{"amount": 0, "currency": "eur", "source_types": {"card": 0}}],
        "pending": [{"amount": 0, "currency": "eur", "source_types": {"card": 0}}],
    }


def make_transfer(books: Books, asked: Thing) -> Thing:
    for name in ("amount", "currency", "destination"):
        if not asked.get(name):
            raise Refused(f"Missing required param: {name}.", code="parameter_missing")
    amount, currency = int(asked["amount"]), asked["currency"]
    account = books.get("account", asked["destination"])
    if account["capabilities"].get("transfers") != "active":
        raise Refused(
            "Your destination account needs to have at least one of the following capabilities "
            "enabled: transfers, crypto_transfers, legacy_payments",
            code="insufficient_capabilities_for_transfer",
        )
    if amount > books.available[currency]:
        raise Refused(
            "You have insufficient available funds in your Stripe account.",
            code="balance_insufficient",
        )
    transfer = books.add(
        "transfer", "tr",
        amount=amount, amount_reversed=0, currency=currency,
        description=asked.get("description"), destination=account["id"],
        destination_payment=books.new_id("py"), reversed=False,
        source_transaction=asked.get("source_transaction"), source_type="card",
        transfer_group=asked.get("transfer_group"),
    )  # fmt: skip
    transfer["metadata"] = asked.get("metadata") or {}
    transfer["reversals"] = {
        "object": "list", "data": [], "has_more": False,
        "url": f"/v1/transfers/{transfer['id']}/reversals",
    }  # fmt: skip
    moved = books.move("transfer", transfer["id"], -amount, currency)
    transfer["balance_transaction"] = moved["id"]
    books.happened("transfer.created", transfer)
    return transfer


def reverse_transfer(books: Books, transfer: Thing, asked: Thing) -> Thing:
    left = transfer["amount"] - transfer["amount_reversed"]
    amount = int(asked.get("amount") or left)
    if amount < 1 or amount > left:
        raise Refused("Transfer reversal amount is greater than what is left of the transfer.")
    reversal = books.add(
        "transfer_reversal", "trr",
        amount=amount, currency=transfer["currency"], destination_payment_refund=None,
        source_refund=None, transfer=transfer["id"],
    )  # fmt: skip
    reversal["metadata"] = asked.get("metadata") or {}
    moved = books.move("transfer_refund", reversal["id"], amount, transfer["currency"])
    reversal["balance_transaction"] = moved["id"]
    transfer["amount_reversed"] += amount
    transfer["reversed"] = transfer["amount_reversed"] == transfer["amount"]
    transfer["reversals"]["data"].insert(0, reversal)
    books.happened("transfer.reversed", transfer)
    return reversal


def make_account(books: Books, *, country: str, transfers: str = "active") -> Thing:
    return books.add(
        "account", "acct",
        business_type="company", capabilities={"transfers": transfers}, charges_enabled=False,
        country=country, default_currency=SERVED.get(country, "eur"), details_submitted=True,
        email=None, payouts_enabled=transfers == "active", type="none",
    )  # fmt: skip


def platform() -> Thing:
    """The account whose key is used."""
    return {
        "id": "acct_platform",
        "object": "account",
        "country": "FR",
        "default_currency": "eur",
        "charges_enabled": True,
        "payouts_enabled": True,
        "details_submitted": True,
    }


def country_spec(country: str) -> Thing:
    if country not in SERVED:
        raise Refused(f"Country '{country}' is unknown.", code="country_unsupported")
    currency = SERVED[country]
    nothing: Thing = {"additional": [], "minimum": []}
    return {
        "id": country,
        "object": "country_spec",
        "default_currency": currency,
        "supported_bank_account_currencies": {currency: [country]},
        "supported_payment_currencies": ["eur", "gbp", "mad", "usd"],
        "supported_payment_methods": ["card", "stripe"],
        "supported_transfer_countries": TRANSFER_COUNTRIES,
        "verification_fields": {"company": nothing, "individual": nothing},
    }


def pay_out(books: Books, amount: int, currency: str) -> Thing:
    """Stripe pays the programme's bank."""
    payout = books.add(
        "payout", "po",
        amount=amount, arrival_date=0, automatic=True, balance_transaction=None,
        currency=currency, description="STRIPE PAYOUT", destination="ba_fake",
        failure_code=None, method="standard", reconciliation_status="completed",
        source_type="card", statement_descriptor=None, status="paid", type="bank_account",
    )  # fmt: skip
    payout["arrival_date"] = payout["created"]
    payout["trace_id"] = {"status": "supported", "value": f"TRACE-{payout['id']}"}
    moved = books.move("payout", payout["id"], -amount, currency)
    payout["balance_transaction"] = moved["id"]
    books.happened("payout.paid", payout)
    return payout


def return_payout(books: Books, payout: Thing) -> Thing:
    """The bank sends a payout back, perhaps after it was paid."""
    back = books.move("payout_failure", payout["id"], payout["amount"], payout["currency"])
    payout.update(
        status="failed", failure_code="account_closed", failure_balance_transaction=back["id"]
    )
    books.happened("payout.failed", payout)
    return payout
