"""Two programmes, three cooperatives, everybody who may come by, and one order's whole life."""

from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from catalog.models import Listing
from marketplace.conversations.models import Conversation
from marketplace.conversations.queries import programme_messages
from marketplace.conversations.services import begin_conversation
from marketplace.conversations.services import issue_link as issue_conversation_link
from marketplace.conversations.subjects import About, Buyer, Question
from marketplace.core.private_files import save_private
from marketplace.ledger.post import book_of
from marketplace.orders.models import (
    CarrierFile,
    CheckoutAttempt,
    Complaint,
    ComplaintLine,
    ComplaintPhoto,
    Order,
    Parcel,
    VendorOrder,
)
from marketplace.payments.models import (
    BankEntry,
    BankStatement,
    BuyerInvoice,
    CashLimit,
    ManualRefund,
    Payment,
    Refund,
    RefundProposal,
    StagedBankStatement,
)
from marketplace.payouts.documents.models import CommissionInvoice
from marketplace.payouts.models import (
    PayoutLine,
    PayoutRun,
    StagedBankReport,
)
from marketplace.payouts.reconciliation.models import Difference
from marketplace.personal_data.buyers import buyer_of_address
from marketplace.personal_data.services.links import issue_link as issue_data_link
from marketplace.reviews.models import Review, ReviewPhoto, ReviewReport
from tests.conversations.asking import ask
from tests.orders.world import BY, World
from vendors.models import (
    Cooperative,
    FactorReset,
    Invitation,
    Membership,
    Programme,
    User,
)
from vendors.scoping import Crossing
from vendors.services import (
    Invited,
    invite_member,
    offer_role,
)

ALL = Crossing.POLICY
INVITED = Invited("invited@example.org", "Invited", "fr")


def photograph() -> bytes:
    """A small picture."""
    picture = BytesIO()
    Image.new("RGB", (4, 3), "red").save(picture, "JPEG")
    return picture.getvalue()


@dataclass
class Money:
    """What one programme's payout left: its run and one line of it."""

    run: PayoutRun
    line: PayoutLine


@dataclass
class AccessWorld:
    """``shop`` holds the first programme; ``strangers`` sell in the second.

    ``attempt`` is a buyer's checkout under way, ``other_attempt`` another buyer's; ``on_its_way``
    is a parcel of another order than the one whose link is ``token``.
    """

    shop: World
    second: Programme
    strangers: Cooperative
    people: dict[str, User]
    order: Order
    token: str
    mine: VendorOrder
    theirs: VendorOrder
    money: Money
    carrier_file: CarrierFile
    staged_bank_report: StagedBankReport
    staged_bank_statement: StagedBankStatement
    attempt: CheckoutAttempt
    other_attempt: CheckoutAttempt
    on_its_way: Parcel

    def parcel(self, part: VendorOrder) -> Parcel:
        found: Parcel = part.parcels.first()
        return found

    def line_of(self, owner: Cooperative) -> PayoutLine:
        found: PayoutLine = self.money.run.lines.get(cooperative=owner)
        return found

    def difference(self, programme: Programme) -> Difference:
        """One difference of a programme's book."""
        now = timezone.now()
        found, _made = Difference.objects.get_or_create(
            book=book_of(programme.pk),
            counterpart="bank",
            subject="access",
            currency="MAD",
            defaults={
                "ledger_minor": 0,
                "other_minor": 5,
                "likely": "not_booked",
                "first_seen_at": now,
                "last_seen_at": now,
            },
        )
        return found

    @property
    def cash_limit(self) -> CashLimit:
        """A limit of the first programme."""
        found, _made = CashLimit.objects.get_or_create(
            programme=self.shop.programme, currency="MAD", most_minor=100, source="council",
            valid_from=timezone.localdate(),
        )  # fmt: skip
        return found

    @property
    def bank_entry(self) -> BankEntry:
        """A payment that came in by the first programme's bank."""
        statement, _made = BankStatement.objects.get_or_create(
            programme=self.shop.programme, file_hash="0" * 64
        )
        found, _made = BankEntry.objects.get_or_create(
            programme=self.shop.programme,
            mark="1",
            defaults={
                "statement": statement,
                "booked_on": timezone.localdate(),
                "currency": "MAD",
                "amount_minor": 100,
            },
        )
        return found

    def conversation_of(self, owner: Cooperative) -> Conversation:
        """What a buyer asked a cooperative."""
        found: Conversation | None = Conversation.objects.within(owner.scope).first()
        return found or ask(owner, "How large is it?", buyer=Buyer("Amal", "amal@example.org"))

    def message_to(self, programme: Programme) -> Conversation:
        """What somebody wrote to the staff of a programme."""
        found = programme_messages(programme.pk).first()
        about = About(None, to_programme=programme, topic="other")
        buyer = Buyer("Amal", "amal@example.org")
        return found or begin_conversation(
            question=Question(about, buyer, "Where are you?", "ma", "fr"),
            form_key="message",
            seen_from="192.0.2.1",
        )

    @property
    def data_token(self) -> str:
        """A mailed link to the data of the first order's buyer."""
        buyer = buyer_of_address(self.order.email)
        return issue_data_link(buyer=buyer, market="ma", language="fr", is_mailed=True)

    @property
    def conversation_token(self) -> str:
        """A buyer's link to what was asked of the first cooperative."""
        return issue_conversation_link(
            conversation=self.conversation_of(self.shop.weavers), is_mailed=True
        )

    def manual_refund_of(self, part: VendorOrder) -> ManualRefund:
        """A refund that staff are to make by hand."""
        payment = Payment.objects.get(order_id=part.order_id)
        # Of a refund of this part; one that failed counts nowhere.
        refund, _made = Refund.objects.crossing(ALL).get_or_create(
            vendor_order_id=part.pk,
            reason=f"by hand, {part.number}",
            defaults={
                "order_id": part.order_id,
                "cooperative": part.cooperative,
                "payment": payment,
                "currency": "MAD",
                "goods_minor": 100,
                "state": "failed",
            },
        )
        found, _made = ManualRefund.objects.get_or_create(
            key=refund.psp_reference,
            defaults={"payment": payment, "currency": "MAD", "amount_minor": 100},
        )
        return found

    def proposal_of(self, part: VendorOrder) -> RefundProposal:
        """A refund that waits for its second person."""
        found: RefundProposal
        found, _made = RefundProposal.objects.crossing(ALL).get_or_create(
            vendor_order_id=part.pk,
            defaults={
                "order_id": part.order_id,
                "cooperative": part.cooperative,
                "currency": part.currency,
                "lines": {str(part.lines.first().pk): 1},
                "include_shipping": False,
                "total_minor": 100,
                "reason": f"torn in {part.number}",
                "seen": 0,
                "proposed_by": self.people["preparer"],
                "expires_at": timezone.now() + timedelta(days=7),
            },
        )
        return found

    def complaint_of(self, part: VendorOrder) -> Complaint:
        """A buyer's complaint with a photograph, which waits for the mediator."""
        found = Complaint.objects.crossing(ALL).filter(vendor_order=part).first()
        if found is not None:
            return found
        made = Complaint.objects.create(
            vendor_order=part, reason="damaged", text=f"torn in {part.number}",
            state="mediation", asked_at=timezone.now(), due_on=timezone.localdate(),
        )  # fmt: skip
        ComplaintLine.objects.create(complaint=made, line=part.lines.first(), quantity=1)
        photo = ComplaintPhoto.objects.create(complaint=made, position=0)
        save_private(photo.stored_at, [b"a photograph"])
        return made

    def review_of(self, part: VendorOrder) -> Review:
        """A buyer's review with a photograph, of which somebody complained."""
        found: Review | None = Review.objects.within(part.cooperative.scope).first()
        if found is not None:
            return found
        line, now = part.lines.first(), timezone.now()
        made: Review = Review.objects.create(
            programme_id=part.programme_id, cooperative_id=part.cooperative_id,
            listing_id=line.listing_id, line=line, buyer_key=part.order_id.hex, market="ma",
            stars=4, name="Rachid", text=f"softer than {part.number}", language="en",
            state="shown", shows_photos=True, written_at=now, shown_at=now,
        )  # fmt: skip
        photo = ReviewPhoto(review=made, position=0)
        photo.file.save(f"{photo.pk}.jpg", ContentFile(photograph()))
        ReviewReport.objects.create(
            review=made, reporter_key="x", reason="insult", text=part.number, reported_at=now
        )
        return made

    def invitation_to(self, owner: Cooperative) -> Invitation:
        """Somebody invited to be a member."""
        found = Invitation.objects.filter(cooperative=owner, staff_role="").first()
        return found or invite_member(cooperative=owner, invited=INVITED, role="seller", by=BY)

    def reset_in(self, programme: Programme) -> FactorReset:
        """A second factor that waits to be reset."""
        found, _made = FactorReset.objects.get_or_create(
            programme=programme,
            user=self.people["observer"],
            defaults={
                "reason": "called back",
                "proposed_by": self.people["preparer"],
                "expires_at": timezone.now() + timedelta(days=1),
            },
        )
        return found

    def offer_in(self, programme: Programme) -> Invitation:
        """A role offered in a programme."""
        found = Invitation.objects.filter(programme=programme, staff_role="observer").first()
        return found or offer_role(programme=programme, invited=INVITED, role="observer", by=BY)

    def membership_of(self, owner: Cooperative) -> Membership:
        found: Membership = Membership.objects.crossing(ALL).filter(cooperative=owner).first()
        return found

    def invoice_of(self, owner: Cooperative) -> CommissionInvoice:
        return CommissionInvoice.objects.crossing(ALL).get(cooperative=owner)

    def document_of(self, owner: Cooperative) -> BuyerInvoice:
        part = self.mine if owner == self.shop.weavers else self.theirs
        return BuyerInvoice.objects.crossing(ALL).get(vendor_order_id=part.pk, kind="invoice")

    def listing(self, cooperative: Cooperative) -> Listing:
        found: Listing = Listing.objects.crossing(ALL).filter(cooperative=cooperative).first()
        return found
