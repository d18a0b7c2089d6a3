"""A buyer who never sees our pages: Saleor's own GraphQL alone, as any shop before it would ask."""

import time

from marketplace.saleor.client import AddressInput, SaleorClient
from marketplace.saleor.gateway import app_client, storefront_client
from tests.load.world import ADDRESS, Walk

CREATE = """mutation($channel: String!, $lines: [CheckoutLineInput!]!, $to: AddressInput!) {
  checkoutCreate(input: {channel: $channel, email: "direct@example.org", lines: $lines,
  shippingAddress: $to, billingAddress: $to}) { checkout { id } errors { code } } }"""
OPTIONS = """mutation($id: ID!) { deliveryOptionsCalculate(id: $id) {
  deliveries { id } errors { code } } }"""
DELIVER = """mutation($id: ID!, $how: ID!) { checkoutDeliveryMethodUpdate(id: $id,
  deliveryMethodId: $how) { checkout { totalPrice { gross { amount } } } errors { code } } }"""
PAY = """mutation($id: ID!, $amount: PositiveDecimal!, $currency: String!) {
  transactionCreate(id: $id, transaction: {name: "A till of the store's own",
  pspReference: "till", availableActions: [REFUND],
  amountCharged: {amount: $amount, currency: $currency}}) {
  transaction { id } errors { code } } }"""
COMPLETE = """mutation($id: ID!) { checkoutComplete(id: $id) {
  order { id } errors { code } } }"""


class Buyer:
    """One buyer's way; what Saleor says is what she is told, and stands in ``walk``."""

    def __init__(self, walk: Walk, lines: list[tuple[str, int]], channel: str = "ma-mad") -> None:
        self.walk, self.lines, self.channel = walk, lines, channel
        self.checkout = self.order = self.transaction = ""
        self.amount = 0.0

    def begin(self) -> bool:
        """Until a delivery is chosen."""
        to = AddressInput(
            first_name="Amina",
            last_name="Idrissi",
            street_address_1=ADDRESS.line1,
            city=ADDRESS.city,
            postal_code=ADDRESS.postal_code,
            country="MA",
            phone=ADDRESS.phone,
        ).model_dump(by_alias=True, exclude_unset=True)
        lines = [{"variantId": gid, "quantity": quantity} for gid, quantity in self.lines]
        made = self._said("start", CREATE, channel=self.channel, lines=lines, to=to)
        if made is None:
            return False
        self.checkout = made["checkout"]["id"]  # type: ignore[index]
        options = self._said("options", OPTIONS, id=self.checkout)
        if not options or not options["deliveries"]:
            self.walk.error = self.walk.error or "no delivery"
            return False
        how = options["deliveries"][0]["id"]  # type: ignore[index]
        chosen = self._said("delivery", DELIVER, id=self.checkout, how=how)
        if chosen is None:
            return False
        self.amount = chosen["checkout"]["totalPrice"]["gross"]["amount"]  # type: ignore[index]
        return True

    def pay(self) -> bool:
        """By something of the store's own: our App takes cards for our own checkout only."""
        paid = self._said(
            "pay", PAY, app_client(), id=self.checkout, amount=self.amount, currency="MAD"
        )
        self.walk.paid = paid is not None
        if paid is not None:
            self.transaction = paid["transaction"]["id"]  # type: ignore[index]
        return self.walk.paid

    def complete(self) -> bool:
        """Place the order."""
        done = self._said("complete", COMPLETE, id=self.checkout)
        if done is None:
            return False
        self.order = done["order"]["id"]  # type: ignore[index]
        return True

    def buy(self) -> bool:
        """The whole way."""
        return self.begin() and self.pay() and self.complete()

    def _said(
        self, step: str, query: str, by: SaleorClient | None = None, **variables: object
    ) -> dict[str, object] | None:
        self.walk.step, begun = step, time.monotonic()
        response = (by or storefront_client()).execute(query=query, variables=variables).json()
        self.walk.seconds[step] = time.monotonic() - begun
        if response.get("errors"):
            self.walk.error = self.walk.words = response["errors"][0]["message"]
            return None
        [answer] = response["data"].values()
        if answer["errors"]:
            self.walk.error = self.walk.words = answer["errors"][0]["code"]
            return None
        return dict(answer)
