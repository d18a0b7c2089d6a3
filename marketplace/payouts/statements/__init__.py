"""Monthly statements of a cooperative's account: their lines, files and PDF."""
