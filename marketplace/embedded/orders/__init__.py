"""Orders once placed: status, amounts, fulfilment, returns, refunds, import of old ones."""
