"""How long it takes in the page from a key to the list of suggestions.

    uv run python tests/load/typing_to_list.py http://localhost:8000

Types words letter by letter, with a pause between them, into the shop's search box in a real
browser, and prints JSON: milliseconds from the key to the changed list. Each word is asked for the
first time; what a browser has kept does not count.
"""

import argparse
import json
from statistics import quantiles

from playwright.sync_api import sync_playwright

from tests.chromium import CHROMIUM

WORDS = {
    "fr": ("argan", "miel", "tapis", "huile", "safran"),
    "ar": ("اركان", "عسل", "زربية", "زيت"),
}
PAUSE_MS = 350
# Letters are stamped as they come, the list as it changes: that it empties is no answer.
_WATCH = """
() => {
  window.waits = []
  let key = 0
  document.addEventListener("input", () => { key = performance.now() }, true)
  const list = document.querySelector("#suggest-list")
  new MutationObserver(() => {
    if (key && list.children.length) window.waits.push(performance.now() - key)
    if (list.children.length) key = 0
  }).observe(list, { childList: true })
}
"""


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("url")
    arguments.add_argument("--rounds", type=int, default=3)
    options = arguments.parse_args()
    waits: list[float] = []
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for _ in range(options.rounds):
            for language, words in WORDS.items():
                page = launched.new_context(locale=language).new_page()
                page.goto(f"{options.url}/ma/{language}/")
                field = page.locator("input[name=q]").locator("visible=true").first
                field.focus()
                page.wait_for_selector("#suggest-list", state="attached")
                page.evaluate(_WATCH)
                for word in words:
                    field.fill("")
                    field.press_sequentially(word, delay=PAUSE_MS)
                    page.wait_for_timeout(PAUSE_MS)
                waits += page.evaluate("() => window.waits")
                page.context.close()
        launched.close()
    cuts = quantiles(waits, n=100)
    told = {f"p{n}": round(cuts[n - 1], 1) for n in (50, 95, 99)}
    print(json.dumps({"keys": len(waits), **told}))


if __name__ == "__main__":
    main()
