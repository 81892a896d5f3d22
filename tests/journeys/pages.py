"""What journeys ask of a page: no violation that axe can find, nothing that runs off a narrow screen."""

from pathlib import Path

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def axe(page) -> None:
    """Fails with the rule, the reason and the markup of each violation on the page as it stands."""
    page.evaluate(AXE.read_text())
    found = page.evaluate("(tags) => axe.run(document, {runOnly: {type: 'tag', values: tags}})", RULES)
    assert found["passes"], "axe found nothing to check"
    told = [f"{each['id']}: {each['help']}\n    {node['html'][:300]}" for each in found["violations"] for node in each["nodes"]]
    assert not told, f"{page.url}\n" + "\n".join(told)


def runs_off(page) -> int:
    """By how many pixels the page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
