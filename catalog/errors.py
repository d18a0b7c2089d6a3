"""Errors of listings, with messages for the person who can act on them."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Invalid, NotFound, TwizaError


class UnknownMarket(NotFound):
    """No market has this code or channel."""

    code = "unknown_market"


class ListingNotFound(NotFound):
    """No such listing, or it belongs to another cooperative."""

    code = "listing_not_found"


class InvalidListing(Invalid):
    """The proposed content lacks something; ``errors`` maps a field to a message."""

    code = "invalid_listing"
    message = _("Some fields need correcting.")


class RevisionNotOpen(TwizaError):
    """The revision's state no longer allows the act."""

    code = "revision_not_open"
    message = _("Someone has already decided this. Open the listing again.")


class RemarkMissing(Invalid):
    """A revision was returned without a remark."""

    code = "remark_missing"
    message = _("Describe what the cooperative should change.")


class PhotoRefused(Invalid):
    """The upload is not a photograph that we accept."""

    code = "photo_refused"
    message = _("This photo cannot be read. Use JPEG, HEIC, PNG or WebP.")


class PhotoTooLarge(PhotoRefused):
    """The upload is larger than we accept."""

    code = "photo_too_large"
    message = _("The file is too large. The limit for a photo is 40 MB.")


class PhotoTooManyPixels(PhotoRefused):
    """Decoding the picture would take more memory than one upload may."""

    code = "photo_too_many_pixels"
    message = _(
        "The picture has %(width)s × %(height)s pixels. Photos of this kind of file can have at "
        "most %(most)s megapixels. Save it smaller, or as JPEG."
    )


class PhotoTooSlow(PhotoRefused):
    """Decoding took too much time or memory, or would take it."""

    code = "photo_too_slow"
    message = _(
        "Opening this photo takes too much time or memory. Save it smaller, as JPEG, and choose it "
        "again."
    )


class PhotosBusy(PhotoRefused):
    """Other photographs are being read, for a long time now."""

    code = "photos_busy"
    message = _("Many photos are being received now. Choose this one again in a minute.")


class TooManyPhotos(PhotoRefused):
    """A listing has a limited number of photographs."""

    code = "too_many_photos"
    message = _("A listing can have at most eight photos.")


class NotYetPublished(TwizaError):
    """The listing is not in the engine yet: its first revision has not been applied."""

    code = "not_yet_published"
    message = _("This listing is not in the shop yet.")


class StockChanged(TwizaError):
    """The stock is another one than the person saw who corrects it. Nothing was saved."""

    code = "stock_changed"
    message = _(
        "Since you opened this page the stock has changed from %(seen)s to %(now)s. You entered "
        "%(entered)s; with the same correction it would be %(suggested)s. Nothing was saved: check "
        "the quantity and save it again."
    )


class UnreadableFile(Invalid):
    """An import file that cannot be read as a table."""

    code = "unreadable_file"
    message = _("This file cannot be read. Use a CSV file in UTF-8.")


class ImportRunning(TwizaError):
    """Another import for the same cooperative is running."""

    code = "import_running"
    message = _("Another import for this cooperative is running. Wait until it has finished.")
    retry = True


class NothingToUndo(TwizaError):
    """No listing of the file is as its import made it."""

    code = "nothing_to_undo"
    message = _(
        "There is nothing to undo: no product that came from this file is left that nobody has "
        "changed or approved."
    )


class UnreadableRule(Invalid):
    """A rule of adoption that cannot be parsed."""

    code = "unreadable_rule"
    message = _("This rule cannot be read.")


class NotAdoptable(TwizaError):
    """A product of the store cannot become a listing; ``reason`` says why."""

    code = "not_adoptable"

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__()

    def __str__(self) -> str:
        return self.reason


class NothingToImport(TwizaError):
    """No row of the file can become a listing."""

    code = "nothing_to_import"
    message = _("No row can be imported as it is. Say what the columns are, or correct the file.")


class UnreadableArchive(Invalid):
    """A ZIP of pictures that is not to be used; ``errors`` says why."""

    code = "unreadable_archive"
    message = _("This is no ZIP that can be opened. Pack the pictures again and send that.")
