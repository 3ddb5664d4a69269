"""Panel, table, map, matrix, timeline: each leads to the sentence."""

from __future__ import annotations

import json

import pytest
import yaml

from .conftest import Opener
from .story import COUNCIL, IT, KG, KZ, RAHMON, TJ, UZ

pytestmark = pytest.mark.browser

PAIR = f"{KZ}|pair|{TJ}"


def test_a_fact_with_all_its_sources(opened: Opener, story_page: str) -> None:
    """Plain words, marked words, publisher, date, link, rule, confidence, and the further reports of the same meeting."""
    seen = opened(story_page)
    seen.click_edge(KZ, TJ)
    fact = seen.page.locator('[data-fact="claim/met-1"]')
    group = seen.page.locator(".evidence", has=fact)
    assert "Emomali Rahmon and Kassym-Jomart Tokayev met" in fact.inner_text()
    assert "2 sources" in fact.inner_text()
    assert "confidence 0.90" in fact.inner_text()
    assert group.locator("mark").all_inner_texts()[:2] == ["Rahmon", "and"]
    assert "The Caspian Post, 11 July 2025" in group.inner_text()
    assert group.locator("a").first.get_attribute("href") == "https://news.example/1"
    assert group.locator("a").first.get_attribute("rel") == "noopener noreferrer"
    group.locator(".further > summary").first.click()
    assert "Tokayev met his counterpart Rahmon on Thursday." in group.locator(".further").inner_text()
    assert "reprint" in group.locator(".further").inner_text()


def test_why_is_this_line_here(opened: Opener, story_page: str) -> None:
    """The line says how many facts state it, which reach it through an office, and by which rules; a fact says its own reason."""
    seen = opened(f"{story_page}#edge={KZ}%7Cpair%7C{TJ}")
    seen.page.locator("#why-edge > summary").click()
    why = seen.page.locator("#why-edge").inner_text()
    assert "2 facts name both ends in a sentence." in why
    assert "3 facts name persons, who stand for their state through the office they hold:" in why
    assert "Emomali Rahmon: president of Tajikistan" in why
    assert "3 occurrences, 2 independent sources" in why
    assert "event.rule, indicator.rule" in why
    seen.page.locator('[data-fact="claim/trade-low"] > details > summary').click()
    assert "The marked words matched: participants, trigger." in seen.page.locator('[data-fact="claim/trade-low"]').inner_text()


def test_an_inferred_line_names_rule_and_premises(opened: Opener, story_page: str) -> None:
    """What a rule drew says so, with what it rests on."""
    seen = opened(f"{story_page}#edge={RAHMON}%7Cmet%7Cperson/tokayev&kinds=person")
    text = seen.page.locator("#panel").inner_text()
    assert "inferred" in text
    seen.page.locator('[data-fact="inference/met"] > details > summary').click()
    text = seen.page.locator('[data-fact="inference/met"]').inner_text()
    assert "It rests on: Meeting, 10 July 2025" in text
    assert "met at a meeting" in text
    assert seen.page.locator(".badge.inferred").first.is_visible()
    assert seen.page.get_by_role("button", name="Copy as citation").count() == 1
    assert seen.page.get_by_role("button", name="Report an error").count() == 0


def test_conflicting_claims_stand_side_by_side(opened: Opener, story_page: str) -> None:
    """Each of the two figures names the other with its publisher, and leads to it; the overview lists the conflict."""
    seen = opened(story_page)
    assert "Trade in 2024: 1.1 or 1.4 billion USD" in seen.page.locator(".conflicts").inner_text()
    seen.click_edge(KZ, TJ)
    box = seen.page.locator('[data-fact="claim/trade-low"] .conflict-box')
    assert "21 % apart" in box.inner_text()
    assert "Asia-Plus, 2025-07-12" in box.inner_text()
    box.locator("button").click()
    assert seen.page.evaluate("relgraph.state.selected.fact") == "claim/trade-high"
    assert "$1.4 billion" in seen.page.locator("#panel").inner_text()


def test_what_is_not_asserted_is_shown_as_such(opened: Opener, story_page: str) -> None:
    """A denied statement has its badge and draws no line."""
    seen = opened(f"{story_page}#edge={TJ}%7Cpair%7C{UZ}")
    assert seen.page.locator(".badge.denied").inner_text() == "denied"
    seen.page.locator("#why-edge > summary").click()
    assert "1 statement is not asserted" in seen.page.locator("#why-edge").inner_text()


def test_citation_and_line_for_corrections(opened: Opener, story_page: str) -> None:
    """Both are on the clipboard and on the screen; the line is YAML that holds fact, article and quote."""
    seen = opened(f"{story_page}#fact=claim/trade-low", permissions=["clipboard-read", "clipboard-write"])
    seen.page.get_by_role("button", name="Copy as citation").click()
    text = seen.page.locator("#copy-text").input_value()
    assert "“Trade between Tajikistan and Kazakhstan reached $1.1 billion in 2024.” The Caspian Post, “Leaders meet in Dushanbe”, 11 July 2025, https://news.example/1." in text
    assert "[trade-low, rule indicator.rule, confidence 0.90" in text
    seen.page.wait_for_function("document.querySelector('#dialog-body [role=status]').textContent === 'Copied.'")
    assert seen.page.evaluate("navigator.clipboard.readText()") == text
    seen.page.keyboard.press("Escape")
    seen.page.get_by_role("button", name="Report an error").click()
    (entry,) = yaml.safe_load(seen.page.locator("#copy-text").input_value())
    assert (entry["fact"], entry["article"], entry["verdict"]) == ("trade-low", "a1", "reject")
    assert entry["quote"].startswith("Trade between Tajikistan")


def test_table_of_facts_sorts_searches_and_leads_to_the_fact(opened: Opener, story_page: str) -> None:
    """Sorted by confidence both ways, searched, and a row chosen."""
    seen = opened(f"{story_page}#view=table")
    rows = seen.page.locator("#table-body tr")
    assert rows.count() == 13
    seen.page.locator('[data-sort="confidence"]').click()
    assert seen.page.locator("th.confidence").get_attribute("aria-sort") == "descending"
    seen.page.locator('[data-sort="confidence"]').click()
    assert rows.first.get_attribute("data-row") == "claim/water"
    seen.page.fill("#table-filter", "memorandum on ENERGY")
    assert [rows.nth(i).get_attribute("data-row") for i in range(rows.count())] == ["claim/memorandum"]
    rows.first.locator("button").click()
    assert "Italy and Kazakhstan signed a memorandum" in seen.page.locator("#panel").inner_text()
    seen.page.fill("#table-filter", "")
    seen.page.locator("#table-only").check()
    assert rows.count() == 1


def test_tables_of_relations_and_names_hold_what_the_picture_holds(opened: Opener, story_page: str) -> None:
    """Each drawn line is a row, each drawn node too."""
    seen = opened(story_page)
    drawn = seen.page.evaluate("relgraph.drawn()")
    seen.page.keyboard.press("5")
    ids = "(rows) => rows.map((row) => row.dataset.row)"
    seen.page.locator('[data-table="relations"]').click()
    assert set(drawn["edges"]) <= set(seen.page.locator("#table-body tr").evaluate_all(ids))
    row = seen.page.locator(f'[data-row="{PAIR}"]')
    assert [row.locator(f"td.{column}").inner_text() for column in ("facts", "occurrences", "sources", "first", "last", "status")] == ["5", "3", "2", "1 January 2024", "10 July 2025", "stated, conflicting"]
    seen.page.locator('[data-table="names"]').click()
    assert set(drawn["nodes"]) <= set(seen.page.locator("#table-body tr").evaluate_all(ids))
    seen.page.locator(f'[data-row="{COUNCIL}"] button').click()
    assert seen.page.locator("#panel-title").inner_text() == "Coordination Council"


def test_map_shows_states_and_says_whose_borders(opened: Opener, story_page: str) -> None:
    """Outlines, states at their places, lines that lead to the evidence; zoom and arrow keys."""
    seen = opened(f"{story_page}#view=map")
    assert seen.page.locator("#map-land path").count() > 200
    places = {key: seen.page.locator(f'[data-node="{key}"] circle').last.bounding_box() for key in (TJ, KZ, IT)}
    assert all(places.values())
    assert places[IT]["x"] < places[TJ]["x"]  # type: ignore[index]
    assert places[KZ]["y"] < places[TJ]["y"]  # type: ignore[index]
    note = seen.page.locator(".map-notes").inner_text()
    assert "Natural Earth" in note
    assert "no position of ours" in note
    seen.page.locator(f'[data-edge="{PAIR}"] .touch').dispatch_event("click")
    assert seen.page.locator("#panel-title").inner_text() == "Kazakhstan – Tajikistan"
    seen.page.locator(f'[data-node="{KZ}"]').focus()
    seen.page.keyboard.press("ArrowDown")
    seen.page.keyboard.press("Enter")
    assert seen.page.evaluate("relgraph.state.selected.node") in {TJ, KG, UZ}
    before = seen.page.evaluate("relgraph.scale().map")
    seen.page.locator("#map-in").click()
    assert seen.page.evaluate("relgraph.scale().map") > before


def test_matrix_leads_to_the_facts_and_goes_by_arrow_keys(opened: Opener, story_page: str) -> None:
    """The cell of two states holds their number; the arrow goes to the next one that is not empty."""
    seen = opened(f"{story_page}#view=matrix")
    cell = seen.page.locator(f'#matrix-body button[data-edge="{PAIR}"]').first
    assert cell.inner_text() == "5"
    assert "conflicting" in (cell.get_attribute("aria-label") or "")
    cell.click()
    assert seen.page.locator("#panel-title").inner_text() == "Kazakhstan – Tajikistan"
    seen.page.locator("#matrix-body td button").first.focus()
    seen.page.keyboard.press("ArrowRight")
    focused = seen.page.evaluate("document.activeElement.dataset.edge")
    assert focused
    seen.page.keyboard.press("Enter")
    assert seen.page.evaluate("relgraph.state.selected.edge") == focused


def test_timeline_marks_lead_to_facts(opened: Opener, story_page: str) -> None:
    """Lanes by relation, type and topic; a mark a fact, planned ones hollow; arrows go along."""
    seen = opened(f"{story_page}#view=timeline")
    lanes = seen.page.locator(".lane-name").all_text_contents()
    assert lanes[0] == "Kazakhstan – Tajikistan"
    assert seen.page.locator(".lane").first.locator(".mark").count() == 5
    assert "2 facts have no date" in seen.page.locator("#timeline-note").inner_text()
    assert seen.page.locator('.mark.planned[data-fact="claim/session"]').count() == 1
    seen.page.locator('[data-fact="claim/memorandum"]').first.dispatch_event("click")
    assert "Italy and Kazakhstan signed" in seen.page.locator("#panel").inner_text()
    seen.page.locator(".lane").first.locator(".mark").first.focus()
    seen.page.keyboard.press("ArrowRight")
    seen.page.keyboard.press("Enter")
    assert seen.page.evaluate("relgraph.state.selected.fact") in {"claim/trade-high", "claim/trade-low"}
    seen.page.select_option("#timeline-by", "topic")
    assert set(seen.page.locator(".lane-name").all_text_contents()) == {"energy", "water"}


def test_lines_of_a_body_are_said_in_words(opened: Opener, story_page: str) -> None:
    """A line that is no pair names its verb."""
    seen = opened(f"{story_page}#edge={KG}%7Cmember of%7C{COUNCIL}")
    assert seen.page.locator("#panel-title").inner_text().split() == ["Kyrgyzstan", "member", "of", "Coordination", "Council"]
    assert seen.page.locator(".badge.planned").inner_text() == "planned"


def test_sparql_behind_the_view(opened: Opener, story_page: str) -> None:
    """The query names what is chosen and filtered."""
    seen = opened(f"{story_page}#edge={KZ}%7Cpair%7C{TJ}&from=2024-01-01&confidence=80&types=indicator,event&publishers={'The%2520Caspian%2520Post'}")
    seen.page.get_by_text("Export").click()
    seen.page.locator("#sparql").click()
    query = seen.page.locator("#copy-text").input_value()
    assert "<https://w3id.org/relgraph/id/state/kazakhstan>" in query
    assert "FILTER(?confidence >= 0.80)" in query
    assert json.dumps("2024-01-01") in query
    assert '"The Caspian Post"' in query
    assert '?type IN ("indicator", "event")' in query or '?type IN ("event", "indicator")' in query
    import rdflib.plugins.sparql

    assert rdflib.plugins.sparql.prepareQuery(query)


def test_denied_border_is_no_line_on_the_map(opened: Opener, story_page: str) -> None:
    """The same rule in each view."""
    seen = opened(f"{story_page}#view=map")
    assert seen.page.locator(f'[data-edge="{TJ}|pair|{UZ}"]').count() == 0
