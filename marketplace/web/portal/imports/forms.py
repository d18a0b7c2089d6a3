"""The forms of an import: the file, and what each of its columns is."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.import_headings import NAMES
from catalog.markets import MARKETS

LARGEST_TABLE = 20_000_000


class FileForm(forms.Form):
    """A table of products."""

    file = forms.FileField(
        label=gettext_lazy("File with your products"),
        help_text=gettext_lazy("Excel (XLSX, XLS), LibreOffice (ODS) or CSV, up to 20 MB."),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("This file is empty. Choose another one."),
        },
    )

    def clean_file(self) -> Any:
        """No larger than a table is, whatever may be sent beside it."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_TABLE:
            told = _("The file is too large. The limit is %(most)s MB.")
            raise forms.ValidationError(told % {"most": LARGEST_TABLE // 1_000_000})
        return file


class PicturesForm(forms.Form):
    """The pictures of the products."""

    pictures = forms.FileField(
        label=gettext_lazy("Pictures of the products (ZIP)"),
        help_text=gettext_lazy(
            "JPEG, HEIC, PNG or WebP in a ZIP of up to 200 MB. The table names them in a column, "
            "or a picture is called like the reference of its product: A12.jpg, A12-2.jpg."
        ),
        error_messages={
            "required": gettext_lazy("Choose a ZIP."),
            "empty": gettext_lazy("This file is empty. Choose another one."),
        },
    )


class BothForm(PicturesForm, FileForm):
    """A table, and its pictures if there are any."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pictures"].required = False
        self.order_fields(["file", "pictures"])


class Column(NamedTuple):
    """A column of the table: its heading, some of its cells, and the field that says what it is."""

    heading: str
    cells: list[str]
    field: BoundField


class ColumnsForm(forms.Form):
    """What each column is; a column may also be left out."""

    def __init__(
        self,
        *args: Any,
        headings: Sequence[str],
        columns: Sequence[str],
        sample: Sequence[Sequence[str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._headings, self._sample = headings, sample
        choices = column_choices()
        for number, heading in enumerate(headings):
            self.fields[f"column_{number}"] = forms.ChoiceField(
                label=heading or _("Column %(number)s") % {"number": number + 1},
                choices=_with_own(choices, columns[number]),
                required=False,
                initial=columns[number],
            )

    def columns(self) -> list[Column]:
        """The columns as the page shows them."""
        return [
            Column(
                str(self.fields[f"column_{number}"].label),
                [row[number] for row in self._sample if number < len(row) and row[number]][:3],
                self[f"column_{number}"],
            )
            for number, _heading in enumerate(self._headings)
        ]

    @property
    def chosen(self) -> list[str]:
        """What was chosen, column by column."""
        return [self.cleaned_data.get(name, "") for name in self.fields]

    def clean(self) -> dict[str, Any]:
        """Each thing once, and a name among them."""
        cleaned = super().clean() or {}
        seen: set[str] = set()
        for name in self.fields:
            column = cleaned.get(name, "")
            if column and column in seen:
                self.add_error(name, _("Another column is this already. Choose one of the two."))
            seen.add(column)
        if not self.errors and not seen & set(NAMES):
            self.add_error(None, _("Choose which column is the name of the product."))
        return cleaned


def column_choices() -> list[tuple[str, str]]:
    """What a column can be, the usual ones first."""
    prices = [
        (f"price_{market.channel_slug.lower()}", _("Price in %(market)s") % {"market": market.name})
        for market in MARKETS
    ]
    return [
        ("", _("Leave out")),
        ("name", _("Name")),
        ("name_ar", _("Name in Arabic")),
        ("name_fr", _("Name in French")),
        ("name_en", _("Name in English")),
        ("price", _("Price in your country")),
        ("quantity", _("Quantity in stock")),
        ("weight", _("Weight with packaging, with its unit")),
        ("weight_grams", _("Weight with packaging in grams")),
        ("weight_kilograms", _("Weight with packaging in kilograms")),
        ("description", _("Description")),
        ("description_ar", _("Description in Arabic")),
        ("description_fr", _("Description in French")),
        ("description_en", _("Description in English")),
        ("category", _("Category")),
        ("materials", _("Materials")),
        ("quality_marks", _("Quality marks")),
        ("net_quantity", _("Net quantity")),
        ("origin_country", _("Country of origin, two letters")),
        ("hs_code", _("Customs code (HS)")),
        ("key", _("Your reference")),
        *_of_other_tables(),
        *prices,
    ]


def _of_other_tables() -> list[tuple[str, str]]:
    """What else the tables of other shops have, and that of a cooperative's own products."""
    return [
        ("pictures", _("Pictures: names of files, or addresses (https)")),
        ("parent", _("Product whose size or colour the row is")),
        ("row_kind", _("Kind of row: simple, variable or variation")),
        ("product_number", _("Number by which rows name their product")),
        ("option_1", _("Size or colour")),
        ("option_2", _("Size or colour, second part")),
        ("option_3", _("Size or colour, third part")),
        ("materials_ar", _("Other materials in Arabic")),
        ("materials_fr", _("Other materials in French")),
        ("materials_en", _("Other materials in English")),
        ("taxonomy", _("Product type, by its code")),
        ("source_language", _("Original language: ar, fr or en")),
    ]


def _with_own(choices: list[tuple[str, str]], column: str) -> list[tuple[str, str]]:
    """The choices, with one that only special files have (``gtin13``) where it is meant."""
    if column in dict(choices):
        return choices
    return [*choices, (column, column)]
