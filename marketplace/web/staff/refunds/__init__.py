"""Staff refund buyers, and book the cash that carriers remit."""
