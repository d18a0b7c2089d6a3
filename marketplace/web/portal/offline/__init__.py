"""The portal on a phone without a network: what the phone takes along, and what it sends later."""
