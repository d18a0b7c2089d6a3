"""Makes the world of the walks: its persons, and one order's whole life, by the use cases."""

from datetime import timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

from django.utils import timezone
from PIL import Image

from catalog.models import Listing
from catalog.photos import add_photo
from marketplace.core.worker import work_off
from marketplace.orders.address import Address
from marketplace.orders.models import CarrierFile, CheckoutAttempt, Parcel, VendorOrder
from marketplace.orders.services import checkout
from marketplace.orders.services.confirm import confirm_vendor_order
from marketplace.orders.services.record_delivery import record_delivery
from marketplace.orders.services.ship import ship_parcel
from marketplace.orders.services.tracking_links import issue_link
from marketplace.payments.invoices.issuing import issue_due_invoices
from marketplace.payments.models import Refund, StagedBankStatement
from marketplace.payments.services import make_refund
from marketplace.payouts.documents.issue_commission_invoices import issue_for_month
from marketplace.payouts.models import (
    PayoutHold,
    PayoutRoute,
    StagedBankReport,
)
from marketplace.payouts.services import approve_run, make_bank_file, prepare_run, set_commission
from tests.factories.vendors import (
    make_adviser,
    make_member,
    make_programme,
    make_shop_administrator,
    make_staff,
    make_user,
)
from tests.orders.world import BY, CASABLANCA, World, make_world
from tests.payouts.world import RIBS, add_account, make_cooperative
from tests.rules.access_world import ALL, AccessWorld, Money
from vendors.models import (
    AccountNotice,
    Admission,
    AdmissionStep,
    Cooperative,
    Programme,
    User,
)
from vendors.services import (
    add_certification,
    set_payer_identifier,
)


def make_people(shop: World, second: Programme, strangers: Cooperative) -> dict[str, User]:
    """One person for each thing that one can be."""
    programme = shop.programme
    return {
        "buyer": make_user("Salma"),
        "manager": shop.manager,
        "seller": make_member(shop.weavers, "seller"),
        "accountant": shop.accountant,
        "other cooperative's manager": shop.other_manager,
        "second programme's manager": make_member(strangers),
        "coordinator": shop.coordinator,
        "regional, here": make_staff(programme, "regional", regions=("MA-09",)),
        "regional, other region": make_staff(programme, "regional", regions=("MA-01",)),
        "preparer": make_staff(programme, "finance_preparer"),
        "approver": make_staff(programme, "finance_approver"),
        "observer": make_staff(programme, "observer"),
        "shop administrator": make_shop_administrator(),
        "adviser": make_adviser(shop.weavers),
        "adviser of another cooperative": make_adviser(shop.growers),
        "second programme's coordinator": make_staff(second),
        "second programme's preparer": make_staff(second, "finance_preparer"),
    }


def deliver(part: VendorOrder) -> None:
    """Confirm, ship and deliver a cooperative's part."""
    confirm_vendor_order(vendor_order=part, by=BY)
    lines = {line.pk: line.quantity for line in part.lines.all()}
    parcel = ship_parcel(
        vendor_order=part, lines=lines, tracking_number="CP1", carrier="amana", by=BY
    )
    record_delivery(parcel=parcel, kind="staff", occurred_at=timezone.now(), by=BY)


def make_access_world() -> AccessWorld:
    """Everything a page of the portal or of the staff may show, made through the use cases."""
    shop = make_world()
    second = make_programme("tawassol")
    strangers = make_cooperative(second, "siwa-growers", rib=RIBS[1])
    people = make_people(shop, second, strangers)
    for programme in (shop.programme, second):
        set_commission(
            programme_id=programme.pk,
            rate_bp=1000,
            valid_from=(timezone.now() - timedelta(days=400)).date(),
            source="convention",
            by=BY,
        )
        programme.debtor_account, programme.debtor_bic = RIBS[1], "BMCEMAMC"
        programme.save()
    for cooperative, rib in ((shop.weavers, RIBS[0]), (shop.growers, RIBS[1])):
        account = add_account(cooperative, rib)
        AccountNotice.objects.create(account=account, channel="phone", address="+212600000000")
    order = shop.placed(rug=2, honey=2)
    work_off()
    mine, theirs = shop.part(order, shop.weavers), shop.part(order, shop.growers)
    for part in (mine, theirs):
        deliver(part)
    work_off()
    run = prepare_run(programme=shop.programme, by=people["preparer"].actor)
    approve_run(run=run, typed_total=run.total_minor, by=people["approver"].actor)
    make_bank_file(run=run, by=people["approver"].actor)
    line = run.lines.crossing(ALL).filter(cooperative=shop.weavers).get()
    now = timezone.now()
    for kind in ("ice", "if", "address"):
        set_payer_identifier(
            programme=shop.programme, kind=kind, value="1", valid_from=now.date(),
            source="test", by=BY,
        )  # fmt: skip
    # The day of the programme: the next month may have begun there.
    today = now.astimezone(ZoneInfo(shop.programme.time_zone)).date()
    issue_for_month(programme=shop.programme, month=today, by=BY, now=now + timedelta(days=40))
    refund_one(mine, people["coordinator"])
    return_with_remarks(shop.weavers, shop.coordinator)
    for cooperative in (shop.weavers, shop.growers):
        show_marks_and_photos(cooperative)
        PayoutHold.objects.create(
            cooperative=cooperative, reason="inquiry", placed_by=people["preparer"],
            placed_at=timezone.now(),
        )  # fmt: skip
        PayoutRoute.objects.create(
            cooperative=cooperative, provider="manual", added_by=people["preparer"],
            valid_from=timezone.now(),
        )  # fmt: skip
        cooperative.published_at = timezone.now()
        cooperative.save(update_fields=["published_at"])
    carrier_file = CarrierFile.objects.create(
        programme=shop.programme, name="amana.csv", sha256="0" * 64, uploaded_by="preparer"
    )
    on_its_way = send_another(shop)
    work_off()
    issue_due_invoices(by=BY)
    return AccessWorld(
        shop, second, strangers, people, order, issue_link(order=order), mine, theirs,
        Money(run, line),
        carrier_file,
        StagedBankReport.objects.create(
            programme=shop.programme, name="bank.csv", content="end_to_end_id,status\n",
            staged_by=people["preparer"],
        ),
        StagedBankStatement.objects.create(
            programme=shop.programme, name="statement.csv", content="date;montant\n2026-11-02;1",
            staged_by=people["preparer"],
        ),
        begin(shop, BUYER, rug=1, honey=1),
        begin(shop, OTHER_BUYER, honey=1),
        on_its_way,
    )  # fmt: skip


BUYER = CASABLANCA.model_copy(update={"name": "Zineb Tazi", "line1": "7 impasse des Figuiers"})
OTHER_BUYER = CASABLANCA.model_copy(update={"name": "Driss Alami", "line1": "3 rue du Puits"})


def begin(shop: World, address: Address, **quantities: int) -> CheckoutAttempt:
    """A checkout that has its address and waits for the choice of a delivery."""
    return checkout.start(
        basket=shop.basket(**quantities),
        email=f"{address.name.split()[0].lower()}@example.org",
        phone=address.phone,
        address=address,
        language="fr",
    )


def send_another(shop: World) -> Parcel:
    """A parcel on its way to somebody else."""
    part = shop.part(shop.placed(honey=1), shop.growers)
    confirm_vendor_order(vendor_order=part, by=BY)
    lines = {line.pk: line.quantity for line in part.lines.all()}
    return ship_parcel(
        vendor_order=part, lines=lines, tracking_number="CP2", carrier="amana", by=BY
    )


def return_with_remarks(cooperative: Cooperative, by: User) -> None:
    """An admission that was submitted and returned: its pages have their forms and a remark."""
    admission = Admission.objects.create(
        cooperative=cooperative, state="returned", name="Zahra", email="zahra@example.org",
        phone="+212661234567", language="fr", phase=2, tranche="B", text_state="sent",
    )  # fmt: skip
    AdmissionStep.objects.create(
        admission=admission, kind="returned", at=timezone.now(), by=by,
        text="Almost", remarks={"ice": "A digit is missing", "commune": "Which one?"},
    )  # fmt: skip


def show_marks_and_photos(cooperative: Cooperative) -> None:
    """A quality mark, and a photograph of the cooperative's listing."""
    add_certification(
        cooperative=cooperative, mark="IGP", name="Argane", valid_from=timezone.now().date(), by=BY
    )
    picture = BytesIO()
    Image.new("RGB", (400, 400), "white").save(picture, "JPEG")
    picture.seek(0)
    listing = Listing.objects.crossing(ALL).filter(cooperative=cooperative).first()
    photo = add_photo(listing=listing, upload=picture, by=BY)
    # Named by the listing's content: one that nothing names goes when the form is sent.
    for revision in listing.revisions.all():
        revision.content = revision.content | {"media": [str(photo.pk)]}
        revision.save(update_fields=["content"])


def refund_one(part: VendorOrder, by: User) -> Refund:
    """One piece of the first line, taken back after everything."""
    line = part.lines.first()
    refund = make_refund(
        vendor_order=part, lines={line.pk: 1}, include_shipping=False, reason="torn", by=by.actor
    )
    work_off()
    return refund
