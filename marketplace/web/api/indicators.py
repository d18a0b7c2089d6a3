"""A programme's indicators of market access."""

from datetime import datetime
from typing import Any

import graphene

from marketplace.core.money import Money as Amount
from marketplace.impact import queries as impact
from marketplace.impact.counted_until import counted_until
from marketplace.web.api.caller import choice
from marketplace.web.api.fields import Money, argument, described_enum, field, several
from vendors.policy import StaffAccess

Grouping = described_enum(
    "IndicatorGrouping",
    "By what sales are grouped.",
    {
        "region": "by the cooperative's region",
        "sector": "by its sector",
        "area": "rural and urban",
        "kind": "by who the members are",
    },
)


class Figures(graphene.ObjectType):
    """What was sold and delivered, less refunds, in the programme's base currency."""

    sale_count = field(
        graphene.Int, "How many orders were delivered; one of several cooperatives counts once."
    )
    cooperative_count = field(graphene.Int, "How many cooperatives sold.")
    sales = field(Money, "What was sold.")
    abroad = field(Money, "What of it went to another country than the cooperative's.")
    by_women = field(Money, "What of it women's cooperatives sold.")
    by_youth = field(Money, "What of it young people's cooperatives sold.")
    rural = field(Money, "What of it rural cooperatives sold.")


class FiguresGroup(graphene.ObjectType):
    """The figures of one region, sector, area or kind."""

    key = field(graphene.String, "Its code.")
    label = field(graphene.String, "Its name in the reader's language.")
    figures = field(Figures, "What it sold.")


class MonthOfSales(graphene.ObjectType):
    """Sales of one month."""

    month = field(graphene.Date, "The month's first day.")
    home = field(Money, "Sold in the cooperative's own country.")
    abroad = field(Money, "Sold abroad.")


class Indicators(graphene.ObjectType):
    """What market access changed, over a period."""

    first_on = field(graphene.Date, "The first day that counts.")
    last_on = field(graphene.Date, "The last day that counts.")
    active_cooperatives = field(graphene.Int, "How many cooperatives could have sold.")
    totals = field(Figures, "Everything together.")
    groups = several(
        FiguresGroup,
        "The same, grouped, the largest first.",
        by=argument(Grouping, "By what.", required=True),
    )
    months = several(MonthOfSales, "Month by month.")
    counted_until = field(
        graphene.DateTime, "Until when everything is counted; later events still wait."
    )

    @staticmethod
    def resolve_counted_until(_root: dict[str, Any], _info: Any) -> datetime:
        return counted_until().moment

    @staticmethod
    def resolve_active_cooperatives(root: dict[str, Any], _info: Any) -> int:
        return impact.active_cooperatives(root["access"].scope)

    @staticmethod
    def resolve_totals(root: dict[str, Any], _info: Any) -> dict[str, Any]:
        access: StaffAccess = root["access"]
        return _figures(impact.totals(access.scope, root["period"]), access)

    @staticmethod
    def resolve_groups(root: dict[str, Any], _info: Any, by: Any) -> list[dict[str, Any]]:
        access: StaffAccess = root["access"]
        found = impact.groups(access.scope, root["period"], by=choice(by))
        return [
            {"key": g.key, "label": g.label, "figures": _figures(g.figures, access)} for g in found
        ]

    @staticmethod
    def resolve_months(root: dict[str, Any], _info: Any) -> list[dict[str, Any]]:
        access: StaffAccess = root["access"]
        currency = access.programme.base_currency
        return [
            {
                "month": month.month,
                "home": Amount(month.home_minor, currency),
                "abroad": Amount(month.abroad_minor, currency),
            }
            for month in impact.by_month(access.scope, root["period"])
        ]


def _figures(figures: impact.Figures, access: StaffAccess) -> dict[str, Any]:
    currency = access.programme.base_currency
    return {
        "sale_count": figures.order_count,
        "cooperative_count": figures.cooperative_count,
        "sales": Amount(figures.sales_minor, currency),
        "abroad": Amount(figures.abroad_minor, currency),
        "by_women": Amount(figures.women_minor, currency),
        "by_youth": Amount(figures.youth_minor, currency),
        "rural": Amount(figures.rural_minor, currency),
    }
