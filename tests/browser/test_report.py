"""From an error seen in the page to a graph without it: the line that the page gives is pasted into corrections.yaml."""

from __future__ import annotations

from pathlib import Path

import pytest

import relgraph as rg

from .conftest import Opener
from .story import KZ, TJ

pytestmark = pytest.mark.browser

SENTENCE = "On 9 October 2025 the President of Tajikistan Emomali Rahmon met with the President of Kazakhstan Kassym-Jomart Tokayev in Dushanbe."
TEXT = f"Talks in Dushanbe\nDUSHANBE, 10 October 2025 (Khabar)\n\n{SENTENCE}\n\nThe trade between Tajikistan and Kazakhstan reached 1.1 billion US dollars in 2024.\n"


@pytest.mark.parametrize("name", ["talks", "kz talks, 100% \u00e9t\u00e9"])
def test_a_reported_fact_is_gone_after_the_next_build(opened: Opener, tmp_path: Path, name: str) -> None:
    """Choose the line between two states, press 'report' at the meeting, paste: the meeting is rejected, the trade stays. Also for ids with odd signs."""
    (tmp_path / f"{name}.txt").write_text(TEXT, "utf-8")
    with rg.build(tmp_path / f"{name}.txt", store=tmp_path / "k.db") as kg:
        page = kg.view().save(tmp_path / "before.html").as_uri()
    seen = opened(page)
    seen.click_edge(KZ, TJ)
    assert seen.page.locator(".said", has_text="1.1 billion").count() == 1
    fact = seen.page.locator("[data-fact]", has_text=" met").first
    fact.locator("summary").first.click()
    fact.get_by_role("button", name="Report an error").click()
    (tmp_path / "corrections.yaml").write_text("# ours\n" + seen.page.locator("#copy-text").input_value() + "\n", "utf-8")

    with rg.build(tmp_path / f"{name}.txt", store=tmp_path / "k.db") as kg:
        assert kg.report is not None
        assert kg.report.unmatched == []
        page = kg.view().save(tmp_path / "after.html").as_uri()
    seen = opened(page)
    seen.click_edge(KZ, TJ)
    assert seen.page.locator(".said", has_text="1.1 billion").count() == 1
    assert seen.page.locator(".said", has_text=" met").count() == 0
