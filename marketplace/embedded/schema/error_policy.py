"""What a faulty row does to the others of a bulk mutation."""

from marketplace.embedded.schema.enums import string_enum

ErrorPolicyEnum = string_enum(
    "ErrorPolicyEnum", "IGNORE_FAILED", "REJECT_EVERYTHING", "REJECT_FAILED_ROWS"
)
