"""Members whom the cooperative presents on its page in the shop."""
