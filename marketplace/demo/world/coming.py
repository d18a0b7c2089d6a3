"""Invented cooperatives on their way in, and an adviser's visits."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from vendors.services import VisitFacts

ADVISED = ("timzit-n-tidzi", "azilal-laine", "ahansal-miel", "rissani-majhoul")


@dataclass(frozen=True)
class Coming:
    """A cooperative on its way: who fills it in, near which one it is, and how far it came."""

    name: str
    latin: str
    sector: str
    near: str
    person: str
    email: str
    reached: str
    language: str = "ar"


COMING = (
    Coming(
        "تعاونية نساء تيفاوين", "COOPERATIVE FEMMES TIFAWIN", "argan", "timzit-n-tidzi",
        "Zahra Oubella", "tifawin@twiza.example", "invited",
    ),
    Coming(
        "تعاونية عسل أيت بوكماز", "COOPERATIVE MIEL AIT BOUGUEMEZ", "food", "ahansal-miel",
        "Brahim Aït Ouchi", "bouguemez@twiza.example", "begun",
    ),
    Coming(
        "تعاونية نسيج تازناخت الجديدة", "COOPERATIVE TISSAGE TAZNAKHT NOUVELLE", "handicrafts",
        "ayyur-agadir-melloul", "Rkia Tazi", "taznakht@twiza.example", "submitted",
    ),
    Coming(
        "Coopérative Majhoul de Tafilalet", "COOPERATIVE MAJHOUL DE TAFILALET", "agriculture",
        "rissani-majhoul", "Hassan Filali", "tafilalet@twiza.example", "returned", "fr",
    ),
    Coming(
        "Coopérative Poterie des Collines", "COOPERATIVE POTERIE DES COLLINES", "handicrafts",
        "safi-terre", "Samira Abdi", "collines@twiza.example", "applied", "fr",
    ),
)  # fmt: skip


def _visits_of_argan() -> list[VisitFacts]:
    today = timezone.localdate()
    return [
        VisitFacts(
            visited_on=today - timedelta(days=21), kind="session", session_number=1,
            done="Photos des flacons, lumière du jour, fond clair.",
            next_step="Écrire les textes en arabe", next_on=today - timedelta(days=7),
        ),
        VisitFacts(
            visited_on=today - timedelta(days=6), kind="session", session_number=2,
            done="Textes relus, prix calculés avec l’emballage et le port.",
            next_step="Compter le stock", next_on=today + timedelta(days=8),
        ),
    ]  # fmt: skip


def _visits_of_wool() -> list[VisitFacts]:
    today = timezone.localdate()
    return [
        VisitFacts(
            visited_on=today - timedelta(days=30), kind="call",
            done="رقم التتبع الناقص لطردين.", next_step="إضافة رقم التتبع",
            next_on=today - timedelta(days=20),
        )
    ]  # fmt: skip


VISITS: dict[str, Callable[[], list[VisitFacts]]] = {
    "timzit-n-tidzi": _visits_of_argan,
    "azilal-laine": _visits_of_wool,
}
