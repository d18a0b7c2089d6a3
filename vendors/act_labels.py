"""What an act in a cooperative's name is called on its pages and in its mails, by audit action."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Promise] = {
    "admission.identity_written": _("Name and numbers filled in"),
    "admission.members_written": _("Numbers of members filled in"),
    "admission.place_written": _("Place filled in"),
    "admission.submitted": _("Checklist submitted to the programme"),
    "complaint.carried_out": _("Repair or exchange recorded"),
    "complaint.refused": _("Complaint refused"),
    "complaint.returned": _("Return recorded"),
    "conversation.answered": _("Buyer answered"),
    "conversation.reported": _("Conversation reported"),
    "cooperative.contact_changed": _("Contact details changed"),
    "cooperative.member_shown": _("Person added to the page"),
    "cooperative.member_taken_away": _("Person taken off the page"),
    "cooperative.shown_member_changed": _("Person on the page changed"),
    "cooperative.shown_members_ordered": _("People on the page reordered"),
    "cooperative.texts_written": _("Texts of the page written"),
    "direct_sale.cancelled": _("Direct sale cancelled"),
    "direct_sale.corrected": _("Direct sale corrected"),
    "direct_sale.document_added": _("Document added to a direct sale"),
    "direct_sale.recorded": _("Direct sale recorded"),
    "document.handed_in": _("Document handed in"),
    "listing.paused": _("Product paused"),
    "listing.photo_added": _("Photo added"),
    "listing.published": _("Product shown again"),
    "listing.removed": _("Product removed"),
    "listing.started": _("Product begun"),
    "long_job.ask": _("Long work started"),
    "long_job.cancel": _("Long work stopped"),
    "order.called": _("Buyer called"),
    "parcel.sent": _("Parcel sent"),
    "parcel.tracking_corrected": _("Tracking number corrected"),
    "product_file.columns_chosen": _("Columns of a product file chosen"),
    "product_file.deleted": _("Product file deleted"),
    "product_file.imported": _("Products imported from a file"),
    "product_file.sent": _("Product file uploaded"),
    "product_file.undone": _("Import of a product file undone"),
    "review.answered": _("Review answered"),
    "review.reported": _("Review reported"),
    "revision.saved": _("Product edited"),
    "revision.submitted": _("Product sent for review"),
    "stock.corrected": _("Quantity in stock corrected"),
    "vendor_order.cancelled": _("Order cancelled"),
    "vendor_order.confirmed": _("Order confirmed"),
    "vendor_order.goods_returned": _("Return recorded"),
}
# Managers are told of these by e-mail: they reach buyers or the programme.
IMPORTANT: frozenset[str] = frozenset(
    {
        "admission.submitted",
        "complaint.carried_out",
        "complaint.refused",
        "complaint.returned",
        "conversation.answered",
        "cooperative.contact_changed",
        "cooperative.texts_written",
        "document.handed_in",
        "listing.paused",
        "listing.published",
        "listing.removed",
        "parcel.sent",
        "product_file.imported",
        "product_file.undone",
        "review.answered",
        "revision.submitted",
        "vendor_order.cancelled",
        "vendor_order.confirmed",
        "vendor_order.goods_returned",
    }
)


def label_of(action: str) -> str:
    """The act in the reader's language."""
    return str(ACTS.get(action, _("Something else")))
