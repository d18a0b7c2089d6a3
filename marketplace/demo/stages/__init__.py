"""The stages of the demo's loader: each creates a range of its items; idempotent."""

from marketplace.core.actors import Actor

BY = Actor.system("demo")
