"""Examples for the catalogue of components, one of each, with invented names."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from marketplace.core.phones import BadPhoneNumber, read_phone
from marketplace.web.amounts import AmountField
from marketplace.web.ui import icons, illustrations
from marketplace.web.ui.components import (
    Bar,
    CooperativeCard,
    Crumb,
    Happening,
    Link,
    ProductCard,
    Share,
    Step,
    Tile,
)

MONTHS = ((4, 612, 88), (5, 655, 120), (6, 720, 140), (7, 840, 260), (8, 905, 310), (9, 880, 240))
SALES_BY_REGION = {
    "MA-01": 118,
    "MA-02": 64,
    "MA-03": 142,
    "MA-04": 58,
    "MA-05": 131,
    "MA-06": 49,
    "MA-07": 236,
    "MA-08": 312,
    "MA-09": 405,
    "MA-10": 77,
    "MA-11": 18,
    "MA-12": 9,
}


class ExampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label=gettext_lazy("Name"))
    phone = forms.CharField(
        label=gettext_lazy("Mobile phone"),
        help_text=gettext_lazy("The courier calls before coming."),
    )
    price = AmountField(label=gettext_lazy("Price"), currency="MAD")
    city = forms.ChoiceField(
        label=gettext_lazy("City"), choices=[("agadir", "Agadir"), ("fes", "Fès")]
    )
    story = forms.CharField(
        label=gettext_lazy("Story"), required=False, widget=forms.Textarea({"rows": 3})
    )
    delivery = forms.ChoiceField(
        label=gettext_lazy("Delivery"),
        widget=forms.RadioSelect,
        choices=[("home", gettext_lazy("To the door")), ("point", gettext_lazy("Pick-up point"))],
    )
    gift = forms.BooleanField(label=gettext_lazy("This is a gift"), required=False)

    def clean_phone(self) -> str:
        try:
            return read_phone(self.cleaned_data["phone"], "MA")
        except BadPhoneNumber as refused:
            raise forms.ValidationError(str(refused)) from refused


# long: a table of examples, one for each component
def examples(request: HttpRequest) -> dict[str, Any]:
    """The context of the kit's template."""
    today = date(2026, 11, 26)
    form = ExampleForm({"phone": "06612233", "name": "Karim", "price": "260", "delivery": "home"})
    return {
        "market": request.GET.get("market", "ma"),
        "today": today,
        "in_two_days": today + timedelta(days=2),
        "next_year": today + timedelta(days=60),
        "now": timezone.now(),
        "two_hours_ago": timezone.now() - timedelta(hours=2),
        "form": form,
        "trail": [Crumb(_("Home"), "/"), Crumb(_("Honey"), "#"), Crumb(_("Euphorbia honey"))],
        "steps": [
            Step(_("Basket"), "done", "#"),
            Step(_("Delivery"), "now"),
            Step(pgettext("step of buying", "Payment")),
            Step(_("Confirmation")),
        ],
        "timeline": _timeline(),
        "tiles": _tiles(),
        "products": _products(),
        "cooperatives": _cooperatives(),
        "page": Paginator(range(240), 12).page(4),
        "bars": [
            Bar(str(date(2026, month, 1).strftime("%m")), [home, abroad])
            for month, home, abroad in MONTHS
        ],
        "series": [_("Morocco"), _("Other countries")],
        "ranking": [
            Bar("Tifawine", [1842000]),
            Bar("Tadla Nahl", [1135000]),
            Bar("Aoufous", [249000]),
        ],
        "shares": [
            Share(_("Cooperative"), 88),
            Share("Twiza", 7),
            Share(_("Payment costs"), 5),
        ],
        "sales_by_region": SALES_BY_REGION,
        "bounds": [25, 75, 150, 300],
        "icons": icons.names(),
        "drawings": [*illustrations.CATEGORIES, "village"],
        "shop": _shop(),
    }


def _shop() -> dict[str, Any]:
    names = [_("All products"), _("Honey"), _("Oils"), _("Saffron and spices"), _("Rugs")]
    return {
        "home_url": "/",
        "search_url": "#",
        "basket_url": "#",
        "basket_count": 3,
        "account_url": "#",
        "market_name": _("Morocco"),
        "currency_label": "MAD",
        "nav": [Link(name, "#", current=name == names[1]) for name in names],
        "footer": [(_("Buying"), [Link(_("Delivery and duties"), "#"), Link(_("Returns"), "#")])],
    }


def _timeline() -> list[Happening]:
    return [
        Happening(_("Order and payment confirmed"), "10:42"),
        Happening(_("Packed by the cooperative"), "16:05"),
        Happening(_("Arrived at the depot"), "07:30", "now", "truck"),
        Happening(_("The courier brings it to your door"), "09:00", "next"),
    ]


def _tiles() -> list[Tile]:
    return [
        Tile(_("Sales"), amount_minor=161900000, currency="MAD", trend="+45 %", direction="up"),
        Tile(_("Cooperatives with sales"), "318 / 612", trend="+27", direction="up"),
        Tile(_("Parcels on time"), "91 %", trend="−2", direction="down"),
        Tile(_("Held back"), "3", note=_("account to confirm")),
    ]


# long: a table of examples
def _products() -> list[ProductCard]:
    return [
        ProductCard(
            name="زعفران تالوين حرّ، شعيرات كاملة",
            lang="ar",
            url="#",
            cooperative="تعاونية تاكركوست",
            place="تارودانت",
            amount_minor=9500,
            currency="MAD",
            taxonomy="saffron",
            seed="1",
            region="MA-09",
            unit="2 g",
            unit_amount_minor=4750,
            unit_of="g",
            mark=_("Protected origin"),
        ),
        ProductCard(
            name="Miel d'euphorbe de Tadla-Azilal, cru",
            lang="fr",
            url="#",
            cooperative="Coop. Tadla Nahl",
            place="Afourar",
            amount_minor=18000,
            currency="MAD",
            taxonomy="honey-euphorbia",
            seed="2",
            region="MA-05",
            unit="500 g",
            unit_amount_minor=36000,
            unit_of="kg",
            rating="4.8",
            reviews=57,
        ),
        ProductCard(
            name="Hand-knotted rug, 120 × 180 cm",
            lang="en",
            url="#",
            cooperative="Coop. Tifawine",
            place="Taznakht",
            amount_minor=240000,
            was_amount_minor=260000,
            currency="MAD",
            taxonomy="carpet-knotted-wool",
            seed="3",
            region="MA-08",
            stock_note=_("The last one"),
        ),
        ProductCard(
            name="Quelque chose d'inconnu",
            lang="fr",
            url="#",
            cooperative="Coop. Anaruz",
            amount_minor=4500,
            currency="MAD",
            taxonomy="something-unknown",
            seed="4",
        ),
    ]


def _cooperatives() -> list[CooperativeCard]:
    return [
        CooperativeCard(
            "تعاونية تيفاوين للنسيج",
            "#",
            "تازناخت",
            "34 نسّاجة، أصباغ نباتية من الجبل.",
            _("Founded in 2009"),
            taxonomy="rug",
            seed="tifawine",
            region="MA-08",
            lang="ar",
        ),
        CooperativeCard(
            "Coopérative Tadla Nahl",
            "#",
            "Afourar, Azilal",
            "Vingt et un apiculteurs.",
            _("Protected origin"),
            "mark",
            taxonomy="honey",
            seed="tadla",
            region="MA-05",
            lang="fr",
        ),
    ]
