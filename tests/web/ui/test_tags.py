"""The template tags through Django's own template engine."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, RequestContext, Template
from django.test import RequestFactory
from django.utils import translation

from marketplace.web.ui import icons
from marketplace.web.ui.components import Bar, Happening, ProductCard, Share, Step, Tile
from marketplace.web.ui.kit import ExampleForm

NBSP = "\u00a0"


@pytest.fixture(autouse=True)
def french() -> Iterator[None]:
    with translation.override("fr"):
        yield


def render(source: str, path: str = "/ma/fr/search/", **context: Any) -> str:
    request = RequestFactory().get(path)
    request.htmx = context.pop("htmx", False)  # type: ignore[attr-defined]
    return Template("{% load ui %}" + source).render(RequestContext(request, context))


def test_money_says_its_direction_outright() -> None:
    assert render('{% money 9500 "MAD" %}') == f'<bdi class="money" dir="ltr">95,00{NBSP}DH</bdi>'
    with translation.override("ar"):
        arabic = render('{% money 9500 "MAD" %}')
    assert arabic == f'<bdi class="money" dir="rtl">95,00{NBSP}د.م.</bdi>'


def test_the_market_of_the_page_chooses_the_digits() -> None:
    with translation.override("ar"):
        assert "٤٥٠٫٠٠" in render('{% money 45000 "EGP" %}', market="eg")
        assert "٤٥٠٫٠٠" in render('{% money 45000 "EGP" %}', market=SimpleNamespace(code="eg"))


def test_an_unknown_amount_is_a_dash() -> None:
    assert render('{% money amount "MAD" %}', amount=None) == "–"


def test_another_currency_is_approximate() -> None:
    assert "≈ 14,20" in render('{% money 1420 "EUR" approximate=True %}')


def test_a_date_can_be_read_by_machines_too() -> None:
    html = render("{% date day year=False %}", day=date(2026, 11, 26))
    assert html == '<time datetime="2026-11-26">jeudi 26 novembre</time>'


def test_bdi_isolates_and_escapes() -> None:
    assert render('{% bdi name lang="ar" %}', name="<b>") == '<bdi lang="ar">&lt;b&gt;</bdi>'
    assert render('{% bdi "TW-7" ltr=True %}') == '<bdi class="ltr">TW-7</bdi>'
    assert render('{% bdi "a@b.example" ltr=True %}') == '<bdi dir="ltr">a@b.example</bdi>'


def test_icons_are_collected_into_one_sprite() -> None:
    html = render(
        '{% icon "truck" %}{% icon "truck" size="s" %}'
        '{% icon "x" label="Fermer" %}{% icon_sprite %}'
    )
    assert html.count('<use href="#i-truck"/>') == 2
    assert html.count('<symbol id="i-truck"') == 1
    assert 'class="i dir"' in html
    assert 'role="img" aria-label="Fermer"' in html


def test_a_fragment_carries_its_icons_itself() -> None:
    html = render('{% icon "x" %}{% icon_sprite %}', htmx=True)
    assert "<use" not in html
    assert icons.paths("x") in html


def test_icons_stand_in_mails_without_a_request() -> None:
    assert "<path" in Template('{% load ui %}{% icon "x" %}').render(Context())


def test_an_unknown_icon_is_an_error() -> None:
    with pytest.raises(icons.UnknownIcon):
        icons.paths("no-such-icon")


def test_every_directional_icon_is_one_we_keep() -> None:
    assert set(icons.names()) >= icons.DIRECTIONAL


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/ma/fr/search/?q=miel", "/ma/ar/search/?q=miel"),
        ("/eu/fr/", "/eu/ar/"),
        ("/portal/tifawine/", "/language/ar/?next=%2Fportal%2Ftifawine%2F"),
        ("/ma/xx/", "/language/ar/?next=%2Fma%2Fxx%2F"),
    ],
)
def test_the_same_page_in_another_language(path: str, expected: str) -> None:
    assert render('{% url_lang "ar" as url %}{{ url|safe }}', path) == expected


def test_a_field_names_its_error_and_help_to_the_reader() -> None:
    form = ExampleForm({"phone": "0661"})
    html = render('{% field form.phone type="tel" autocomplete="tel" %}', form=form)
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_phone_helptext id_phone_error"' in html
    assert 'id="id_phone_error"' in html
    assert 'dir="ltr"' in html


def test_free_text_finds_its_own_direction() -> None:
    assert 'dir="auto"' in render("{% field form.story %}", form=ExampleForm())
    assert 'dir="auto"' in render("{% field form.name %}", form=ExampleForm())
    assert 'dir="ltr"' in render('{% field form.price inputmode="decimal" %}', form=ExampleForm())


def test_choices_are_one_group_with_a_legend() -> None:
    html = render("{% field form.delivery %}", form=ExampleForm())
    assert html.count('<label class="choice"') == 2
    assert "<legend>" in html


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Amlou de Tidzi, 250 g", f"Amlou de Tidzi, 250{NBSP}g"),
        ("أملو بالعسل، 250 غ", f"أملو بالعسل، 250{NBSP}غ"),
        ("زيت أركان، 1 لتر", f"زيت أركان، 1{NBSP}لتر"),
        ("2 grands paniers", "2 grands paniers"),
        ("3 ملاعق", "3 ملاعق"),
    ],
)
def test_a_name_is_not_broken_between_a_number_and_its_unit(name: str, shown: str) -> None:
    assert render("{% bdi name %}", name=name) == f"<bdi>{shown}</bdi>"


def test_the_error_summary_links_each_field_and_takes_the_focus() -> None:
    html = render("{% error_summary form %}", form=ExampleForm({"phone": "0661"}))
    assert 'href="#id_phone"' in html
    assert 'href="#id_name"' in html
    assert "autofocus" in html


def test_the_error_summary_sets_its_colon_as_the_language_does() -> None:
    html = render("{% error_summary form %}", form=ExampleForm({"phone": "0661"}))
    assert f"{NBSP}: " in html


def test_an_error_of_no_field_is_not_counted_as_one_of_a_field() -> None:
    form = forms.Form({})
    form.add_error(None, "La banque ne répond pas.")
    html = render("{% error_summary form %}", form=form)
    assert "La banque ne répond pas." in html
    assert "champ" not in html


def test_a_currency_and_a_country_are_named_as_people_there_do() -> None:
    source = '{% currency_sign "MAD" %} {% country "MA" %}'
    assert render(source) == "DH <bdi>Maroc</bdi>"
    with translation.override("ar"):
        assert render(source) == "د.م. <bdi>المغرب</bdi>"


def test_bars_carry_their_totals_only_where_these_do_not_touch() -> None:
    few = [Bar("mai", [3_756])] * 7
    many = [Bar("mai", [3_756])] * 12
    assert 'class="v"' in render("{% month_chart bars %}", bars=few)
    assert 'class="v"' not in render("{% month_chart bars %}", bars=many)
    assert 'class="v"' in render("{% month_chart bars %}", bars=[Bar("mai", [37])] * 12)


def test_a_valid_form_has_no_summary() -> None:
    assert render("{% error_summary form %}", form=ExampleForm()).strip() == ""


def test_a_badge_is_icon_word_and_colour() -> None:
    html = render('{% badge "Livré" "ok" %}')
    assert 'class="badge ok"' in html
    assert "#i-circle-check" in html
    assert "Livré" in html


def test_a_product_without_a_photograph_is_drawn() -> None:
    item = ProductCard("Miel", "/x", "Tadla", 18000, "MAD", taxonomy="honey-thyme", seed="a b")
    html = render("{% product_card item %}", item=item)
    assert "/media/illustrations/honey/a-b.svg" in html
    assert f"180{NBSP}DH" in html


def test_a_product_with_a_photograph_shows_it() -> None:
    item = ProductCard("Miel", "/x", "Tadla", 18000, "MAD", picture_url="/media/miel.jpg")
    assert 'src="/media/miel.jpg"' in render("{% product_card item %}", item=item)


def test_a_product_shown_again_says_what_is_so_now() -> None:
    item = ProductCard(
        "Miel", "/x", "Tadla", 18050, "MAD", mark="Bio", from_country="Tunisie", delivered_minor=1
    )
    page = "{% product_card item %}{% icon_sprite %}"
    first = render(page, item=item)
    assert render(page, item=item) == first
    # Its icon is in each page's own sprite, and within it where a part of a page is sent.
    assert 'id="i-badge-check"' in first
    assert "<path" in render("{% product_card item %}", item=item, htmx=True)
    assert f"180,60{NBSP}DH" in render(page, item=replace(item, amount_minor=18060))
    with translation.override("ar"):
        assert "د.م." in render(page, item=item)
        assert "١٨٠٫٥٠" in render(page, item=item, market="eg")


def test_pages_keep_the_question() -> None:
    page = Paginator(range(240), 12).page(4)
    html = render("{% pages page %}", "/ma/fr/search/?q=miel&page=4", page=page)
    assert 'href="?q=miel&amp;page=5" rel="next"' in html
    assert 'href="?q=miel&amp;page=4" aria-current="page"' in html


def test_one_page_needs_no_pagination() -> None:
    assert render("{% pages page %}", page=Paginator([1], 12).page(1)).strip() == ""


def test_steps_and_timelines_say_where_one_is() -> None:
    steps = render(
        "{% steps items %}", items=[Step("Panier", "done", "/b"), Step("Paiement", "now")]
    )
    assert 'aria-current="step">Paiement' in steps
    events = render(
        "{% timeline items %}", items=[Happening("Prêt"), Happening("Livré", state="next")]
    )
    assert events.count("<li") == 2


def test_tiles_and_shares_show_amounts() -> None:
    tile = Tile("Ventes", amount_minor=161900000, currency="MAD", trend="+45 %", direction="up")
    assert f"1\u202f619\u202f000{NBSP}DH" in render("{% tiles items %}", items=[tile])
    html = render("{% share_bar items %}", items=[Share("Coopérative", 88), Share("Twiza", 12)])
    assert 'width="87.5"' in html
    assert "Coopérative <bdi>88</bdi>" in html


def test_the_map_names_each_region_and_credits_its_source() -> None:
    html = render(
        "{% region_map values bounds %}", values={"MA-08": 312}, bounds=[25, 75, 150, 300]
    )
    assert html.count("<path class=") == 12 + 5
    assert "Drâa-Tafilalet: 312" in html
    assert "OpenStreetMap" in html


def test_other_countries_are_listed() -> None:
    html = render(
        '{% region_map values country="EG" names=names %}',
        values={"EG-C": 5},
        names={"EG-C": "Le Caire"},
    )
    assert "Le Caire" in html
    assert "<title>" not in html


def test_an_unknown_region_has_no_locator() -> None:
    assert render('{% locator_map "XX-1" %}').strip() == ""
    assert "Souss-Massa" in render('{% locator_map "MA-09" %}')


def test_time_runs_with_the_reading() -> None:
    bars = [Bar("janv.", [10]), Bar("févr.", [20])]
    left_to_right = render('{% month_chart bars title="Ventes" %}', bars=bars)
    with translation.override("ar"):
        right_to_left = render('{% month_chart bars title="Ventes" %}', bars=bars)
    assert left_to_right.index('x="135.5"') < left_to_right.index('x="314.5"')
    assert right_to_left.index('x="268.5"') < right_to_left.index('x="89.5"')


def test_blocks_show_their_body() -> None:
    html = render('{% alert "bad" title="Refusée" live=True %}Rien n’a été débité.{% endalert %}')
    assert 'class="alert bad" role="alert"' in html
    assert "Rien n’a été débité." in html
    assert "<h2>Ventes</h2>" in render('{% panel "Ventes" %}x{% endpanel %}')
    parcel = render(
        '{% parcel "Colis 1" delivery="jeudi" amount_minor=1400 currency="EUR" %}y{% endparcel %}'
    )
    assert "14,00" in parcel
    assert "/media/illustrations/basket/4.svg" in render('{% empty "Rien" %}z{% endempty %}')


def test_a_listen_button_needs_a_recording() -> None:
    assert render('{% listen "Bonjour" %}').strip() == ""
    assert 'data-listen="/a.mp3"' in render('{% listen "Bonjour" "/a.mp3" %}')


def test_every_icon_that_a_template_names_is_kept() -> None:
    root = Path(icons.__file__).resolve().parents[4]
    named = re.compile(r'\{% icon "([a-z0-9-]+)"| icon="([a-z0-9-]+)"')
    missing = {
        (path.name, name)
        for path in root.glob("marketplace/web/*/templates/**/*.html")
        for pair in named.findall(path.read_text(encoding="utf-8"))
        if (name := pair[0] or pair[1]) not in icons.names()
    }
    assert missing == set()
