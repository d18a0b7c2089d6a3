"""Language codes: the API's enum values, and the codes that the tables store."""


def stored_code(code: str) -> str:
    """Turn an enum value (FR_MA) into the stored code (fr-ma)."""
    return code.lower().replace("_", "-")


def enum_code(code: str) -> str:
    """Turn a stored code (fr-ma) into the enum value (FR_MA)."""
    return code.upper().replace("-", "_")
