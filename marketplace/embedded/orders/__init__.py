"""Orders: status, amounts, fulfilment, returns, refunds, bulk import."""
