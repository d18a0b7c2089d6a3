"""The stages of the demo's loader: each makes a range of its items and may be repeated."""

from marketplace.core.actors import Actor

BY = Actor.system("demo")
