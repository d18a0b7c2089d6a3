"""Mobile numbers of invented people, of the form of their country's."""

# What numbers of mobile phones begin with, and how many digits follow.
_MOBILE = {"MA": ("+21266", 7), "EG": ("+20100", 7), "TN": ("+2162", 7), "SN": ("+22177", 7),
           "JO": ("+96279", 7), "FR": ("+33612", 6), "ES": ("+3461", 7), "BE": ("+3247", 7),
           "DE": ("+491512", 7), "IT": ("+39333", 7), "NL": ("+3161", 7)}  # fmt: skip


def mobile(country: str, drawn: int) -> str:
    """A number in E.164 whose last digits are those of a drawn number."""
    beginning, digits = _MOBILE[country]
    return f"{beginning}{drawn % 10**digits:0{digits}d}"
